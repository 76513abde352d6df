package io.mcpdata.stdio;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "store",
        description = {
            "Back up the store of a running server, restore it on a stopped one, and copy it to PostgreSQL: audit rows, and"
                    + " the keys that the server made.",
            "For a backup your own key comes from the environment variable MCP_API_KEY or --key-file, never from an"
                    + " argument; it needs the permission platform:admin."
        })
final class StoreCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine withSubcommands(Terminal terminal) {
        return new CommandLine(new StoreCommand())
                .addSubcommand(new StoreBackupCommand(terminal))
                .addSubcommand(new StoreRestoreCommand(terminal))
                .addSubcommand(new StoreCopyCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected one of backup, restore and copy");
    }
}
