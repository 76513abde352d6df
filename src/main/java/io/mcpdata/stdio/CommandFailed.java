package io.mcpdata.stdio;

/** Ends a command with one line for the user. The message contains no secret and no control character. */
final class CommandFailed extends RuntimeException {

    static final int FAILURE = 1;
    static final int USAGE = 2;

    private final int exitCode;

    CommandFailed(String message) {
        this(message, FAILURE);
    }

    private CommandFailed(String message, int exitCode) {
        super(Printable.of(message));
        this.exitCode = exitCode;
    }

    /** The options or arguments of the command cannot work. */
    static CommandFailed usage(String message) {
        return new CommandFailed(message, USAGE);
    }

    int exitCode() {
        return exitCode;
    }
}
