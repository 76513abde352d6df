package io.mcpdata.stdio;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = {
            "List, create, revoke and rotate the API keys of a running server.",
            "Your own key comes from the environment variable MCP_API_KEY or --key-file, never from an argument; it"
                    + " needs the permission keys:manage."
        })
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine withSubcommands(Terminal terminal) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysListCommand(terminal))
                .addSubcommand(new KeysCreateCommand(terminal))
                .addSubcommand(new KeysRevokeCommand(terminal))
                .addSubcommand(new KeysRotateCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected one of list, create, revoke and rotate");
    }
}
