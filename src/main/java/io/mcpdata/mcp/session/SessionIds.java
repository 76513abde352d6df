package io.mcpdata.mcp.session;

import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.InputRequest.Kind;
import io.mcpdata.protocol.ProtocolVersion;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ids of sessions of {@code /mcp}. An id is unguessable, and says what is needed to restore its session after the
 * server was started again: whose it is, when it was opened, and what its client declared. It is sealed, about 170
 * characters long, and not a credential: each request presents one. Thread-safe.
 */
public final class SessionIds {

    /** How long after its opening a session can be restored. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final String PURPOSE = "session of /mcp, form 1";
    private static final int DIGEST_BYTES = 16;

    private final Supplier<Seal> source;
    private final ServerName server;
    private final Clock clock;
    private final String start = RandomText.streamId();
    private @Nullable Seal seal;

    /**
     * @param source called once, at the first use
     * @param clock the time of day: it must advance while no server runs
     */
    public SessionIds(Supplier<Seal> source, ServerName server, Clock clock) {
        this.source = source;
        this.server = server;
        this.clock = clock;
    }

    /** What an id says. */
    private record Said(
            String random,
            String start,
            Instant opened,
            String caller,
            ProtocolVersion revision,
            ProtocolVersion client,
            String capabilities) {

        static Said of(String text) {
            String[] parts = text.split(" ", -1);
            return new Said(
                    parts[0],
                    parts[1],
                    Instant.ofEpochSecond(Long.parseLong(parts[2])),
                    parts[3],
                    ProtocolVersion.valueOf(parts[4]),
                    ProtocolVersion.valueOf(parts[5]),
                    parts[6]);
        }

        String text() {
            return String.join(
                    " ",
                    random,
                    start,
                    String.valueOf(opened.getEpochSecond()),
                    caller,
                    revision.name(),
                    client.name(),
                    capabilities);
        }
    }

    /** The id of a new session of this caller. */
    public String next(String identity, InitializeRequest request) {
        String random = RandomText.sessionId();
        return server.before(seal().seal(
                        PURPOSE,
                        new Said(
                                        random,
                                        start,
                                        clock.instant(),
                                        digest(random, identity),
                                        Initialization.negotiated(request.protocolVersion()),
                                        request.client().known(),
                                        letters(request.capabilities()))
                                .text()));
    }

    /**
     * What the client of this session initialized it with. Empty if the id is none of this server, of this start of it,
     * another caller's, or too old.
     */
    public Optional<Initialization> ofEarlierStart(String id, String identity) {
        return said(id).filter(said -> isOf(said, identity))
                .filter(said -> !said.start().equals(start))
                .filter(said ->
                        Duration.between(said.opened(), clock.instant()).abs().compareTo(LONGEST_LIFE) <= 0)
                .map(said -> Initialization.restored(
                        said.revision(), ClientRevision.of(said.client()), capabilities(said.capabilities())));
    }

    /** Whether this server made the id for another caller. */
    public boolean isOfAnother(String id, String identity) {
        return said(id).filter(said -> !isOf(said, identity)).isPresent();
    }

    private Optional<Said> said(String id) {
        return server.after(id).flatMap(text -> seal().open(PURPOSE, text)).map(Said::of);
    }

    private static boolean isOf(Said said, String identity) {
        return said.caller().equals(digest(said.random(), identity));
    }

    /** Read at the first use, when there is a valid configuration: another one may name another data directory. */
    private synchronized Seal seal() {
        Seal present = seal;
        if (present == null) {
            present = source.get();
            seal = present;
        }
        return present;
    }

    /** Of the capabilities, those that the platform asks for: their first letters. */
    private static String letters(JsonObject capabilities) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.isIn(capabilities))
                .map(kind -> kind.name().substring(0, 1))
                .collect(Collectors.joining());
    }

    private static JsonObject capabilities(String letters) {
        JsonObjectBuilder all = Json.object();
        Arrays.stream(Kind.values())
                .filter(kind -> letters.contains(kind.name().substring(0, 1)))
                .forEach(kind -> all.add(kind.capability(), JsonValue.EMPTY_JSON_OBJECT));
        return all.build();
    }

    /** With the random part, so that ids do not show which of them belong to one caller. */
    private static String digest(String random, String identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((random + " " + identity).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
