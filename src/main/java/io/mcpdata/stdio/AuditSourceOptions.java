package io.mcpdata.stdio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where audit rows are read: one set of options for every command that can do without a server. */
final class AuditSourceOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Ask no server: read the store in this data directory (server.data_dir) of a stopped one.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--backup",
            paramLabel = "FILE",
            description = "Ask no server: read this backup, which 'store backup' made.")
    private @Nullable Path backup;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    /** @throws CommandFailed if no server is to be asked, or there is no usable key */
    PlatformHttp follow(Terminal terminal) {
        if (dataDirectory != null || backup != null) {
            throw CommandFailed.usage("--follow: expected neither --data-dir nor --backup; only a server has new rows");
        }
        return server.http(terminal);
    }

    /** @throws CommandFailed if it cannot be read, or the options contradict each other */
    AuditTrail open(Terminal terminal) {
        return open(terminal, Optional.empty());
    }

    /** @param publicKey verifies checkpoints, if no server is asked */
    AuditTrail open(Terminal terminal, Optional<Path> publicKey) {
        if (dataDirectory != null && backup != null) {
            throw CommandFailed.usage("found both --data-dir and --backup; expected one of them");
        }
        if (dataDirectory != null) {
            if (!Files.isDirectory(dataDirectory)) {
                throw CommandFailed.usage("--data-dir " + dataDirectory + ": there is no directory "
                        + dataDirectory.toAbsolutePath().normalize());
            }
            return StoredAudit.ofDirectory(dataDirectory, publicKey, terminal.clock());
        }
        if (backup != null) {
            return StoredAudit.ofBackup(backup, publicKey, terminal.clock());
        }
        if (publicKey.isPresent()) {
            throw CommandFailed.usage("--public-key: expected --data-dir or --backup too; a server has its own key");
        }
        return server.audit(terminal);
    }
}
