import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds the WAR, starts it on Payara Micro with new keys, and prints how to use it when the server is ready. {@code
 * demo/run} runs this source file from the project's directory.
 */
final class Demo {

    private static final List<String> VARIABLES = List.of("API_KEY_ADMIN", "API_KEY_ANALYST", "API_KEY_READONLY");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Path WORK = Path.of("target", "demo").toAbsolutePath();
    private static final Path LOG = WORK.resolve("server.log");

    private final int port;
    private final Path config;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private volatile boolean greeted;
    private volatile boolean stopping;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Demo(int port, Path config) {
        this.port = port;
        this.config = config;
        VARIABLES.forEach(variable -> keys.put(variable, key()));
    }

    /** An error with a message of one line that says how to fix it. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop(String message) {
            super(message);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try {
            Demo demo = of(args);
            demo.checkPort();
            build();
            demo.run();
        } catch (Stop e) {
            System.err.println("demo/run: " + e.getMessage());
            System.exit(1);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("demo/run: " + e);
            System.exit(1);
        }
    }

    private static Demo of(String[] args) {
        int port = 8080;
        Path config = Path.of("demo", "platform.yaml");
        for (int i = 0; i < args.length; i++) {
            boolean hasValue = i + 1 < args.length;
            if (args[i].equals("--port") && hasValue && args[i + 1].matches("\\d{1,5}")) {
                port = Integer.parseInt(args[++i]);
            } else if (args[i].equals("--config") && hasValue) {
                config = Path.of(args[++i]);
            } else {
                throw new Stop("usage: demo/run [--port N] [--config FILE]");
            }
        }
        if (port < 1 || port > 65_535) {
            throw new Stop("--port takes a number from 1 to 65535.");
        }
        if (!Files.isReadable(config)) {
            throw new Stop("there is no readable file " + config + "; --config takes the path of a platform.yaml.");
        }
        return new Demo(port, config.toAbsolutePath());
    }

    /** As the specification's "Key Generation" makes them: 32 random bytes. */
    private static String key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void checkPort() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException busy) {
            throw new Stop("port " + port + " is in use; stop what listens there, or choose another: demo/run --port "
                    + (port == 65_535 ? port - 1 : port + 1));
        }
    }

    private static void build() throws IOException, InterruptedException {
        System.out.println("Building (the first time this downloads the libraries and Payara Micro) ...");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        ProcessBuilder maven = new ProcessBuilder(
                        windows ? "mvn.cmd" : "mvn", "-q", "-B", "-ntp", "-Dquick", "-DskipTests", "package")
                .inheritIO();
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int status;
        try {
            status = maven.start().waitFor();
        } catch (IOException absent) {
            throw new Stop("Maven is missing; install Maven 3.8 or newer, so that mvn is on the PATH.");
        }
        if (status != 0) {
            throw new Stop("the build failed; Maven says above why.");
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        forget(root());
        Process server = server().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            stop(server);
        }));
        System.out.println(
                "Starting Payara Micro (log: " + Path.of("").toAbsolutePath().relativize(LOG) + ") ...");
        awaitReady(server);
        greet();
        int status = server.waitFor();
        // Ctrl-C also stops the server: that is no error
        Thread.sleep(200);
        if (stopping) {
            return;
        }
        throw new Stop("the server ended by itself with status " + status + "; its log says why: " + LOG);
    }

    /** One folder for each port. No other demo uses it, because the port was free a moment ago. */
    private Path root() {
        return WORK.resolve("payara-" + port);
    }

    /** Deletes the configuration of an earlier run, which Payara would use again. */
    private static void forget(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private ProcessBuilder server() {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        Path.of("target", "servers", "payara-micro.jar").toString(),
                        "--nocluster",
                        "--port",
                        String.valueOf(port),
                        "--rootdir",
                        root().toString(),
                        "--prebootcommandfile",
                        Path.of("server-config", "payara", "pre-boot.asadmin").toString(),
                        "--postbootcommandfile",
                        Path.of("server-config", "payara", "post-boot.asadmin").toString(),
                        "--deploy",
                        Path.of("target", "mcp-data-platform.war").toString(),
                        "--contextroot",
                        "/")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        command.environment().put("PLATFORM_CONFIG", config.toString());
        command.environment().putIfAbsent("DEMO_DATA_DIR", WORK.resolve("data").toString());
        command.environment().putAll(keys);
        return command;
    }

    private void stop(Process server) {
        say("\nStopping ...");
        server.destroy();
        try {
            if (!server.waitFor(40, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
        }
        say("Stopped.");
    }

    /** Prints nothing before the greeting: a failed start has printed its error. */
    private void say(String line) {
        if (greeted) {
            System.out.println(line);
        }
    }

    private void awaitReady(Process server) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            if (!server.isAlive()) {
                throw new Stop("the server did not start; its log says why: " + LOG);
            }
            HttpResponse<String> ready = get("/readyz", "");
            if (ready != null && ready.statusCode() == 200) {
                return;
            }
            // during the deployment Payara answers 503 with its own page, which is not JSON
            if (ready != null && ready.statusCode() == 503 && ready.body().startsWith("{")) {
                throw new Stop(whyNotReady(ready.body()));
            }
            Thread.sleep(200);
        }
        throw new Stop("the server did not become ready in " + LONGEST_START.toMinutes()
                + " minutes; its log says why: " + LOG);
    }

    private String whyNotReady(String readiness) throws IOException {
        List<String> problems = Pattern.compile("configuration rejected: (.*)")
                .matcher(Files.readString(LOG))
                .results()
                .map(match -> match.group(1).replaceAll("]]$", ""))
                .distinct()
                .toList();
        return problems.isEmpty()
                ? "the platform is not ready: " + readiness + "; the log says why: " + LOG
                : "the configuration " + config + " is not valid:\n  " + String.join("\n  ", problems);
    }

    private void greet() throws InterruptedException {
        greeted = true;
        String url = "http://localhost:" + port;
        System.out.println("\nThe platform answers at " + url + "/ (stop it with Ctrl-C).\n");
        System.out.println("Keys of this run, by persona:");
        String example = "";
        for (String key : keys.values()) {
            HttpResponse<String> whoami = get("/api/v1/whoami", key);
            if (whoami != null && whoami.statusCode() == 200) {
                String persona = member(whoami.body(), "persona");
                System.out.printf("  %-10s %s%n", persona, key);
                example = example.isEmpty() || persona.equals("analyst") ? key : example;
            }
        }
        if (example.isEmpty()) {
            System.out.println("  none: this configuration takes none of " + String.join(", ", VARIABLES) + ".");
            return;
        }
        System.out.printf("""

                Open an event stream:
                  curl -N -H "Authorization: Bearer %1$s" %2$s/sse
                  curl -N "%2$s/sse?api_key=%1$s"

                Connect Claude Code:
                  claude mcp add --transport http mcp-data-platform %2$s/mcp --header "Authorization: Bearer %1$s"

                List the tools, ask a question:
                  npx @modelcontextprotocol/inspector --cli %2$s/mcp --transport http --header "Authorization: Bearer %1$s" --method tools/list
                  npx @modelcontextprotocol/inspector --cli %2$s/mcp --transport http --header "Authorization: Bearer %1$s" --method tools/call --tool-name sql_query --tool-arg connection=warehouse --tool-arg "sql=SELECT category, COUNT(*) AS products FROM products GROUP BY category"
                """, example, url);
    }

    /** Null while the server does not answer. */
    private HttpResponse<String> get(String path, String key) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException notYet) {
            return null;
        }
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : "?";
    }
}
