package io.mcpdata.stdio;

import io.mcpdata.store.StoreRestore;
import io.mcpdata.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Put a backup into the place of the store of a stopped server, on its machine and as its user.",
            "The store before it stays beside it under another name. Keys that were revoked after the backup are valid"
                    + " again."
        })
final class StoreRestoreCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "BACKUP", description = "The file that 'store backup' made.")
    private Path backup;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            required = true,
            description = "The data directory of the server (server.data_dir).")
    private Path dataDirectory;

    StoreRestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (!Files.isDirectory(dataDirectory)) {
            throw CommandFailed.usage("--data-dir " + dataDirectory + ": there is no directory "
                    + dataDirectory.toAbsolutePath().normalize());
        }
        Optional<Path> replaced;
        try {
            replaced =
                    StoreRestore.restore(backup, dataDirectory, terminal.clock().instant());
        } catch (StoreUnavailableException e) {
            throw new CommandFailed(e.getMessage());
        }
        terminal.err().println("Restored " + backup + ".");
        replaced.ifPresent(before -> terminal.err().println("The store before it is " + before + "."));
        terminal.err()
                .println("Start the server. Keys that were revoked after the backup are valid again: list them with"
                        + " 'keys list', and revoke them again.");
    }
}
