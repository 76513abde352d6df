package io.mcpdata.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Trino of one node on a free port of the loopback address, from the archive that the profile {@code trino} has copied. It
 * has the catalogs {@code tpch}, and {@code hive} and {@code memory}, which keep tables in memory. It ends with the virtual
 * machine at the latest.
 */
public final class TrinoServer implements AutoCloseable {

    /** The property that only the profile sets. */
    public static final String PROPERTY = "it.trino";

    /** The account that may do everything. */
    public static final String OWNER = "owner";

    private static final Duration START = Duration.ofMinutes(5);
    private static final int STOP_SECONDS = 30;
    private static final List<String> UNPACKED = List.of("lib", "plugin/tpch", "plugin/memory");

    private static final String CONFIGURATION = """
            coordinator=true
            node-scheduler.include-coordinator=true
            http-server.http.port=%s
            discovery.uri=http://127.0.0.1:%s
            query.max-memory=600MB
            query.max-memory-per-node=600MB
            memory.heap-headroom-per-node=300MB
            plugin.dir=%s
            catalog.config-dir=%s
            access-control.config-files=%s
            """;

    private static final String ACCESS_CONTROL = """
            access-control.name=file
            security.config-file=%s
            """;

    private static final String RULES = """
            {
              "catalogs": [
                {"user": "owner|canaryadmin", "allow": "all"},
                {"catalog": "tpch|hive|memory|system", "allow": "read-only"}
              ],
              "schemas": [{"user": "owner|canaryadmin", "owner": true}, {"owner": false}],
              "tables": [
                {"user": "owner|canaryadmin",
                 "privileges": ["SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT"]},
                {"catalog": "memory", "schema": "sales", "table": "deals", "privileges": ["SELECT"],
                 "filter": "owner = current_user"},
                {"user": "admin-service", "catalog": "memory", "schema": "sales", "table": "salaries", "privileges": ["SELECT"]},
                {"catalog": "memory", "schema": "sales", "table": "salaries", "privileges": []},
                {"privileges": ["SELECT"]}
              ],
              "functions": [
                {"user": "owner|canaryadmin", "privileges": ["EXECUTE", "OWNERSHIP", "GRANT_EXECUTE"]},
                {"catalog": "system", "schema": "builtin", "privileges": ["EXECUTE"]}
              ]
            }
            """;

    private final Path directory;
    private final Process process;
    private final int port;
    private final Duration startedIn;
    private final Thread end = new Thread(this::stop, "trino-end");
    private final HttpClient http = HttpClient.newHttpClient();

    /** A query as the cluster lists it. */
    public record Query(String id, String state, String error, String user, List<String> tags, String sql) {
        static Query of(JsonObject listed) {
            JsonObject session = listed.getJsonObject("session");
            return new Query(
                    listed.getString("queryId"),
                    listed.getString("state"),
                    Optional.ofNullable(listed.getJsonObject("errorCode"))
                            .map(code -> code.getString("name"))
                            .orElse(""),
                    session.getString("user"),
                    session.getJsonArray("clientTags").getValuesAs(jakarta.json.JsonString::getString),
                    listed.getString("query"));
        }

        public boolean runs() {
            return !state.equals("FINISHED") && !state.equals("FAILED");
        }
    }

    private TrinoServer(Path directory, Process process, int port, Instant begin) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(end);
        awaitStart();
        this.startedIn = Duration.between(begin, Instant.now());
    }

    /** @param directory for its files, which are deleted first */
    public static TrinoServer start(Path directory) {
        try {
            Path installation = unpacked();
            delete(directory);
            int port = FreePort.next();
            Path etc = directory.resolve("etc");
            Path catalogs = Files.createDirectories(etc.resolve("catalog"));
            Files.writeString(catalogs.resolve("tpch.properties"), "connector.name=tpch\n");
            Files.writeString(catalogs.resolve("memory.properties"), "connector.name=memory\n");
            Files.writeString(catalogs.resolve("hive.properties"), "connector.name=memory\n");
            Path rules = Files.writeString(etc.resolve("rules.json"), RULES);
            Path access = Files.writeString(etc.resolve("access-control.properties"), ACCESS_CONTROL.formatted(rules));
            Path configuration = Files.writeString(
                    etc.resolve("config.properties"),
                    CONFIGURATION.formatted(port, port, installation.resolve("plugin"), catalogs, access));
            Instant begin = Instant.now();
            Process process = new ProcessBuilder(
                            java().toString(),
                            "-Xmx2G",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-Djdk.attach.allowAttachSelf=true",
                            "-Dfile.encoding=UTF-8",
                            "--add-modules=jdk.incubator.vector",
                            "-Dnode.environment=test",
                            "-Dnode.id=one",
                            "-Dnode.data-dir=" + Files.createDirectories(directory.resolve("data")),
                            "-Dnode.bind-ip=127.0.0.1",
                            "-Dnode.internal-address=127.0.0.1",
                            "-Dconfig=" + configuration,
                            "-cp",
                            installation.resolve("lib") + "/*",
                            "io.trino.server.TrinoServer")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            return new TrinoServer(directory, process, port, begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name), "the property " + name + " is not set: run this test with -Ptrino");
    }

    private static Path java() {
        Path java = Path.of(property("it.trinoJava"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new IllegalStateException("found no Java at " + java
                    + "; set TRINO_JAVA_HOME to the home of a Java 24 or newer, which Trino needs");
        }
        return java;
    }

    /** By {@code tar}: the archive has links between its files that Maven does not unpack. */
    private static Path unpacked() throws IOException {
        Path archive = Path.of(property(PROPERTY));
        Path folder = archive.resolveSibling("unpacked");
        Path installation = folder.resolve(property("it.trinoVersion"));
        if (!Files.isDirectory(installation.resolve(UNPACKED.get(UNPACKED.size() - 1)))) {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>(List.of("tar", "xzf", archive.toString(), "-C", folder.toString()));
            UNPACKED.forEach(part -> command.add(installation.getFileName() + "/" + part));
            Process tar = new ProcessBuilder(command).inheritIO().start();
            if (waitFor(tar, 300) != 0) {
                throw new IllegalStateException("tar could not unpack " + archive);
            }
        }
        return installation;
    }

    private static int waitFor(Process process, int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private void awaitStart() {
        Eventually.within(START, "Trino starts; its log is " + directory.resolve("log"), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Trino ended; its log is " + directory.resolve("log"));
            }
            try {
                return get("/v1/info").contains("\"starting\":false");
            } catch (IOException e) {
                return false;
            }
        });
    }

    private String get(String path) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header("X-Trino-User", OWNER)
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public Duration startedIn() {
        return startedIn;
    }

    public long pid() {
        return process.pid();
    }

    /** @param place the catalog, and perhaps a schema: {@code /tpch/tiny}; empty for all catalogs */
    public String url(String place) {
        return "jdbc:trino://127.0.0.1:" + port + place;
    }

    public Connection owner(String place) throws SQLException {
        return DriverManager.getConnection(url(place) + "?user=" + OWNER);
    }

    public void execute(String place, List<String> statements) throws SQLException {
        try (Connection connection = owner(place);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** What the cluster knows of queries with this text, the latest included. */
    public List<Query> queries(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(get("/v1/query")))) {
            JsonArray all = reader.readArray();
            return all.getValuesAs(JsonObject.class).stream()
                    .map(Query::of)
                    .filter(query -> query.sql().contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings that a query was sent with. */
    public JsonObject settings(Query query) {
        try (JsonReader reader = Json.createReader(new StringReader(get("/v1/query/" + query.id())))) {
            return reader.readObject().getJsonObject("session").getJsonObject("systemProperties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        stop();
    }

    private void stop() {
        process.destroy();
        if (waitFor(process, STOP_SECONDS) < 0) {
            process.destroyForcibly();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var paths = Files.walk(directory)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
