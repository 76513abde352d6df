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
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long one tools/call takes, from the POST to its answer on the stream, one after the other. Run against a running
 * server, without being compiled first:
 *
 * <pre>MCP_API_KEY=... java bench/RoundTrip.java http://localhost:8080 [calls]</pre>
 *
 * Figures of one machine and one moment: compare only what one run printed.
 */
final class RoundTrip {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String origin;
    private final String key;
    private final BlockingQueue<String> data = new LinkedBlockingQueue<>();
    private String endpoint = "";
    private int id;

    private RoundTrip(String origin, String key) {
        this.origin = origin;
        this.key = key;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String key = System.getenv("MCP_API_KEY");
        if (args.length < 1 || key == null || key.isEmpty()) {
            System.err.println("usage: MCP_API_KEY=<key> java bench/RoundTrip.java <url of the server> [calls]");
            System.exit(2);
        }
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        RoundTrip bench = new RoundTrip(args[0].replaceAll("/$", ""), key);
        bench.open();
        bench.measure("whoami over HTTP (no MCP)", calls, bench::whoami);
        bench.measure("ping", calls, () -> bench.request("ping", "{}"));
        bench.measure(
                "tools/call platform_info",
                calls,
                () -> bench.request("tools/call", "{\"name\":\"platform_info\",\"arguments\":{}}"));
        bench.measure(
                "tools/call sql_query (8 rows)",
                calls,
                () -> bench.request(
                        "tools/call",
                        "{\"name\":\"sql_query\",\"arguments\":{\"connection\":\"warehouse\",\"sql\":"
                                + "\"SELECT category, COUNT(*) FROM products GROUP BY category\"}}"));
        System.exit(0);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void measure(String what, int calls, Step step) throws IOException, InterruptedException {
        for (int i = 0; i < calls; i++) {
            step.run();
        }
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            step.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-32s p50 %6d us   p90 %6d us   p99 %6d us   (%d calls after as many to warm up)%n",
                what, nanos[calls / 2] / 1000, nanos[calls * 9 / 10] / 1000, nanos[calls * 99 / 100] / 1000, calls);
    }

    private void open() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream =
                HTTP.send(to("/sse").header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
        if (stream.statusCode() != 200) {
            throw new IOException("GET /sse gave " + stream.statusCode());
        }
        Thread reader = new Thread(() -> read(stream.body()));
        reader.setDaemon(true);
        reader.start();
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

    private void request(String method, String params) throws IOException, InterruptedException {
        String message =
                "{\"jsonrpc\":\"2.0\",\"id\":" + ++id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
        HttpResponse<Void> posted = HTTP.send(
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

    private void whoami() throws IOException, InterruptedException {
        if (HTTP.send(to("/api/v1/whoami").build(), BodyHandlers.discarding()).statusCode() != 200) {
            throw new IOException("whoami was refused");
        }
    }

    private String next() throws IOException, InterruptedException {
        String next = data.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new IOException("no answer in 30 s");
        }
        return next;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }
}
