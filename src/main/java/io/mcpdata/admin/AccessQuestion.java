package io.mcpdata.admin;

import io.mcpdata.authentication.CredentialCheck;
import io.mcpdata.config.RoleName;
import io.mcpdata.config.Secret;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose access an operator asks about, and what for. At most one of roles, key id and token is there; none means the
 * operator's own access.
 *
 * @param targets tools, connections and so on, each for a decision of its own
 */
record AccessQuestion(List<String> roles, Optional<String> keyId, Optional<Secret> token, List<Target> targets) {

    /** What a persona has rules for. */
    enum Kind {
        TOOL,
        CONNECTION,
        /** {@code CONNECTION/SCHEMA.TABLE}. */
        TABLE,
        RESOURCE,
        PROMPT,
        SKILL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String plural() {
            return label() + "s";
        }
    }

    record Target(Kind kind, String name) {}

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{12}");
    private static final String KEY_ID_EXPECTED = "a key id of 12 hexadecimal digits, as /api/v1/keys lists it";
    private static final int LONGEST_NAME = 512;
    private static final String NAME_EXPECTED = "a name of 1 to " + LONGEST_NAME + " characters";
    private static final String ONE_SUBJECT = "at most one of role, key_id and token";

    AccessQuestion {
        roles = List.copyOf(roles);
        targets = List.copyOf(targets);
    }

    /** @throws InvalidParameters with all faults of the query */
    static AccessQuestion of(MultivaluedMap<String, String> query) {
        QueryParameters parameters = new QueryParameters(
                query, Set.of("role", "key_id", "tool", "connection", "table", "resource", "prompt", "skill"));
        List<String> roles = parameters.value("role", RoleName.EXPECTED, RoleName::check).stream()
                .toList();
        Optional<String> keyId = parameters.value("key_id", KEY_ID_EXPECTED, AccessQuestion::keyId);
        if (!roles.isEmpty() && keyId.isPresent()) {
            parameters.problem("key_id", "role too", ONE_SUBJECT);
        }
        List<Target> targets = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            parameters.text(kind.label(), LONGEST_NAME).ifPresent(name -> targets.add(new Target(kind, name)));
        }
        parameters.check();
        return new AccessQuestion(roles, keyId, Optional.empty(), targets);
    }

    /** @throws InvalidBody with all faults of the body */
    static AccessQuestion of(InputStream content) {
        JsonBody body = JsonBody.read(
                content,
                "roles",
                "key_id",
                "token",
                "tools",
                "connections",
                "tables",
                "resources",
                "prompts",
                "skills");
        List<String> roles = body.list("roles", RoleName.EXPECTED, RoleName::check);
        Optional<String> keyId = body.value("key_id", KEY_ID_EXPECTED, AccessQuestion::keyId);
        Optional<Secret> token = body.value("token", "a JWT in its compact form", AccessQuestion::token);
        long subjects = Stream.of(!roles.isEmpty(), keyId.isPresent(), token.isPresent())
                .filter(given -> given)
                .count();
        if (subjects > 1) {
            body.problem("", subjects + " of roles, key_id and token", "at most one of them");
        }
        List<Target> targets = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            body.list(kind.plural(), NAME_EXPECTED, AccessQuestion::name)
                    .forEach(name -> targets.add(new Target(kind, name)));
        }
        body.check();
        return new AccessQuestion(roles, keyId, token, targets);
    }

    private static String keyId(String text) {
        return JsonBody.checked(text, KEY_ID.matcher(text).matches());
    }

    private static Secret token(String text) {
        return new Secret(JsonBody.checked(text, CredentialCheck.isToken(text)));
    }

    private static String name(String text) {
        return JsonBody.checked(text, !text.isEmpty() && text.length() <= LONGEST_NAME);
    }
}
