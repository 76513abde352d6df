package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** A client names its trace, and finds it in the audit rows and the log. */
@ArquillianTest
final class TraceContextIT {

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    private static String meta(String traceparent) {
        return ",\"_meta\":{\"traceparent\":\"" + traceparent + "\"}";
    }

    private List<JsonObject> rows(String query) {
        Answer answer = web.get("/api/v1/audit?" + query, platform.key("auditor"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("rows").getValuesAs(JsonObject.class);
    }

    /** Rows of successful calls are written a tenth of a second after the answer. */
    private JsonObject onlyCall(String trace) {
        String query = "type=tool_call&trace_id=" + trace;
        Eventually.within(Duration.ofSeconds(10), "a row", () -> rows(query).size() == 1);
        return rows(query).get(0);
    }

    @Test
    void callHasTheTraceOfItsMessageElseThatOfItsHeader() {
        String header = trace();
        String message = trace();
        String word = "t" + trace();
        String call =
                McpClient.call("sql_query", "{\"connection\":\"warehouse\",\"sql\":\"SELECT '" + word + "' AS w\"}");
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        McpClient traced = client.with("traceparent", traceparent(header));

        assertThat(traced.ask(1, "tools/call", call).body()).contains(word);
        assertThat(traced.ask(2, "tools/call", call + meta(traceparent(message)))
                        .body())
                .contains(word);
        assertThat(client.ask(3, "tools/call", call).body()).contains(word);
        assertThat(client.ask(4, "tools/call", call + meta("00-" + message + "-zz-01"))
                        .body())
                .contains(word);

        assertThat(onlyCall(header).getString("parameters")).contains(word);
        JsonObject row = onlyCall(message);
        assertThat(row.getString("trace_id")).isEqualTo(message);
        assertThat(web.get("/api/v1/audit/" + row.getJsonNumber("id"), platform.key("auditor"))
                        .json())
                .isEqualTo(row);
        Eventually.within(
                Duration.ofSeconds(10),
                "four rows",
                () -> rows("type=tool_call&text=" + word).size() == 4);
        assertThat(rows("type=tool_call&text=" + word))
                .extracting(each -> each.getString("trace_id"))
                .containsExactlyInAnyOrder(header, message, "", "");
    }

    @Test
    void refusalHasItsTraceInItsRowAndInTheLog() {
        String trace = trace();
        assertThat(web.send(web.to("/api/v1/audit", platform.key("viewer")).header("traceparent", traceparent(trace)))
                        .status())
                .isEqualTo(403);
        JsonObject row = rows("type=access_denied&trace_id=" + trace).get(0);
        Eventually.within(
                Duration.ofSeconds(10),
                "the line of the log",
                () -> platform.server().log().contains("request=" + row.getString("request_id") + " trace=" + trace));
    }

    /** Over {@code /sse} a message has its own trace too. The statement begins with a comment here. */
    @Test
    void commentBeforeAStatementChangesNeitherItsRowsNorThePlaceOfItsErrors() {
        String trace = trace();
        try (McpConversation admin = McpConversation.begin(web, platform.key("admin"))) {
            assertThat(query(admin, trace, "SELECT COUNT(*) AS n FROM orders").toString())
                    .contains("\"isError\":false");
            assertThat(query(admin, trace, "SELECT id\\n FRM orders").toString())
                    .contains("\"isError\":true", "line 2, column");
        }
        Eventually.within(
                Duration.ofSeconds(10),
                "two rows",
                () -> rows("type=tool_call&trace_id=" + trace).size() == 2);
        Answer verified = web.get("/api/v1/audit/verify", platform.key("auditor"));
        assertThat(verified.json().getString("result")).isEqualTo("verified");
    }

    private static JsonObject query(McpConversation caller, String trace, String sql) {
        return caller.request(
                "tools/call",
                Json.createReader(new StringReader("{\"name\":\"sql_query\",\"arguments\":{\"connection\":\"archive\","
                                + "\"sql\":\"" + sql + "\"}" + meta(traceparent(trace)) + "}"))
                        .readObject());
    }
}
