import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two servers with one store: calls a second of two against one, and how soon a key that one has revoked is refused by the
 * other. Both run with bench/replicas.yaml on an empty database of PostgreSQL, with the same MCP_API_KEY and
 * AUDIT_SIGNING_KEY, and with an INSTANCE and a DATA_DIR of their own.
 *
 * <pre>
 * java bench/Replicas.java http://127.0.0.1:8080 http://127.0.0.1:8081 [seconds of a round] [keys]
 * </pre>
 *
 * Servers, database and callers share the processors of one machine here, so the ratio says what sharing the store costs, and
 * not what a second machine gives.
 */
final class Replicas {

    private static final int CALLERS = 8;
    private static final int ROUNDS = 3;
    private static final Pattern KEY = Pattern.compile("\"(key|key_id)\":\"([^\"]+)\"");
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
            + "\"name\":\"sql_query\",\"arguments\":{\"connection\":\"warehouse\",\"sql\":\"SELECT COUNT(*) AS n FROM"
            + " products\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final String admin = System.getenv("MCP_API_KEY");

    public static void main(String[] arguments) throws Exception {
        List<String> servers = List.of(arguments[0], arguments[1]);
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        int keys = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000;
        Replicas bench = new Replicas();
        bench.throughput(servers, seconds);
        bench.revocations(servers, keys);
        bench.threads.shutdown();
    }

    private void throughput(List<String> servers, int seconds) throws Exception {
        rate(servers, seconds);
        for (int round = 1; round <= ROUNDS; round++) {
            double one = rate(servers.subList(0, 1), seconds);
            double two = rate(servers, seconds);
            System.out.printf("round %d: one server %.0f calls/s, two %.0f, ratio %.2f%n", round, one, two, two / one);
        }
    }

    private double rate(List<String> servers, int seconds) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Future<?>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            String server = servers.get(caller % servers.size());
            callers.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    HttpResponse<String> answer = http.send(
                            request(server + "/mcp", admin)
                                    .header("Content-Type", "application/json")
                                    .header("Accept", "application/json, text/event-stream")
                                    .header("MCP-Protocol-Version", "2026-07-28")
                                    .header("Mcp-Method", "tools/call")
                                    .header("Mcp-Name", "sql_query")
                                    .POST(BodyPublishers.ofString(CALL))
                                    .build(),
                            BodyHandlers.ofString());
                    if (!answer.body().contains("structuredContent")) {
                        throw new IOException(answer.statusCode() + " " + answer.body());
                    }
                    answered.incrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        return (double) answered.get() / seconds;
    }

    private record Made(String key, String id) {}

    /** Half of the callers revoke keys on the first server, while the other half presents them to the second one. */
    private void revocations(List<String> servers, int count) throws Exception {
        BlockingQueue<Made> made = new LinkedBlockingQueue<>();
        List<Future<?>> making = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(count);
        for (int caller = 0; caller < CALLERS; caller++) {
            making.add(threads.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    made.add(make(servers.get(0)));
                }
                return null;
            }));
        }
        for (Future<?> each : making) {
            each.get();
        }
        TimeUnit.SECONDS.sleep(2);
        List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger unknown = new AtomicInteger();
        List<Future<?>> racing = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            racing.add(threads.submit(() -> {
                for (Made one = made.poll(); one != null; one = made.poll()) {
                    unknown.addAndGet(status(servers.get(1), one) == 200 ? 0 : 1);
                    http.send(
                            request(servers.get(0) + "/api/v1/keys/" + one.id(), admin)
                                    .DELETE()
                                    .build(),
                            BodyHandlers.discarding());
                    long revoked = System.nanoTime();
                    while (status(servers.get(1), one) == 200) {
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked));
                }
                return null;
            }));
        }
        for (Future<?> each : racing) {
            each.get();
        }
        Collections.sort(millis);
        System.out.printf(
                "%d keys revoked on one server: refused by the other after %d ms (median), %d ms (longest), %d after more"
                        + " than a second; %d were not known to it before%n",
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1),
                millis.stream().filter(each -> each > 1_000).count(),
                unknown.get());
    }

    private Made make(String server) throws Exception {
        String body = http.send(
                        request(server + "/api/v1/keys", admin)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"name\":\"race\",\"roles\":[\"admin\"]}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Matcher found = KEY.matcher(body);
        String key = "";
        String id = "";
        while (found.find()) {
            if (found.group(1).equals("key")) {
                key = found.group(2);
            } else {
                id = found.group(2);
            }
        }
        if (key.isEmpty() || id.isEmpty()) {
            throw new IOException(body);
        }
        return new Made(key, id);
    }

    private int status(String server, Made one) throws Exception {
        return http.send(request(server + "/api/v1/whoami", one.key()).GET().build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder request(String uri, String key) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key);
    }
}
