package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.OwnerOnlyFile;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.SharedKey;
import io.mcpdata.gateway.Seal;
import io.mcpdata.gateway.ToolException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The key of the mask {@code hash}: {@code mask.key} in the data directory, which is made at its first use, or a key that
 * all servers with one store have. So the same value has the same hash after a restart, and on each of these servers. The key stays until the application ends. Thread-safe.
 */
final class MaskKey {

    static final String FILE = "mask.key";

    private static final Logger LOG = System.getLogger(MaskKey.class.getName());

    private final ActiveConfiguration configuration;
    private @Nullable String inUse;

    MaskKey(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** @throws ToolException if there is none: then no hash may be shown */
    synchronized String hex() {
        String known = inUse;
        if (known == null) {
            PlatformConfig config = configuration.config();
            known = SharedKey.of(config, "mask hash")
                    .map(HexFormat.of()::formatHex)
                    .orElseGet(() -> read(config.server().dataDirectory()));
            inUse = known;
        }
        return known;
    }

    private static String read(Path directory) {
        try {
            byte[] key = OwnerOnlyFile.readOrCreate(directory, FILE, Seal.KEY_BYTES + 1, Seal::randomKey);
            if (key.length != Seal.KEY_BYTES) {
                throw new IOException("it does not have " + Seal.KEY_BYTES + " bytes");
            }
            return HexFormat.of().formatHex(key);
        } catch (IOException e) {
            LOG.log(
                    Level.ERROR,
                    "columns with the mask hash cannot be read, because the key in " + directory.resolve(FILE)
                            + " cannot be used: check that this server can read and write this file; restore it from a"
                            + " backup, or move it away to begin with other hashes",
                    e);
            throw new ToolException(
                    "mask_unavailable",
                    "A masked column of this statement cannot be read now. Tell the operator of this server; its log"
                            + " has the reason.");
        }
    }
}
