import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory an export of about a gigabyte takes: exports a table with {@code sql_export}, reads the file by its
 * address, and prints bytes, time and the most memory that the server has had. The table is made before:
 *
 * <pre>
 * psql -c "CREATE TABLE large AS SELECT n AS id, md5(n::text) a, md5(n::text || 'b') b, md5(n::text || 'c') c,
 *   md5(n::text || 'd') d FROM generate_series(1, 7400000) n"
 * mvn -B -q package -DskipTests -Dquick
 * export MCP_API_KEY=$(bin/mcp-data-platform keygen --quiet) DATA_DIR=$(mktemp -d) BENCH_URL=jdbc:postgresql://...
 * export PLATFORM_CONFIG=$PWD/bench/export.yaml
 * java -Xmx512m -jar target/servers/payara-micro.jar --nocluster --contextroot / \
 *   --prebootcommandfile server-config/payara/pre-boot.asadmin \
 *   --postdeploycommandfile server-config/payara/post-deploy.asadmin --deploy target/mcp-data-platform.war &amp;
 * java bench/ExportMemory.java http://127.0.0.1:8080 $! csv
 * </pre>
 *
 * Needs Linux. Figures of one machine and one moment.
 */
final class ExportMemory {

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private final long process;
    private final String key = System.getenv("MCP_API_KEY");

    private ExportMemory(String origin, long process) {
        this.origin = origin;
        this.process = process;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println(
                    "java bench/ExportMemory.java ADDRESS PID [csv|jsonl]; its first lines say how to start");
            System.exit(2);
        }
        new ExportMemory(arguments[0], Long.parseLong(arguments[1]))
                .measure(arguments.length > 2 ? arguments[2] : "csv");
    }

    private void measure(String format) throws IOException, InterruptedException {
        System.out.printf("before:   %s%n", memory());
        long begun = System.nanoTime();
        String answer = http.send(
                        to("/mcp")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json, text/event-stream")
                                .header("MCP-Protocol-Version", "2026-07-28")
                                .header("Mcp-Method", "tools/call")
                                .header("Mcp-Name", "sql_export")
                                .POST(BodyPublishers.ofString(
                                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + META
                                                + ",\"name\":\"sql_export\",\"arguments\":{\"connection\":\"large\","
                                                + "\"sql\":\"SELECT * FROM large\",\"format\":\"" + format + "\"}}}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        System.out.printf("exported: %s, %s%n", since(begun), memory());
        Matcher id = Pattern.compile("export://([0-9a-f-]+)").matcher(answer);
        if (!id.find()) {
            throw new IOException("no export: " + answer);
        }
        System.out.println(answer);
        begun = System.nanoTime();
        HttpResponse<InputStream> file =
                http.send(to("/api/v1/exports/" + id.group(1)).build(), BodyHandlers.ofInputStream());
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream body = file.body()) {
            for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
                bytes += length;
            }
        }
        System.out.printf("read:     %s, status %d, %,d bytes, %s%n", since(begun), file.statusCode(), bytes, memory());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofMinutes(30))
                .header("Authorization", "Bearer " + key);
    }

    private static String since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0 + " s";
    }

    /** Resident now and at most, by the kernel. */
    private String memory() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
            if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
                text.append(line.replaceAll("\\s+", " ")).append(' ');
            }
        }
        return text.toString().strip();
    }
}
