import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a statement costs the platform, and other MCP servers on the same PostgreSQL: processor time of the server for a call, and
 * calls a second. With an account of a PostgreSQL that may only read in DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, and a data
 * directory in DATA_DIR:
 *
 * <pre>
 * npm install --prefix target/peers @bytebase/dbhub@1.4.0 @toolbox-sdk/server@1.12.0
 * export MCP_API_KEY=$(bin/mcp-data-platform keygen --quiet) PLATFORM_CONFIG=bench/peers.yaml
 * node target/peers/node_modules/@bytebase/dbhub/dist/index.js --transport http --port 8081 \
 *   --dsn "postgres://$DB_USER:$DB_PASSWORD@$DB_HOST:$DB_PORT/$DB_NAME?sslmode=disable" &amp; dbhub=$!
 * target/peers/node_modules/@toolbox-sdk/server-linux-x64/bin/toolbox --config bench/peers.toolbox.yaml \
 *   --port 8082 &amp; toolbox=$!
 * java -Xmx512m -jar target/servers/payara-micro.jar --nocluster --contextroot / --addlibs DRIVER_OF_POSTGRESQL.jar \
 *   --rootdir target/peers/root --prebootcommandfile server-config/payara/pre-boot.asadmin \
 *   --postbootcommandfile server-config/payara/post-boot.asadmin \
 *   --postdeploycommandfile server-config/payara/post-deploy.asadmin --deploy target/mcp-data-platform.war &amp; platform=$!
 * java bench/Peers.java platform=8080,$platform dbhub=8081,$dbhub toolbox=8082,$toolbox [--seconds=15] [--warmup=30]
 * </pre>
 *
 * Run it twice, the first time with the platform alone and {@code --warmup=45}: a JVM that has just started compiles meanwhile.
 * Only the platform checks a key, a persona and the statement, and writes an audit row. The servers, the database and the callers
 * share the processors of one machine, so compare only what one run printed.
 */
final class Peers {

    private static final int CALLERS = 16;
    private static final Map<String, String> STATEMENTS = new LinkedHashMap<>();

    static {
        String rows = "SELECT x, x * 2 AS y, 'row ' || x AS z FROM generate_series(1, %d) AS x";
        STATEMENTS.put("1 row", rows.formatted(1));
        STATEMENTS.put("1,000 rows", rows.formatted(1_000));
        STATEMENTS.put("10,000 rows", rows.formatted(10_000));
        STATEMENTS.put("5 ms", "SELECT 1 AS one, pg_sleep(0.005)");
    }

    /** A server under its name; its tool takes a statement as {@code sql}. */
    private record Peer(String name, URI endpoint, ProcessHandle process) {

        Duration cpu() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        String call(String sql) {
            return name.equals("platform")
                    ? "{\"name\":\"sql_query\",\"arguments\":{\"connection\":\"sales\",\"sql\":\"" + sql + "\"}}"
                    : "{\"name\":\"execute_sql\",\"arguments\":{\"sql\":\"" + sql + "\"}}";
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final AtomicInteger ids = new AtomicInteger();

    public static void main(String[] arguments) throws Exception {
        List<Peer> peers = new ArrayList<>();
        Map<String, Integer> seconds = new LinkedHashMap<>(Map.of("seconds", 15, "warmup", 30));
        for (String argument : arguments) {
            String[] parts = argument.replaceFirst("^--", "").split("[=,]");
            if (argument.startsWith("--")) {
                seconds.put(parts[0], Integer.valueOf(parts[1]));
            } else {
                peers.add(new Peer(
                        parts[0],
                        URI.create("http://127.0.0.1:" + parts[1] + "/mcp"),
                        ProcessHandle.of(Long.parseLong(parts[2])).orElseThrow()));
            }
        }
        if (peers.isEmpty()) {
            System.err.println("usage: java bench/Peers.java NAME=PORT,PROCESS... [--seconds=15] [--warmup=30]");
            System.exit(2);
        }
        new Peers().run(peers, seconds.get("warmup"), seconds.get("seconds"));
        System.exit(0);
    }

    private void run(List<Peer> peers, int warmup, int seconds) throws Exception {
        for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
            for (Peer peer : peers) {
                measure(peer, statement.getValue(), warmup);
            }
            for (Peer peer : peers) {
                Duration before = peer.cpu();
                int calls = measure(peer, statement.getValue(), seconds);
                double micros = peer.cpu().minus(before).toNanos() / 1e3 / calls;
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %-10s %9.0f CPU us a call %8.1f calls/s%n",
                        statement.getKey(),
                        peer.name(),
                        micros,
                        (double) calls / seconds);
            }
        }
    }

    /** Every caller has a session of its own. */
    private int measure(Peer peer, String sql, int seconds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(threads.submit(() -> {
                String session = open(peer);
                int calls = 0;
                for (; System.nanoTime() < end; calls++) {
                    String answer =
                            post(peer, session, "tools/call", peer.call(sql)).body();
                    if (!answer.contains("\"result\"") || answer.contains("\"isError\":true")) {
                        throw new IOException(peer.name() + " gave " + answer);
                    }
                }
                return calls;
            }));
        }
        int calls = 0;
        for (Future<Integer> caller : callers) {
            calls += caller.get();
        }
        return calls;
    }

    private String open(Peer peer) throws IOException, InterruptedException {
        HttpResponse<String> opened = post(
                peer,
                "",
                "initialize",
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}");
        String session = opened.headers().firstValue("mcp-session-id").orElse("");
        send(peer, session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return session;
    }

    private HttpResponse<String> post(Peer peer, String session, String method, String params)
            throws IOException, InterruptedException {
        return send(
                peer,
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":" + ids.incrementAndGet() + ",\"method\":\"" + method + "\",\"params\":"
                        + params + "}");
    }

    private HttpResponse<String> send(Peer peer, String session, String message)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(peer.endpoint())
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .header("Authorization", "Bearer " + System.getenv("MCP_API_KEY"));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        HttpResponse<String> answer =
                http.send(request.POST(BodyPublishers.ofString(message)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(peer.name() + " gave " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
