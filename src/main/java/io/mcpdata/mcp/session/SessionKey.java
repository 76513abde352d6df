package io.mcpdata.mcp.session;

import io.mcpdata.config.OwnerOnlyFile;
import io.mcpdata.gateway.Seal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * The key that seals the ids of sessions: the file {@code session.key} in the data directory, which only its owner can
 * read. It is made at the first use and outlives a restart.
 */
final class SessionKey {

    static final String FILE = "session.key";

    private static final Logger LOG = System.getLogger(SessionKey.class.getName());

    private SessionKey() {}

    /** A seal with the key of the file; with a key of this start, and a warning, if the file cannot be used. */
    static Seal sealIn(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            return Seal.of(OwnerOnlyFile.readOrCreate(dataDirectory, FILE, Seal.KEY_BYTES + 1, Seal::randomKey));
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "sessions of /mcp will end with this server, because the key for their ids cannot be kept in "
                            + file + ": check that this server can read and write this file, or delete it",
                    e);
            return Seal.ofRandomKey();
        }
    }
}
