import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that the demo itself sends to the server, and what it reads in the answers. */
final class Client {

    private static final String REVISION = "2026-07-28";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + REVISION
            + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Client(int port) {
        this.port = port;
    }

    /** Null while the server does not answer. */
    HttpResponse<String> get(String path, String key) throws InterruptedException {
        return send(request(path, key).GET());
    }

    /** The answer to a call of this tool without arguments; empty if it fails. */
    String call(String tool, String key) throws InterruptedException {
        return mcp("tools/call", tool, "\"name\":\"" + tool + "\",\"arguments\":{}," + META, key);
    }

    /** The tools that the key may use; empty if it may use none. */
    List<String> tools(String key) throws InterruptedException {
        return Pattern.compile("\"name\":\"([^\"]+)\",\"(?:title|description)\"")
                .matcher(mcp("tools/list", "", META, key))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private String mcp(String method, String name, String parameters, String key) throws InterruptedException {
        HttpRequest.Builder request = request("/mcp", key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", method);
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        HttpResponse<String> answer = send(request.POST(BodyPublishers.ofString(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + parameters + "}}")));
        return answer == null || answer.statusCode() != 200 ? "" : answer.body();
    }

    private HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException notYet) {
            return null;
        }
    }

    /** The first text with this name in the JSON; empty if there is none. */
    static String text(String json, String name) {
        Matcher text =
                Pattern.compile('"' + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return text.find() ? text.group(1).replaceAll("\\\\(.)", "$1") : "";
    }

    /** The first list of texts with this name in the JSON; empty if there is none. */
    static List<String> texts(String json, String name) {
        Matcher list = Pattern.compile('"' + name + "\":\\[([^]]*)]").matcher(json);
        return list.find() && !list.group(1).isEmpty()
                ? List.of(list.group(1).replace("\"", "").split(","))
                : List.of();
    }
}
