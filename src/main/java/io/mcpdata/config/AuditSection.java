package io.mcpdata.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Section {@code audit}. */
final class AuditSection {

    private static final String SIGNING_KEY = "signing_key";

    private static final String FORWARD = "forward";

    private AuditSection() {}

    static AuditConfig read(Section audit) {
        return ConfigComponent.read(
                AuditConfig.class,
                audit,
                Map.of(SIGNING_KEY, signingKey(audit), FORWARD, forward(audit.section(FORWARD))));
    }

    private static AuditForwardConfig forward(Section forward) {
        forward.only(ConfigComponent.names(AuditForwardConfig.class));
        return new AuditForwardConfig(forward.convert(
                "file",
                Optional.empty(),
                "the absolute path of a file that the server's user may write",
                text -> Optional.of(absolute(text))));
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute() || Files.isDirectory(path)) {
            throw new IllegalArgumentException("not usable");
        }
        return path;
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
