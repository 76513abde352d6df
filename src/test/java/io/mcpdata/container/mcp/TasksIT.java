package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that take longer than {@code limits.task_after}, for clients that understand tasks. */
@ArquillianTest
@Timeout(300)
final class TasksIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity"
                    + " + 100 JOIN order_lines c ON a.quantity < c.quantity + 100";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void slowStatementBecomesATaskThatEndsWithItsResult() {
        McpClient analyst = client("analyst").withTasks();

        JsonObject task = created(analyst, "warehouse");

        assertThat(task.getString("status")).isEqualTo("working");
        assertThat(task.getJsonNumber("ttlMs").longValue()).isEqualTo(3_600_000);
        String id = task.getString("taskId");
        Eventually.within(SOON, "the end of the task", () -> status(analyst, id).equals("completed"));
        // the connection's time limit of two seconds ended the statement
        JsonObject result = get(analyst, id).json().getJsonObject("result").getJsonObject("result");
        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(result.toString()).contains("longer than this connection allows");
    }

    @Test
    void taskOfAnotherCallerDoesNotExist() {
        McpClient admin = client("admin").withTasks();
        McpClient analyst = client("analyst").withTasks();
        String id = created(admin, "archive").getString("taskId");

        for (String method : new String[] {"tasks/get", "tasks/update", "tasks/cancel"}) {
            String more = method.equals("tasks/update") ? ",\"inputResponses\":{}" : "";
            JsonObject refused = analyst.ask(3, method, "\"taskId\":\"" + id + "\"" + more)
                    .json()
                    .getJsonObject("error");
            JsonObject unknown = analyst.ask(3, method, "\"taskId\":\"absent\"" + more)
                    .json()
                    .getJsonObject("error");
            assertThat(refused).as(method).isEqualTo(unknown);
            assertThat(refused.getInt("code")).isEqualTo(-32602);
        }
        assertThat(status(admin, id)).isEqualTo("working");

        assertThat(admin.ask(4, "tasks/cancel", "\"taskId\":\"" + id + "\"").body())
                .contains("\"complete\"");
        Eventually.within(SOON, "the cancelled task", () -> status(admin, id).equals("cancelled"));
    }

    @Test
    void clientWithoutTasksGetsTheResultItself() {
        McpClient analyst = client("analyst");

        Answer answer = web.send(analyst.request(2, "tools/call", McpClient.call("sql_query", arguments("warehouse")))
                .setHeader("Accept", "application/json"));

        assertThat(answer.json().getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
        Answer refused = analyst.ask(3, "tasks/get", "\"taskId\":\"absent\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getJsonObject("error").getInt("code")).isEqualTo(-32021);
    }

    private McpClient client(String caller) {
        return McpClient.stateless(web, platform.key(caller));
    }

    /** The task as the answer to the call has it; as JSON, because the call would be answered by a stream. */
    private JsonObject created(McpClient client, String connection) {
        JsonObject result = web.send(client.request(2, "tools/call", McpClient.call("sql_query", arguments(connection)))
                        .setHeader("Accept", "application/json"))
                .json()
                .getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("task");
        return result;
    }

    private static String arguments(String connection) {
        return "{\"connection\":\"" + connection + "\",\"sql\":\"" + SLOW + "\"}";
    }

    private static Answer get(McpClient client, String id) {
        return client.ask(9, "tasks/get", "\"taskId\":\"" + id + "\"");
    }

    private static String status(McpClient client, String id) {
        return get(client, id).json().getJsonObject("result").getString("status");
    }
}
