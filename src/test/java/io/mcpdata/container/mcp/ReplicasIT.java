package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Replicas;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Two servers with one store on PostgreSQL: what they share, and what stays with one. */
@ArquillianTest
@OnOneServer
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReplicasIT {

    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String WHOAMI = "/api/v1/whoami";
    private static final String SLOW = "{\"connection\":\"archive\",\"sql\":\"SELECT COUNT(*) FROM order_lines a JOIN"
            + " order_lines b ON a.quantity < b.quantity + 100 JOIN order_lines c ON a.quantity < c.quantity + 100\"}";

    private static final String EXPORT =
            "{\"connection\":\"warehouse\",\"sql\":\"SELECT * FROM customers\",\"format\":\"csv\"}";

    private static final String ROUNDS = McpClient.call("test_input_required_result_multi_round", "{}");

    private Replicas replicas;
    private Web web;
    private Web other;

    @BeforeAll
    void start() throws Exception {
        replicas = Replicas.start();
        web = replicas.web();
        other = replicas.other();
    }

    @AfterAll
    void stop() throws Exception {
        replicas.close();
    }

    private String key(String name) {
        return replicas.key(name);
    }

    private int revoke(JsonObject made) {
        return web.send(web.to("/api/v1/keys/" + made.getString("key_id"), key("admin"))
                        .DELETE())
                .status();
    }

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    @Test
    @Order(1)
    void keyMadeOnOneServerIsAcceptedByTheOtherUntilItIsRevoked() {
        JsonObject made = replicas.newKey();
        String key = made.getString("key");
        assertThat(web.get(WHOAMI, key).status()).isEqualTo(200);
        Eventually.within(
                SECOND,
                "the other server knows the key",
                () -> other.get(WHOAMI, key).status() == 200);
        try (var stream = other.open(key)) {
            assertThat(revoke(made)).isEqualTo(204);
            assertThat(web.get(WHOAMI, key).status()).isEqualTo(401);
            Eventually.within(
                    SECOND,
                    "the other server refuses it",
                    () -> other.get(WHOAMI, key).status() == 401);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    @Order(2)
    void rowsOfBothAreReadAndVerifiedOnEach() {
        try (McpConversation here = McpConversation.begin(web, key("analyst"));
                McpConversation there = McpConversation.begin(other, key("analyst"))) {
            here.query("SELECT COUNT(*) FROM orders");
            there.query("SELECT COUNT(*) FROM customers");
        }
        String rows = other.get("/api/v1/audit?tool=sql_query&limit=10", key("auditor"))
                .body();
        assertThat(rows).contains("FROM orders", "FROM customers");
        assertThat(other.get("/api/v1/audit/stats", key("auditor")).json()).containsKey("figures");
        Eventually.within(
                RECOVERY,
                "both have signed",
                () -> replicas.verified().getString("result").equals("verified"));
        assertThat(replicas.verified().getInt("rows")).isGreaterThan(4);
        assertThat(web.get("/api/v1/config", key("admin"))
                        .json()
                        .getJsonObject("in_force")
                        .getJsonObject("database"))
                .hasToString("{\"kind\":\"url\",\"instance\":\"platform-1\"}");
        String cursor = web.get("/api/v1/audit?limit=2", key("auditor")).json().getString("next_cursor");
        assertThat(other.get("/api/v1/audit?limit=2&cursor=" + cursor, key("auditor"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(3)
    void taskIsSeenAndCancelledFromTheOtherServer() {
        McpClient here = McpClient.stateless(web, key("admin")).withTasks();
        McpClient there = McpClient.stateless(other, key("admin")).withTasks();
        JsonObject task = web.send(here.request(2, "tools/call", McpClient.call("sql_query", SLOW))
                        .setHeader("Accept", "application/json"))
                .json()
                .getJsonObject("result");
        assertThat(task.getString("resultType")).isEqualTo("task");
        String id = "\"taskId\":\"" + task.getString("taskId") + "\"";

        assertThat(status(there, id)).isEqualTo("working");
        McpClient stranger = McpClient.stateless(other, key("analyst")).withTasks();
        assertThat(stranger.ask(3, "tasks/get", id)
                        .json()
                        .getJsonObject("error")
                        .getInt("code"))
                .isEqualTo(-32602);
        assertThat(there.ask(4, "tasks/cancel", id).body()).contains("\"complete\"");
        Eventually.within(
                RECOVERY, "the task is cancelled", () -> status(here, id).equals("cancelled"));
        Eventually.within(
                RECOVERY, "the other server tells it", () -> status(there, id).equals("cancelled"));
    }

    private static String status(McpClient client, String id) {
        return client.ask(9, "tasks/get", id).json().getJsonObject("result").getString("status");
    }

    @Test
    @Order(4)
    void exportIsReadFromTheOtherServer() {
        McpClient analyst = McpClient.stateless(web, key("analyst"));
        JsonObject told = web.send(analyst.request(2, "tools/call", McpClient.call("sql_export", EXPORT))
                        .setHeader("Accept", "application/json"))
                .json()
                .getJsonObject("result")
                .getJsonObject("structuredContent");
        String uri = told.getString("uri");
        String path = "/api/v1/exports/" + uri.substring("export://".length());

        Answer file = other.get(path, key("analyst"));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(told.getInt("rows") + 1);
        assertThat(web.get(path, key("analyst")).body()).isEqualTo(file.body());
        assertThat(McpClient.stateless(other, key("analyst"))
                        .ask(3, "resources/read", "\"uri\":\"" + uri + "\"")
                        .body())
                .contains("\"contents\"");
        assertThat(other.get(path, key("admin")).status()).isEqualTo(404);
        assertThat(other.send(other.to(path, key("analyst")).DELETE()).status()).isEqualTo(204);
        assertThat(web.get(path, key("analyst")).status()).isEqualTo(404);
    }

    @Test
    @Order(5)
    void serverWithAnotherConfigurationSaysSo() {
        Eventually.within(
                RECOVERY,
                "they are the same",
                () -> other.get("/readyz").json().getString("status").equals("ready"));
        String yaml = replicas.second().originalYaml();
        replicas.second().configure(yaml.replace("limits:\n", "limits:\n  calls_per_minute: 7\n"));
        Eventually.within(
                RECOVERY,
                "both say that their configurations differ",
                () -> web.get("/readyz").body().contains("another server has another configuration")
                        && other.get("/readyz").body().contains("another server has another configuration"));
        assertThat(web.get("/readyz").status()).isEqualTo(200);

        // the limit is now that of both
        replicas.first()
                .configure(replicas.first().originalYaml().replace("limits:\n", "limits:\n  calls_per_minute: 7\n"));
        Eventually.within(
                RECOVERY,
                "they are the same again",
                () -> web.get("/readyz").json().getString("status").equals("ready")
                        && other.get("/readyz").json().getString("status").equals("ready"));
        int answered = 0;
        for (int i = 0; i < 12; i++) {
            answered += McpClient.stateless(i % 2 == 0 ? web : other, key("viewer"))
                            .call(i, "platform_info", "{}")
                            .json()
                            .containsKey("result")
                    ? 1
                    : 0;
        }
        assertThat(answered).isBetween(7, 8);
        replicas.first().configure(replicas.first().originalYaml());
        replicas.second().configure(yaml);
        Eventually.within(
                RECOVERY,
                "the limit is gone",
                () -> McpClient.stateless(web, key("viewer"))
                                .call(1, "platform_info", "{}")
                                .json()
                                .containsKey("result")
                        && McpClient.stateless(other, key("viewer"))
                                .call(1, "platform_info", "{}")
                                .json()
                                .containsKey("result"));
    }

    @Test
    @Order(6)
    void requestIsContinuedOnTheOtherServer() {
        McpClient here = McpClient.stateless(web, key("analyst")).withElicitation();
        McpClient there = McpClient.stateless(other, key("analyst")).withElicitation();
        String first = state(round(here, ""));
        String inputs = inputs("step1", "{\"name\":\"Ann\"}", first);
        assertThat(there.ask(3, "tools/call", ROUNDS.replace("multi_round", "elicitation") + inputs)
                        .json()
                        .getJsonObject("error")
                        .getInt("code"))
                .as("the state is of another request")
                .isEqualTo(-32602);

        String second = state(round(there, inputs));
        JsonObject last = round(here, inputs("step2", "{\"color\":\"green\"}", second));
        assertThat(last.getString("resultType")).isEqualTo("complete");
        assertThat(last.toString()).contains("Ann", "green");
    }

    private static JsonObject round(McpClient client, String inputs) {
        return client.web()
                .send(client.request(2, "tools/call", ROUNDS + inputs).setHeader("Accept", "application/json"))
                .json()
                .getJsonObject("result");
    }

    private static String state(JsonObject result) {
        assertThat(result.getString("resultType")).isEqualTo("input_required");
        return result.getString("requestState");
    }

    private static String inputs(String question, String content, String state) {
        return ",\"inputResponses\":{\"" + question + "\":{\"action\":\"accept\",\"content\":" + content
                + "}},\"requestState\":\"" + state + "\"";
    }

    @Test
    @Order(7)
    void eventsAreContinuedOnTheOtherServer() {
        String events = "/api/v1/events?type=tool_call&text=handover";
        String id;
        try (EventStream stream = web.open(web.to(events, key("admin")))) {
            stream.next("ready");
            query(other, "handover-1");
            id = stream.next("audit").id();
        }
        query(web, "handover-2");
        query(other, "handover-3");
        try (EventStream stream = other.open(other.to(events, key("admin")).header("Last-Event-ID", id))) {
            assertThat(stream.next("audit").data() + stream.next("audit").data())
                    .contains("handover-2", "handover-3")
                    .doesNotContain("handover-1");
            query(web, "handover-4");
            assertThat(stream.next("audit").data()).contains("handover-4");
        }
    }

    private void query(Web on, String marker) {
        assertThat(McpClient.stateless(on, key("analyst"))
                        .call(1, "sql_query", "{\"connection\":\"warehouse\",\"sql\":\"SELECT '" + marker + "'\"}")
                        .body())
                .contains("structuredContent");
    }

    @Test
    @Order(8)
    void lastUseOfAKeyIsThatOfBothServers() {
        JsonObject made = replicas.newKey();
        for (Web each : List.of(web, other, web)) {
            Eventually.within(
                    SECOND,
                    "the key is known",
                    () -> each.get(WHOAMI, made.getString("key")).status() == 200);
        }
        for (Web each : List.of(web, other)) {
            Eventually.within(RECOVERY, "all uses are told", () -> uses(each, made.getString("key_id")) == 3);
        }
    }

    private int uses(Web on, String id) {
        return on.get("/api/v1/keys", key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(each -> each.getString("key_id").equals(id) && !each.isNull("last_used"))
                .mapToInt(each -> each.getJsonObject("last_used").getInt("count"))
                .sum();
    }
}
