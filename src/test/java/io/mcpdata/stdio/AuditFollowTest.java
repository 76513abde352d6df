package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code audit list --follow} against a server that breaks its connections. */
@Timeout(60)
final class AuditFollowTest {

    private static final String READY = "event: ready\nid: 4\ndata: {\"after\":4,\"newest\":4}\n\n";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
    private final RecordingTerminal terminal = new RecordingTerminal().with("MCP_API_KEY", "own-key-0123456789");
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Last-Event-ID") + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        String answer = answers.isEmpty() ? "401 {\"detail\":\"The key was revoked.\"}" : answers.remove(0);
        boolean stream = answer.startsWith("event:");
        byte[] body = (stream ? answer : answer.substring(4)).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/problem+json");
        exchange.sendResponseHeaders(stream ? 200 : Integer.parseInt(answer.substring(0, 3)), 0);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int follow(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                "list",
                "--follow",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort()));
        arguments.addAll(List.of(more));
        return terminal.run(arguments.toArray(String[]::new));
    }

    private static String row(int id) {
        return "event: audit\nid: " + id + "\ndata: {\"id\":" + id
                + ",\"type\":\"TOOL_CALL\",\"caller\":\"\\u001b[2Jx\"}\n\n";
    }

    @Test
    void rowsComeOnceOverBrokenConnectionsUntilTheKeyIsRefused() {
        answers.add(READY + row(5) + "event: audit\nid: 6\ndata: {\"id\":6");
        answers.add("503 {\"detail\":\"The server ends.\"}");
        answers.add(READY + row(6) + "event: position\nid: 9\ndata: {\"after\":9}\n\n");

        assertThat(follow("--json", "--outcome", "denied")).isEqualTo(1);

        assertThat(terminal.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"id\":5,")
                .endsWith("}");
        assertThat(asked)
                .containsExactly(
                        "/api/v1/events?outcome=denied null Bearer own-key-0123456789",
                        "/api/v1/events?outcome=denied 5 Bearer own-key-0123456789",
                        "/api/v1/events?outcome=denied 5 Bearer own-key-0123456789",
                        "/api/v1/events?outcome=denied 9 Bearer own-key-0123456789");
        assertThat(terminal.err())
                .contains(
                        "following the rows after 4; Ctrl-C ends this",
                        "the server sends no rows now; trying again until it does",
                        "is not accepted by ",
                        "(401): The key was revoked.");
    }

    @Test
    void rowsAreLinesForPeopleWithoutTerminalCodes() {
        answers.add(READY + row(5) + "event: gap\ndata: {\"after\":5,\"oldest\":8}\n\n");

        assertThat(follow()).isEqualTo(1);

        assertThat(terminal.out().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("ID       TIME                  TYPE");
            assertThat(lines.get(1)).startsWith("5   ").contains("TOOL_CALL", "?[2Jx");
        });
        assertThat(terminal.err()).contains("rows after 5 and before 8 were deleted because of their age");
    }

    @Test
    void refusalThatLastsEndsTheCommandAtOnce() {
        answers.add("403 {\"detail\":\"It needs events:read.\"}");
        assertThat(follow()).isEqualTo(1);
        assertThat(terminal.err()).contains("may not connect by ", "(403): It needs events:read.");

        answers.add("400 {\"detail\":\"type: found nonsense\"}");
        assertThat(follow("--type", "nonsense")).isEqualTo(1);
        assertThat(terminal.err()).contains("400: type: found nonsense");
        assertThat(asked).hasSize(2);
    }

    @Test
    void serverThatWasNeverReachedIsAnError() {
        server.stop(0);
        assertThat(follow()).isEqualTo(1);
        assertThat(terminal.err()).contains("nothing listens there");
    }

    @Test
    void optionsOfPastRowsAreUsageErrors() {
        assertThat(follow("--since", "1d")).isEqualTo(2);
        assertThat(follow("--limit", "5")).isEqualTo(2);
        assertThat(follow("--data-dir", "/tmp")).isEqualTo(2);
        assertThat(terminal.err())
                .contains(
                        "expected none of --since, --until, --limit and --cursor",
                        "expected neither --data-dir nor --backup");
    }
}
