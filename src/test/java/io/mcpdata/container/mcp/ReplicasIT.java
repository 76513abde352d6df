package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Replicas;
import io.mcpdata.container.server.ReverseProxy;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers with one store on PostgreSQL: what they share, what stays with one, and what a client sees of an end. */
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

    private JsonObject made() {
        return web.post("/api/v1/keys", key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                .json();
    }

    private int revoke(JsonObject made) {
        return web.send(web.to("/api/v1/keys/" + made.getString("key_id"), key("admin"))
                        .DELETE())
                .status();
    }

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    private JsonObject verified() {
        JsonObject answer =
                replicas.other().get("/api/v1/audit/verify", key("auditor")).json();
        assertThat(answer.isNull("broken")).as(answer.toString()).isTrue();
        return answer;
    }

    @Test
    @Order(1)
    void keyMadeOnOneServerIsAcceptedByTheOtherUntilItIsRevoked() {
        JsonObject made = made();
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
                () -> verified().getString("result").equals("verified"));
        assertThat(verified().getInt("rows")).isGreaterThan(4);
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
    void sessionIsKnownToItsServerAlone() {
        McpClient there = McpClient.initialized(other, key("analyst"), "2025-11-25");
        assertThat(there.session()).startsWith("platform-2~");

        Answer here = new McpClient(web, there.key(), there.revision(), there.headers()).ask(2, "tools/list", "");
        assertThat(here.status()).isEqualTo(404);
        assertThat(there.ask(2, "tools/list", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void proxyLeadsSessionsAndTicketsToTheirServer(ReverseProxy.Kind kind) {
        try (ReverseProxy proxy = replicas.behind(kind)) {
            Web all = replicas.through(proxy);
            Set<String> servers = new TreeSet<>();
            for (int i = 0; i < 6; i++) {
                McpClient client = McpClient.initialized(all, key("analyst"), "2025-11-25");
                servers.add(client.session().substring(0, client.session().indexOf('~')));
                for (int id = 1; id < 4; id++) {
                    assertThat(client.ask(id, "tools/list", "").status()).isEqualTo(200);
                }
                // a third request that any server answers, so that the next session begins on the other one
                assertThat(all.get(WHOAMI, key("analyst")).status()).isEqualTo(200);
                String ticket = all.post("/api/v1/stream-tickets", key("analyst"), "")
                        .json()
                        .getString("ticket");
                try (McpConversation sse = McpConversation.over(all, all.open(all.to("/sse?ticket=" + ticket)))) {
                    sse.initialize();
                    assertThat(call(sse)).containsKey("result");
                }
            }
            assertThat(servers).as("sessions are on both servers").containsExactly("platform-1", "platform-2");
        }
    }

    @Test
    @Order(5)
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
    @Order(6)
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
    @Order(7)
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
    @Order(8)
    void withoutTheDatabaseNothingSucceedsAndWithItCallsAreAnswered() throws Exception {
        String key = made().getString("key");
        try (McpConversation analyst = McpConversation.begin(web, key("analyst"))) {
            assertThat(call(analyst)).containsKey("result");
            replicas.database().goDown();
            Eventually.within(
                    RECOVERY, "it is not ready", () -> web.get("/readyz").status() == 503);
            assertThat(call(analyst)).containsKey("error");
            assertThat(web.get(WHOAMI, key("viewer")).status()).isEqualTo(200);
            Eventually.within(
                    RECOVERY,
                    "keys made at run time are refused for now",
                    () -> web.get(WHOAMI, key).status() == 503);

            replicas.database().comeBack();
            for (Web each : List.of(web, other)) {
                Eventually.within(
                        RECOVERY,
                        "it is ready",
                        () -> each.get("/readyz").json().getString("status").equals("ready"));
            }
            assertThat(call(analyst)).containsKey("result");
            assertThat(web.get(WHOAMI, key).status()).isEqualTo(200);
        }
        assertThat(verified().getString("result")).isEqualTo("verified");
    }

    /** A rolling restart and a kill, under load, behind nginx. The property {@code it.kills} is how often. */
    @Test
    @Order(9)
    @Timeout(3_600)
    void clientsWithoutSessionsSeeNoFailedCallAndEachAnsweredOneHasItsRow() throws Exception {
        int kills = Integer.getInteger("it.kills", 1);
        try (ReverseProxy proxy = replicas.behind(ReverseProxy.Kind.NGINX);
                ReplicaLoad load = ReplicaLoad.begin(replicas.through(proxy), key("analyst"), 4)) {
            for (int kill = 0; kill < kills; kill++) {
                load.awaitMore(20);
                replicas.restartSecond();
                load.awaitMore(20);
                replicas.killFirst();
                load.awaitMore(20);
                replicas.startFirstAgain();
            }
            load.awaitMore(20);
            Set<String> answered = load.end();

            long rows = replicas.count(ReplicaLoad.ROWS);
            System.out.printf(
                    "%d restarts, %d kills: %d calls answered, %d of them repeated, rows of %d calls%n",
                    kills, kills, answered.size(), load.repeated(), rows);
            assertThat(load.given()).as("calls that no retry could save").isEmpty();
            assertThat(rows).isGreaterThanOrEqualTo(answered.size());
        }
        assertThat(verified().getString("result")).isEqualTo("verified");
    }
}
