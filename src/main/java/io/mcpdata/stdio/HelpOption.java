package io.mcpdata.stdio;

import picocli.CommandLine.Option;

/** {@code --help}, one option for every command. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean asked;
}
