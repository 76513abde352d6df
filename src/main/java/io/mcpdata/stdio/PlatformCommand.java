package io.mcpdata.stdio;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = Main.PROGRAM, versionProvider = Version.class, description = "The command line of mcp-data-platform.")
final class PlatformCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean versionAsked;

    PlatformCommand(Terminal terminal) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }
}
