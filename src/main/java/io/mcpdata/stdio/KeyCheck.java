package io.mcpdata.stdio;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of a call with one configured key.
 *
 * @param position of the entry in {@code auth.api_keys.keys}, counted from 0
 */
record KeyCheck(int position, ApiKeyConfig key, Status status, Optional<Persona> persona) {

    /** Whether the key is accepted, by time and by the section alone. */
    enum Status {
        ACTIVE("active"),
        EXPIRED("expired"),
        NOT_YET_VALID("not_yet_valid"),
        DISABLED("disabled");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static KeyCheck of(int position, ApiKeyConfig key, boolean enabled, PersonaDirectory personas, Instant now) {
        return new KeyCheck(position, key, status(key, enabled, now), personas.personaFor(key.roles()));
    }

    private static Status status(ApiKeyConfig key, boolean enabled, Instant now) {
        if (!enabled) {
            return Status.DISABLED;
        }
        if (key.notBefore().filter(now::isBefore).isPresent()) {
            return Status.NOT_YET_VALID;
        }
        return key.expiresAt().filter(end -> !now.isBefore(end)).isPresent() ? Status.EXPIRED : Status.ACTIVE;
    }

    /** The position of the entry in the file. */
    String place() {
        return "auth.api_keys.keys[" + position + "]";
    }

    String id() {
        return key.digest().id();
    }

    /** The result of a call with this key, in words. */
    String outcome() {
        return switch (status) {
            case DISABLED -> "401: auth.api_keys.enabled is not true";
            case EXPIRED -> "401: expired";
            case NOT_YET_VALID -> "401: not yet valid";
            case ACTIVE ->
                persona.map(found -> "persona " + found.name())
                        .orElse("403 everywhere but at /api/v1/whoami: no persona lists a role of this key");
        };
    }
}
