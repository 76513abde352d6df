package io.mcpdata.stdio;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * The streams and the environment of a command.
 *
 * @param out for results only, so that it can be piped
 * @param err for all messages to the user
 * @param environment returns a variable of the environment, empty if it is not set
 */
record Terminal(
        InputStream in, PrintStream out, PrintStream err, Function<String, Optional<String>> environment, Clock clock) {

    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                name -> Optional.ofNullable(System.getenv(name)),
                Clock.systemUTC());
    }
}
