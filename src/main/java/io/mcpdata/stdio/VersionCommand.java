package io.mcpdata.stdio;

import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version of this program and of the Java it runs on.")
final class VersionCommand implements Runnable {

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        for (String line : new Version().getVersion()) {
            terminal.out().println(line);
        }
    }
}
