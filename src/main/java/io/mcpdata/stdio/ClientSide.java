package io.mcpdata.stdio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Standard input and output as MCP's stdio transport uses them: one JSON-RPC message per line, and nothing else. */
final class ClientSide {

    private final Terminal terminal;

    ClientSide(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Reads until the input ends, on a thread of its own, because nothing can interrupt reading it. */
    void read(Consumer<String> line, Runnable end) {
        Thread reader = new Thread(() -> readAll(line, end), "client");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(Consumer<String> each, Runnable end) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    each.accept(line);
                }
                line = in.readLine();
            }
        } catch (IOException clientIsGone) {
            // treated as the end of the input
        } finally {
            end.run();
        }
    }

    /** False if the client no longer reads. */
    boolean write(RpcMessage message) {
        PrintStream out = terminal.out();
        byte[] bytes = (message.line() + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
        return !out.checkError();
    }

    /** Writes a line to the client's log. */
    void say(String line) {
        terminal.err().println(Main.PROGRAM + ": " + Printable.of(line));
        terminal.err().flush();
    }
}
