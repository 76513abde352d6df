package io.mcpdata.audit;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.KeyDigest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes configured API keys from stored and logged text. Such a key has no fixed form that a pattern could find, and
 * agents paste keys into statements and names. Compares digests only. Thread-safe.
 */
final class ConfiguredKeys {

    private static final int SHORTEST_KEY = 16;
    /** Text that may contain a key: a pasted key contains neither quotes nor white space. */
    private static final Pattern CHUNK = Pattern.compile("[^\\s\"'`\\\\]{" + SHORTEST_KEY + ",8192}");
    /** The characters of generated keys, so that {@code (key)}, {@code name=key;} and similar text is found too. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_-]{" + SHORTEST_KEY + ",}=*");

    private static final String REDACTED = "[redacted]";

    private record Known(ApiKeysConfig from, Set<KeyDigest> digests) {}

    private final ActiveConfiguration configuration;
    private volatile @Nullable Known known;

    ConfiguredKeys(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The same event, with {@code [redacted]} for every key in the client's text. */
    AuditEvent redactedIn(AuditEvent event) {
        RequestOrigin origin = event.origin();
        return new AuditEvent(
                event.time(),
                event.type(),
                event.outcome(),
                event.subject(),
                new RequestOrigin(
                        origin.requestId(),
                        origin.clientAddress(),
                        redactedIn(origin.userAgent()),
                        origin.trace()
                                .filter(trace -> redactedIn(trace.traceId()).equals(trace.traceId()))),
                event.category(),
                event.rule(),
                redactedIn(event.tool()),
                redactedIn(event.connection()),
                redactedIn(event.parameters()),
                event.duration(),
                event.rows());
    }

    String redactedIn(String text) {
        if (text.length() < SHORTEST_KEY) {
            return text;
        }
        Set<KeyDigest> digests = digests();
        return digests.isEmpty()
                ? text
                : CHUNK.matcher(text)
                        .replaceAll(chunk -> Matcher.quoteReplacement(
                                isKey(chunk.group(), digests) ? REDACTED : runs(chunk.group(), digests)));
    }

    private static String runs(String chunk, Set<KeyDigest> digests) {
        return RUN.matcher(chunk)
                .replaceAll(run -> Matcher.quoteReplacement(isKey(run.group(), digests) ? REDACTED : run.group()));
    }

    private static boolean isKey(String candidate, Set<KeyDigest> digests) {
        return digests.contains(KeyDigest.of(candidate));
    }

    private Set<KeyDigest> digests() {
        ApiKeysConfig keys = configuration.config().apiKeys();
        Known now = known;
        if (now == null || now.from() != keys) {
            now = new Known(keys, keys.keys().stream().map(ApiKeyConfig::digest).collect(Collectors.toSet()));
            known = now;
        }
        return now.digests();
    }
}
