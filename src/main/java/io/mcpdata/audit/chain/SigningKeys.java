package io.mcpdata.audit.chain;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.OwnerOnlyFile;
import io.mcpdata.config.ReplacedFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of {@code audit.signing_key}, else that of {@code audit-signing.key} in the data directory, which is made at its
 * first use. The key stays until the application ends. The public key that signed last is kept in the data directory, and
 * each one before it under its id, so that backups from its time can be verified. Thread-safe.
 */
final class SigningKeys {

    static final String PRIVATE_FILE = "audit-signing.key";
    static final String PUBLIC_FILE = "audit-signing.pub";

    private static final Logger LOG = System.getLogger(SigningKeys.class.getName());
    private static final int LONGEST_FILE = 4_096;

    private final ActiveConfiguration configuration;
    private @Nullable SigningKey inUse;

    SigningKeys(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** @throws SigningKeyUnavailable if there is none; the message says what to do */
    synchronized SigningKey current() {
        SigningKey known = inUse;
        if (known == null) {
            known = configured().orElseGet(() -> read(directory()));
            inUse = known;
        }
        return known;
    }

    private Optional<SigningKey> configured() {
        return configuration.config().audit().signingKey().map(key -> SigningKey.ofPem(key.reveal()));
    }

    /** Whether {@link #current} is a key of the configuration. */
    boolean isConfigured() {
        return configuration.config().audit().signingKey().isPresent();
    }

    private static SigningKey read(Path directory) {
        try {
            byte[] pem = OwnerOnlyFile.readOrCreate(
                    directory,
                    PRIVATE_FILE,
                    LONGEST_FILE,
                    () -> SigningKey.random().pem().getBytes(StandardCharsets.US_ASCII));
            return SigningKey.ofPem(new String(pem, StandardCharsets.US_ASCII));
        } catch (IOException | RuntimeException e) {
            throw new SigningKeyUnavailable(
                    "the audit trail cannot be signed, because its key in " + directory.resolve(PRIVATE_FILE)
                            + " cannot be used: check that this server can read and write this file, and that it is a"
                            + " private Ed25519 key in PEM; restore it from a backup or move it away",
                    e);
        }
    }

    /** The key that signed last, as far as the data directory says; empty before the first signature. */
    Optional<PublicSigningKey> last() {
        Path file = file(PUBLIC_FILE);
        try {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(PublicSigningKey.ofPem(Files.readString(file, StandardCharsets.US_ASCII)))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the public key of the audit trail cannot be read from " + file, e);
            return Optional.empty();
        }
    }

    /** Keeps the key as the one that signed last, and the one before it under its id. */
    void keep(PublicSigningKey key) {
        last().filter(former -> !former.id().equals(key.id()))
                .ifPresent(former -> write(file("audit-signing-" + former.id() + ".pub"), former));
        write(file(PUBLIC_FILE), key);
    }

    private static void write(Path file, PublicSigningKey key) {
        try {
            ReplacedFile.write(file, key.pem());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the public key of the audit trail cannot be written to " + file, e);
        }
    }

    private Path file(String name) {
        return directory().resolve(name);
    }

    private Path directory() {
        return configuration.config().server().dataDirectory();
    }
}
