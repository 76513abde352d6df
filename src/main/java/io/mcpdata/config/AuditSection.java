package io.mcpdata.config;

import java.util.Map;
import java.util.Optional;

/** Section {@code audit}. */
final class AuditSection {

    private static final String SIGNING_KEY = "signing_key";

    private AuditSection() {}

    static AuditConfig read(Section audit) {
        return ConfigComponent.read(AuditConfig.class, audit, Map.of(SIGNING_KEY, signingKey(audit)));
    }

    private static Optional<Secret> signingKey(Section audit) {
        Optional<Secret> key = audit.secret(SIGNING_KEY);
        if (key.isEmpty()) {
            return key;
        }
        try {
            SigningKeyPem.parse(key.get().reveal());
        } catch (IllegalArgumentException e) {
            audit.error(SIGNING_KEY, SigningKeyPem.found(key.get().reveal()), SigningKeyPem.EXPECTED);
            return Optional.empty();
        }
        if (audit.isLiteral(SIGNING_KEY)) {
            audit.warning(
                    SIGNING_KEY,
                    "a literal key in the file",
                    "${file:/run/secrets/name} or ${VARIABLE}, so that the file holds no secret");
        }
        return key;
    }
}
