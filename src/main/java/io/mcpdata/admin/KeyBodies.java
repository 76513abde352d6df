package io.mcpdata.admin;

import io.mcpdata.authentication.apikey.KeyRequest;
import io.mcpdata.authentication.apikey.RotationOverlap;
import io.mcpdata.config.KeyName;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.config.RoleName;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the request bodies of the key administration. */
final class KeyBodies {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,512}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");
    private static final String INSTANT = "an instant such as 2030-01-31T00:00:00Z";

    private KeyBodies() {}

    /** @throws InvalidBody with all faults of the body */
    static KeyRequest order(InputStream content, Clock clock) {
        JsonBody body = JsonBody.read(
                content, "name", "roles", "description", "email", "expires_at", "not_before", "allowed_networks");
        Optional<String> name = body.required("name", KeyName.EXPECTED, KeyName::check);
        List<String> roles = body.list("roles", RoleName.EXPECTED, RoleName::check);
        if (roles.isEmpty()) {
            body.problem("roles", "no usable role", "a list with at least one role");
        }
        Optional<Instant> notBefore = body.value("not_before", INSTANT, KeyBodies::instant);
        Optional<Instant> expiresAt = body.value("expires_at", INSTANT, KeyBodies::instant);
        Instant begin = notBefore.orElseGet(clock::instant);
        if (expiresAt.filter(end -> !end.isAfter(begin)).isPresent()) {
            body.problem("expires_at", "an instant that is past", "one in the future, and after not_before");
        }
        KeyRequest order = new KeyRequest(
                name.orElse(""),
                roles.stream().distinct().toList(),
                body.value("description", "1 to 512 characters on one line", text -> fitting(TEXT, text)),
                body.value("email", "an e-mail address", text -> fitting(EMAIL, text)),
                notBefore,
                expiresAt,
                body.list("allowed_networks", "an address or network such as 10.0.0.0/8", NetworkRange::parse));
        body.check();
        return order;
    }

    /** @throws InvalidBody with the faults of the body */
    static Duration overlap(InputStream content) {
        JsonBody body = JsonBody.read(content, "overlap");
        Duration overlap = body.value("overlap", RotationOverlap.EXPECTED, RotationOverlap::parse)
                .orElse(RotationOverlap.STANDARD);
        body.check();
        return overlap;
    }

    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        return JsonBody.checked(instant, instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST));
    }

    private static String fitting(Pattern form, String text) {
        return JsonBody.checked(text, form.matcher(text).matches());
    }
}
