package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that started the bridge: writes lines and reads lines. */
final class BridgeClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final PipedOutputStream input = new PipedOutputStream();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit;

    BridgeClient(Map<String, String> environment, String... arguments) throws IOException {
        Terminal terminal = new Terminal(
                new PipedInputStream(input, 1 << 16),
                new PrintStream(new Lines(lines), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                name -> Optional.ofNullable(environment.get(name)),
                Clock.systemUTC());
        exit = CompletableFuture.supplyAsync(() -> Main.run(terminal, arguments), task -> new Thread(task).start());
    }

    void say(String line) throws IOException {
        input.write((line + "\n").getBytes(UTF_8));
        input.flush();
    }

    void endInput() throws IOException {
        input.close();
    }

    /** The next line, which must be JSON and come in time. */
    JsonObject hear() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as(this::err).isNotNull();
        return JsonParser.parseString(line).getAsJsonObject();
    }

    boolean hearsNothing() {
        return lines.isEmpty();
    }

    int exitCode() throws Exception {
        return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String err() {
        return err.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static final class Lines extends OutputStream {

        private final BlockingQueue<String> complete;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(BlockingQueue<String> complete) {
            this.complete = complete;
        }

        @Override
        public void write(int given) {
            if (given == '\n') {
                complete.add(line.toString(UTF_8));
                line.reset();
            } else {
                line.write(given);
            }
        }
    }
}
