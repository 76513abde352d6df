import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills a server under load at random moments, and counts the answered calls whose audit rows are missing afterwards. The
 * store is one for all kills, so each start reads what the kill before left. At the end the hash chain is verified.
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick
 * java bench/Kills.java strict|batched [kills] [a free directory]
 * </pre>
 *
 * Prints for each kill how long the load ran, how many calls were answered, how many of them have no row, and how long before
 * the kill the oldest of these was answered. Strict mode must print 0 missing. The moment of an answer is taken after the
 * client read it, and the kill is counted from before the signal, so the printed age is at most too small by that.
 */
final class Kills {

    private static final int THREADS = 8;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern TRACE = Pattern.compile("\"trace_id\":\"([0-9a-f]{32})\"");

    private final String mode;
    private final Path data;
    private final Path configuration;
    private final String key;
    private final Random random = new Random();

    private Kills(String mode, Path data) throws IOException, InterruptedException {
        this.mode = mode;
        this.data = Files.createDirectories(data);
        this.configuration = data.resolve("platform.yaml");
        this.key = run(List.of("bin/mcp-data-platform", "keygen", "--quiet")).strip();
        Files.writeString(
                configuration,
                Files.readString(Path.of("bench/audit.yaml"))
                        .replaceAll("(?m)^audit: .*$", "audit: {mode: " + mode + "}"));
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || !List.of("strict", "batched").contains(args[0])) {
            System.err.println("usage: java bench/Kills.java strict|batched [kills] [a free directory]");
            System.exit(2);
        }
        int kills = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        Path data = args.length > 2 ? Path.of(args[2]).toAbsolutePath() : Files.createTempDirectory("kills");
        System.exit(new Kills(args[0], data).run(kills) ? 0 : 1);
    }

    private boolean run(int kills) throws Exception {
        int answered = 0;
        int missing = 0;
        double oldest = 0;
        for (int kill = 1; kill <= kills; kill++) {
            Load load = new Load();
            Duration ran = load.untilKilled(Duration.ofMillis(random.nextInt(4_000)));
            Set<String> rows = rows();
            int lost = 0;
            double age = 0;
            for (Map.Entry<String, Long> answer : load.answered.entrySet()) {
                if (!rows.contains(answer.getKey())) {
                    lost++;
                    age = Math.max(age, (load.killed - answer.getValue()) / 1e6);
                }
            }
            System.out.printf(
                    "%s %3d: killed after %4d ms, %5d calls answered, %d without a row%s%n",
                    mode,
                    kill,
                    ran.toMillis(),
                    load.answered.size(),
                    lost,
                    lost == 0 ? "" : String.format(", the oldest answered %.0f ms before the kill", age));
            answered += load.answered.size();
            missing += lost;
            oldest = Math.max(oldest, age);
        }
        String verified = run(List.of("bin/mcp-data-platform", "audit", "verify", "--data-dir", data.toString()));
        System.out.printf(
                "%s: %d kills, %d calls answered, %d without a row, the oldest of these answered %.0f ms before its kill%n%s",
                mode, kills, answered, missing, oldest, verified);
        return mode.equals("batched") || missing == 0;
    }

    /** The trace ids of all rows of the newest minutes. */
    private Set<String> rows() throws IOException, InterruptedException {
        Set<String> rows = new HashSet<>();
        Matcher ids = TRACE.matcher(run(List.of(
                "bin/mcp-data-platform",
                "audit",
                "export",
                "--since",
                "5m",
                "--type",
                "tool_call",
                "--data-dir",
                data.toString())));
        while (ids.find()) {
            rows.add(ids.group(1));
        }
        return rows;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }

    /** One server, its calls, and the moment of its end. */
    private final class Load {

        private final Map<String, Long> answered = new ConcurrentHashMap<>();
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        private final String origin;
        private final Process server;
        private volatile long killed;

        Load() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            origin = "http://127.0.0.1:" + port;
            ProcessBuilder start = new ProcessBuilder(
                            "java",
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            "target/servers/payara-micro.jar",
                            "--nocluster",
                            "--port",
                            Integer.toString(port),
                            "--contextroot",
                            "/",
                            "--prebootcommandfile",
                            "server-config/payara/pre-boot.asadmin",
                            "--postbootcommandfile",
                            "server-config/payara/post-boot.asadmin",
                            "--postdeploycommandfile",
                            "server-config/payara/post-deploy.asadmin",
                            "--deploy",
                            "target/mcp-data-platform.war")
                    .redirectErrorStream(true)
                    .redirectOutput(new File(data.toFile(), "server.log"));
            start.environment().put("MCP_API_KEY", key);
            start.environment().put("DATA_DIR", data.toString());
            start.environment().put("PLATFORM_CONFIG", configuration.toString());
            server = start.start();
        }

        Duration untilKilled(Duration load) throws Exception {
            try {
                awaitReady();
                long begin = System.nanoTime();
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Thread caller = new Thread(this::call);
                    caller.start();
                    callers.add(caller);
                }
                while (answered.size() < THREADS && server.isAlive()) {
                    Thread.sleep(10);
                }
                Thread.sleep(load.toMillis());
                killed = System.nanoTime();
                server.destroyForcibly();
                server.waitFor(30, TimeUnit.SECONDS);
                for (Thread caller : callers) {
                    caller.join();
                }
                return Duration.ofNanos(killed - begin);
            } finally {
                server.destroyForcibly();
            }
        }

        private void awaitReady() throws Exception {
            long end = System.nanoTime() + START.toNanos();
            while (System.nanoTime() < end && server.isAlive()) {
                try {
                    HttpRequest ready = HttpRequest.newBuilder(URI.create(origin + "/readyz"))
                            .timeout(Duration.ofSeconds(10))
                            .build();
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // the port is not open yet
                }
                Thread.sleep(100);
            }
            throw new IOException("the server is not ready; see " + data.resolve("server.log"));
        }

        private void call() {
            try {
                while (true) {
                    String trace = UUID.randomUUID().toString().replace("-", "");
                    HttpResponse<String> answer = http.send(message(trace), BodyHandlers.ofString());
                    if (answer.statusCode() == 200 && answer.body().contains("\"result\"")) {
                        answered.put(trace, System.nanoTime());
                    } else if (killed == 0) {
                        System.err.println(answer.statusCode() + " " + answer.body());
                    }
                }
            } catch (IOException end) {
                if (killed == 0) {
                    System.err.println("a call failed before the kill: " + end);
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        private HttpRequest message(String trace) {
            return HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", "tools/call")
                    .header("Mcp-Name", "platform_info")
                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"},"
                            + "\"io.modelcontextprotocol/clientCapabilities\":{}},"
                            + "\"name\":\"platform_info\",\"arguments\":{}}}"))
                    .build();
        }
    }
}
