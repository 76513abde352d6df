package io.mcpdata.stdio;

import io.mcpdata.config.KeyDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An entry of {@code auth.api_keys.keys}, ready to be pasted into {@code platform.yaml}. */
record KeyEntry(String name, List<String> roles, Optional<Instant> expiresAt) {

    KeyEntry {
        roles = List.copyOf(roles);
    }

    /** The variable for the key. */
    String variable() {
        return "API_KEY_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    /** An entry for a key from the server's environment. */
    String byVariable() {
        return yaml("key: ${" + variable() + "}");
    }

    /** An entry by digest: the server then sees the key only in requests. */
    String byDigest(KeyDigest digest) {
        return yaml("key_sha256: \"" + digest.hex() + "\"");
    }

    private String yaml(String value) {
        String end = expiresAt
                .map(instant -> "        expires_at: \"" + instant + "\"\n")
                .orElse("");
        return "auth:\n  api_keys:\n    enabled: true\n    keys:\n      - " + value + "\n        name: " + quoted(name)
                + "\n        roles: "
                + roles.stream().map(KeyEntry::quoted).collect(Collectors.joining(", ", "[", "]")) + "\n" + end;
    }

    /** Quoted, so that YAML does not guess a type, and escaped, so that nothing is expanded. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${") + "\"";
    }
}
