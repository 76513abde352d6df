package io.mcpdata.endtoend;

import io.modelcontextprotocol.client.transport.ServerParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A script of {@code src/test/clients}, run by the Node.js that npm has installed there. */
final class NodeClient implements AutoCloseable {

    private static final Path HOME = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path NODE = HOME.resolve("node_modules/node/bin/node");

    private final String name;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private NodeClient(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Tests go without the clients if they are not installed, unless the environment variable {@code REQUIRE_CLIENTS} is set. */
    static boolean areInstalled() {
        String missing = "the clients are not installed; run: npm install --prefix src/test/clients";
        boolean present = Files.isExecutable(NODE);
        if (!present && System.getenv("REQUIRE_CLIENTS") != null) {
            throw new IllegalStateException(missing);
        }
        if (!present) {
            System.out.println("The clients of Node.js are not tried: " + missing);
        }
        return present;
    }

    static NodeClient start(String name, Map<String, String> environment, String script, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(NODE.toString(), script));
        command.addAll(List.of(arguments));
        ProcessBuilder program =
                new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true);
        program.environment().putAll(environment);
        return new NodeClient(name, program.start());
    }

    /**
     * A program of npm that serves MCP on standard input and output.
     *
     * @param home what it may write to
     * @param script in {@code node_modules}
     */
    static ServerParameters program(Path home, String script, String url, String key) {
        return ServerParameters.builder(NODE.toString())
                .args(
                        HOME.resolve("node_modules").resolve(script).toString(),
                        url,
                        "--header",
                        "Authorization:Bearer " + key)
                .env(Map.of("HOME", home.toString()))
                .build();
    }

    String name() {
        return name;
    }

    /** The lines that the script has printed, each once. */
    String said() {
        return lines.stream().distinct().collect(Collectors.joining("\n"));
    }

    /** How many of its calls were answered. */
    long answered() {
        return lines.stream().filter("answered"::equals).count();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException ended) {
            // the process was stopped
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
