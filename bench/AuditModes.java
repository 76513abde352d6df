import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What each audit mode costs a tools/call, and how large the store is after 10,000 calls in strict mode. Changes a copy of
 * bench/audit.yaml that the server must run with:
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick
 * export MCP_API_KEY=$(bin/mcp-data-platform keygen --quiet) DATA_DIR=$(mktemp -d)
 * cp bench/audit.yaml "$DATA_DIR/"; export PLATFORM_CONFIG=$DATA_DIR/audit.yaml
 * java -Xmx512m -jar target/servers/payara-micro.jar --nocluster --contextroot / \
 *   --prebootcommandfile server-config/payara/pre-boot.asadmin \
 *   --postdeploycommandfile server-config/payara/post-deploy.asadmin --deploy target/mcp-data-platform.war &amp;
 * java [-Dcallers=8] bench/AuditModes.java http://127.0.0.1:8080 $! [calls of a round] [sql]
 * </pre>
 *
 * Without {@code sql} it calls platform_info, which the platform answers on the thread of the request unless the mode is
 * strict; with it sql_query, which always has a thread of its own. In strict mode rows of several callers share a write, so few
 * callers wait for the disk while a processor is idle: take 32. A round of fewer than 16,000 calls is over before the server is
 * warm. Figures of one machine and one moment: compare only what one run printed.
 * The processor time of the server is the steady one.
 */
final class AuditModes {

    private static final int SESSIONS = Integer.getInteger("callers", 8);
    private static final int ROUNDS = 3;
    private static final int CALLS_FOR_SIZE = 10_000;
    private static final String QUERY = "{\"name\":\"sql_query\",\"arguments\":{\"connection\":\"warehouse\","
            + "\"sql\":\"SELECT COUNT(*) AS n FROM products\"}}";
    private static final List<String> MODES = List.of("enabled: false", "mode: batched", "mode: strict");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final String origin;
    private final ProcessHandle process;
    private final String call;
    private final Path configuration = Path.of(System.getenv("PLATFORM_CONFIG"));
    private final Path store = Path.of(System.getenv("DATA_DIR")).resolve("store/platform.mv.db");
    private final String key = System.getenv("MCP_API_KEY");

    private AuditModes(String origin, ProcessHandle process, String call) {
        this.origin = origin;
        this.process = process;
        this.call = call;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: java bench/AuditModes.java <url of the server> <its process id> [calls] [sql]");
            System.exit(2);
        }
        AuditModes bench = new AuditModes(
                args[0].replaceAll("/$", ""),
                ProcessHandle.of(Long.parseLong(args[1])).orElseThrow(),
                args.length > 3 ? QUERY : "{\"name\":\"platform_info\",\"arguments\":{}}");
        bench.run(args.length > 2 ? Integer.parseInt(args[2]) : 4_000);
        System.exit(0);
    }

    private void run(int calls) throws Exception {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new Session());
        }
        double[] micros = new double[MODES.size()];
        double[] perSecond = new double[MODES.size()];
        // round 0 is to warm up
        for (int round = 0; round <= ROUNDS; round++) {
            for (int mode = 0; mode < MODES.size(); mode++) {
                configure(MODES.get(mode));
                Duration before = cpu();
                long begin = System.nanoTime();
                call(sessions, calls);
                double seconds = (System.nanoTime() - begin) / 1e9;
                if (round > 0) {
                    micros[mode] += cpu().minus(before).toNanos() / 1e3 / calls / ROUNDS;
                    perSecond[mode] += calls / seconds / ROUNDS;
                }
            }
        }
        for (int mode = 0; mode < MODES.size(); mode++) {
            System.out.printf(
                    "audit %-15s %6.0f CPU us a call, %.2f times the first; %6.0f calls/s%n",
                    MODES.get(mode), micros[mode], micros[mode] / micros[0], perSecond[mode]);
        }
        long before = Files.size(store);
        call(sessions, CALLS_FOR_SIZE);
        System.out.printf(
                "store: %.1f MB before, %.1f MB after %d calls more in strict mode%n",
                before / 1e6, Files.size(store) / 1e6, CALLS_FOR_SIZE);
    }

    private void configure(String audit) throws IOException, InterruptedException {
        String text = Files.readString(configuration).replaceAll("(?m)^audit: .*$", "audit: {" + audit + "}");
        Path next = Files.writeString(configuration.resolveSibling("next.yaml"), text);
        Files.move(next, configuration, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Thread.sleep(4_000);
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void call(List<Session> sessions, int calls) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Session session : sessions) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < calls / SESSIONS; i++) {
                    session.request("tools/call", call);
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private final class Session {

        private final BlockingQueue<String> data = new LinkedBlockingQueue<>();
        private final String endpoint;
        private int id;

        Session() throws IOException, InterruptedException {
            HttpResponse<InputStream> stream =
                    http.send(to("/sse").header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
            if (stream.statusCode() != 200) {
                throw new IOException("GET /sse gave " + stream.statusCode());
            }
            threads.execute(() -> read(stream.body()));
            endpoint = next();
            request(
                    "initialize",
                    "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},"
                            + "\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}");
        }

        private void read(InputStream body) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        data.add(line.substring(5).strip());
                    }
                }
            } catch (IOException closed) {
                data.add("closed");
            }
        }

        void request(String method, String params) throws IOException, InterruptedException {
            String message =
                    "{\"jsonrpc\":\"2.0\",\"id\":" + ++id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
            HttpResponse<Void> posted = http.send(
                    to(endpoint)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(message))
                            .build(),
                    BodyHandlers.discarding());
            String answer = next();
            if (posted.statusCode() != 202 || !answer.contains("\"result\"")) {
                throw new IOException(method + " gave " + posted.statusCode() + " and " + answer);
            }
        }

        private String next() throws IOException, InterruptedException {
            String next = data.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new IOException("no answer in 30 s");
            }
            return next;
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }
}
