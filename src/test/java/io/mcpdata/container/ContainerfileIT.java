package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Setup;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/**
 * The instructions of docs/deploy/Containerfile, in a directory in place of an image: the files are copied and changed, and the
 * start command starts a server, which accepts a caller at every address and ends on SIGTERM.
 */
@ArquillianTest
@OnOneServer
final class ContainerfileIT {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final List<String> DIRECTORIES =
            List.of("/opt/mcp-data-platform", "/etc/mcp-data-platform", "/var/lib/mcp-data-platform", "/tmp/payara");

    private static final String CONFIGURATION = """
            server: {data_dir: "${DATA_DIR}"}
            auth: {api_keys: {enabled: true, keys: [{key: "${API_KEY_ANALYST}", name: analyst-service, roles: [analyst]}]}}
            personas: {analyst: {roles: [analyst], tools: {allow: ["*"]}, connections: {allow: ["*"]}}}
            """;

    private final Path image = Setup.fromMaven().work().resolve("image").toAbsolutePath();
    private final int port = FreePort.next();
    private final String key = Keys.random();
    /** Only the quick compiler, as for all servers of the tests: it saves a third of the start. */
    private final Map<String, String> environment =
            new HashMap<>(Map.of("API_KEY_ANALYST", key, "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"));

    @Test
    void startCommandStartsAServerThatAnswersFromOutsideAndEndsOnSigterm() throws Exception {
        Folders.clear(image);
        for (String directory : DIRECTORIES) {
            Files.createDirectories(inImage(directory));
        }
        Files.writeString(inImage("/etc/mcp-data-platform/platform.yaml"), CONFIGURATION);
        Path log = image.resolve("log");
        Process server = begin(entryPoint(), log);
        try {
            Eventually.within(LONGEST_START, "the server is ready", () -> get("/readyz") == 200 || !server.isAlive());
            assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(get("/api/v1/whoami")).isEqualTo(200);
            assertThat(inImage("/var/lib/mcp-data-platform/store/platform.mv.db"))
                    .exists();
            server.destroy();
            assertThat(server.waitFor(40, TimeUnit.SECONDS))
                    .as("the signal reaches the server")
                    .isTrue();
            assertThat(Files.readString(log).contains(key))
                    .as("the log shows a key")
                    .isFalse();
        } finally {
            server.destroyForcibly();
            Folders.clear(image);
        }
    }

    /** Does all other instructions and returns the start command. */
    private List<String> entryPoint() throws Exception {
        List<String> command = List.of();
        for (String line : Files.readAllLines(Path.of("docs", "deploy", "Containerfile"))) {
            String[] instruction = line.split(" ", 2);
            switch (instruction[0]) {
                case "COPY" -> copy(List.of(instruction[1].split(" ")));
                case "RUN" -> {
                    // the image belongs to root until then, this directory to the account of the tests
                    String shell = inImageText(instruction[1]).replace("chown 10001:10001", "test -w");
                    Process run = begin(List.of("/bin/sh", "-c", shell), image.resolve("run.log"));
                    assertThat(run.waitFor()).as(shell).isZero();
                }
                case "ENV" -> {
                    String[] variable = instruction[1].split("=", 2);
                    environment.put(variable[0], inImageText(variable[1]));
                }
                case "ENTRYPOINT" ->
                    command = Json.readObject("{\"command\":" + instruction[1] + "}").getJsonArray("command").stream()
                            .map(word -> inImageText(((JsonString) word).getString())
                                    .replace("--port 8080", "--port " + port))
                            .toList();
                default -> assertThat(instruction[0]).isIn("", "#", "FROM", "EXPOSE", "USER");
            }
        }
        return command;
    }

    private void copy(List<String> words) throws IOException {
        Path folder = inImage(words.get(words.size() - 1));
        for (String file : words.subList(0, words.size() - 1)) {
            Path source = Path.of(file);
            Files.copy(source, folder.resolve(source.getFileName()));
        }
    }

    private Process begin(List<String> command, Path log) throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().putAll(environment);
        process.environment()
                .merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        return process.start();
    }

    /** At an address of this machine that a server on 127.0.0.1 does not listen on; 0 while no server does. */
    private int get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + port + path))
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path inImage(String path) {
        return Path.of(inImageText(path));
    }

    private String inImageText(String text) {
        String inside = text;
        for (String directory : DIRECTORIES) {
            inside = inside.replace(directory, image + directory);
        }
        return inside;
    }
}
