import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What watchers of {@code /api/v1/events} cost the others: the times of tools/call at a steady rate, with none, with many
 * watchers that get every row, and with none again. The server must run with bench/watchers.yaml:
 *
 * <pre>
 * mvn -B -q package -DskipTests -Dquick
 * export MCP_API_KEY=$(bin/mcp-data-platform keygen --quiet) DATA_DIR=$(mktemp -d) PLATFORM_CONFIG=$PWD/bench/watchers.yaml
 * java -Xmx512m -jar target/servers/payara-micro.jar --nocluster --contextroot / \
 *   --prebootcommandfile server-config/payara/pre-boot.asadmin --postbootcommandfile server-config/payara/post-boot.asadmin \
 *   --postdeploycommandfile server-config/payara/post-deploy.asadmin --deploy target/mcp-data-platform.war &amp;
 * java bench/Watchers.java http://127.0.0.1:8080 $! [watchers] [calls a second] [filter]
 * </pre>
 *
 * Without a filter, watchers get the rows of calls, and not those about the opening of other watchers. A time begins when the call is due, so a call that has to wait for the one before it counts with its wait. The watchers
 * read on the same machine. Compare only what one run printed.
 */
final class Watchers {

    private static final int CALLERS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final URI origin;
    private final ProcessHandle process;
    private final int rate;
    private final String key = System.getenv("MCP_API_KEY");

    private Watchers(URI origin, ProcessHandle process, int rate) {
        this.origin = origin;
        this.process = process;
        this.rate = rate;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: java bench/Watchers.java <url of the server> <its process id> [watchers]"
                    + " [calls a second] [filter]");
            System.exit(2);
        }
        // shorter than the server keeps an idle connection: a POST on a connection that ends is not sent again
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        Watchers bench = new Watchers(
                URI.create(args[0]),
                ProcessHandle.of(Long.parseLong(args[1])).orElseThrow(),
                args.length > 3 ? Integer.parseInt(args[3]) : 20);
        bench.run(args.length > 2 ? Integer.parseInt(args[2]) : 1_000, args.length > 4 ? args[4] : "type=tool_call");
        System.exit(0);
    }

    private void run(int watchers, String filter) throws Exception {
        call(WARM_UP);
        List<Long> without = new ArrayList<>();
        Load before = measure(without);
        List<Long> with = new ArrayList<>();
        Load loaded;
        long rows;
        try (Streams streams = new Streams(watchers, filter)) {
            streams.awaitReady();
            streams.awaitQuiet();
            long read = streams.rows();
            loaded = measure(with);
            streams.check();
            rows = streams.rows() - read;
        }
        print("0, before", without, before);
        print(watchers + " watchers", with, loaded);
        System.out.printf("each watcher read %.1f rows a second%n", rows / (double) watchers / loaded.seconds());
        // until the server has noticed that the streams are gone
        Thread.sleep(30_000);
        List<Long> again = new ArrayList<>();
        print("0, after", again, measure(again));
    }

    /** The share of a processor that the server and this client used. A round is longer if calls are late. */
    private Load measure(List<Long> into) throws Exception {
        long begin = System.nanoTime();
        Duration server = cpu(process);
        Duration client = cpu(ProcessHandle.current());
        into.addAll(call(ROUND));
        double nanos = System.nanoTime() - begin;
        return new Load(
                cpu(process).minus(server).toNanos() / nanos,
                cpu(ProcessHandle.current()).minus(client).toNanos() / nanos,
                nanos / 1e9);
    }

    private record Load(double server, double client, double seconds) {}

    private static void print(String name, List<Long> nanos, Load load) {
        Collections.sort(nanos);
        System.out.printf(
                "%-14s %6d calls, p50 %7.2f ms, p99 %7.2f ms, longest %8.2f ms; server used %3.0f %% of a processor, this client %3.0f %%%n",
                name,
                nanos.size(),
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6,
                nanos.get(nanos.size() - 1) / 1e6,
                load.server() * 100,
                load.client() * 100);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Calls at a steady rate, and returns how long each took. */
    private List<Long> call(Duration time) throws Exception {
        long begin = System.nanoTime();
        long apart = TimeUnit.SECONDS.toNanos(1) / rate;
        long calls = time.toNanos() / apart;
        List<Future<List<Long>>> running = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            running.add(threads.submit(() -> {
                List<Long> took = new ArrayList<>();
                for (long call = first; call < calls; call += CALLERS) {
                    long due = begin + call * apart;
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                    callOnce();
                    took.add(System.nanoTime() - due);
                }
                return took;
            }));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> one : running) {
            all.addAll(one.get());
        }
        return all;
    }

    private void callOnce() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(origin.resolve("/mcp"))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/call")
                        .header("Mcp-Name", "platform_info")
                        .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                                + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}},"
                                + "\"name\":\"platform_info\",\"arguments\":{}}}"))
                        .build(),
                BodyHandlers.ofString());
        if (!answer.body().contains("\"result\"")) {
            throw new IOException("tools/call gave " + answer.statusCode() + " and " + answer.body());
        }
    }

    /** Open streams, which one thread reads. */
    private final class Streams implements AutoCloseable {

        private static final String READY = "\nevent:ready";
        private static final String ROW = "\nevent:audit";

        private final byte[] bytes = new byte[1 << 16];
        private final Selector selector = Selector.open();
        private final List<Stream> streams = new ArrayList<>();
        private final Future<?> reading;
        private volatile boolean closed;

        Streams(int count, String filter) throws IOException {
            reading = threads.submit(this::read);
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(origin.getHost(), origin.getPort()));
                channel.write(ByteBuffer.wrap(("GET /api/v1/events?" + filter + " HTTP/1.1\r\nHost: " + origin.getHost()
                                + "\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
                channel.configureBlocking(false);
                Stream stream = new Stream(channel);
                streams.add(stream);
                selector.wakeup();
                channel.register(selector, SelectionKey.OP_READ, stream);
            }
        }

        private Void read() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
            while (!closed) {
                selector.select(10);
                for (SelectionKey ready : selector.selectedKeys()) {
                    ((Stream) ready.attachment()).read(ready, buffer);
                }
                selector.selectedKeys().clear();
            }
            return null;
        }

        void awaitReady() throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (streams.stream().anyMatch(stream -> stream.ready.count == 0)) {
                if (reading.isDone()) {
                    reading.get();
                }
                if (System.nanoTime() > end) {
                    throw new IOException(streams.stream()
                                    .filter(stream -> stream.ready.count == 0)
                                    .count() + " streams did not open; the last answer began with "
                            + streams.get(streams.size() - 1).head);
                }
                Thread.sleep(100);
            }
        }

        /** Each opening is a row for the streams that are open already. */
        void awaitQuiet() throws Exception {
            long before;
            do {
                before = rows();
                Thread.sleep(3_000);
            } while (rows() != before);
        }

        long rows() {
            return streams.stream().mapToLong(stream -> stream.rows.count).sum();
        }

        void check() throws Exception {
            if (reading.isDone()) {
                reading.get();
            }
            long ended = streams.stream().filter(stream -> stream.ended).count();
            if (ended > 0) {
                throw new IOException(ended + " streams ended");
            }
        }

        @Override
        public void close() throws Exception {
            closed = true;
            reading.get();
            for (Stream stream : streams) {
                stream.channel.close();
            }
            selector.close();
        }

        private final class Stream {

            private final SocketChannel channel;
            private final Count ready = new Count(READY);
            private final Count rows = new Count(ROW);
            private volatile String head = "";
            private volatile boolean ended;

            Stream(SocketChannel channel) {
                this.channel = channel;
            }

            void read(SelectionKey selected, ByteBuffer buffer) throws IOException {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    ended = true;
                    selected.cancel();
                    return;
                }
                buffer.flip();
                if (head.isEmpty()) {
                    head = StandardCharsets.US_ASCII
                            .decode(buffer.duplicate())
                            .toString()
                            .lines()
                            .findFirst()
                            .orElse("");
                }
                buffer.get(bytes, 0, buffer.remaining());
                ready.add(bytes, buffer.position());
                rows.add(bytes, buffer.position());
            }
        }

        /** How often a text came, without spaces, whose first character is not in it again. */
        private static final class Count {

            private final byte[] text;
            private int matched;
            private volatile int count;

            Count(String text) {
                this.text = text.getBytes(StandardCharsets.US_ASCII);
            }

            @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
            void add(byte[] bytes, int length) {
                for (int i = 0; i < length; i++) {
                    byte next = bytes[i];
                    if (next == text[matched]) {
                        if (++matched == text.length) {
                            matched = 0;
                            count++;
                        }
                    } else if (matched > 0 && next != ' ') {
                        matched = next == text[0] ? 1 : 0;
                    }
                }
            }
        }
    }
}
