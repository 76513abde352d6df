package io.mcpdata.stdio;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry point of the runnable jar. */
public final class Main {

    static final String PROGRAM = "mcp-data-platform";
    private static final int HELP_WIDTH = 100;

    private Main() {}

    /** Ends the process: 0 on success, 1 on failure, 2 if the options or arguments cannot work. */
    public static void main(String[] arguments) {
        // shorter than every server's timeout: a connection must not be closed while a message is being sent on it
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    static int run(Terminal terminal, String... arguments) {
        int exitCode = commands(terminal).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    static CommandLine commands(Terminal terminal) {
        CommandLine commands = new CommandLine(new PlatformCommand(terminal))
                .addSubcommand(new KeygenCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(KeysCommand.withSubcommands(terminal))
                .addSubcommand(new AccessCommand(terminal))
                .addSubcommand(AuditCommand.withSubcommands(terminal))
                .addSubcommand(StoreCommand.withSubcommands(terminal))
                .addSubcommand(new VersionCommand(terminal));
        addHelp(commands);
        return commands.setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    private static void addHelp(CommandLine command) {
        command.addMixin("help", new HelpOption());
        command.getSubcommands().values().forEach(Main::addHelp);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(command, name + ": " + Printable.of(String.valueOf(wrong.getMessage())));
        say(command, "Try '" + name + " --help'.");
        return CommandFailed.USAGE;
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandFailed failed) {
            say(command, PROGRAM + ": " + failed.getMessage());
            return failed.exitCode();
        }
        throw failure;
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println(line);
    }
}
