package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import java.time.Instant;

/** Whether a key is accepted now. */
public enum KeyStatus {
    ACTIVE("active"),
    NOT_YET_VALID("not_yet_valid"),
    EXPIRED("expired"),
    REVOKED("revoked");

    private final String label;

    KeyStatus(String label) {
        this.label = label;
    }

    /** The word used in answers. */
    public String label() {
        return label;
    }

    /** By the key's own times: valid from {@code not_before}, ended from {@code expires_at}. */
    static KeyStatus of(ApiKeyConfig key, Instant now) {
        if (key.notBefore().filter(now::isBefore).isPresent()) {
            return NOT_YET_VALID;
        }
        return key.expiresAt().filter(end -> !now.isBefore(end)).isPresent() ? EXPIRED : ACTIVE;
    }

    static KeyStatus of(StoredKey stored, Instant now) {
        return stored.revokedAt().isPresent() ? REVOKED : of(stored.key(), now);
    }
}
