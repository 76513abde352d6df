package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A terminal at a fixed time that keeps what a command writes. */
final class RecordingTerminal {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";

    RecordingTerminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    RecordingTerminal typing(String text) {
        typed = text;
        return this;
    }

    int run(String... arguments) {
        return Main.run(
                new Terminal(
                        new ByteArrayInputStream(typed.getBytes(UTF_8)),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        name -> Optional.ofNullable(environment.get(name)),
                        Clock.fixed(NOW, ZoneOffset.UTC)),
                arguments);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
