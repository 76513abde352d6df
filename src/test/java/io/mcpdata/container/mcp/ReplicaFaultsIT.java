package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Replicas;
import io.mcpdata.container.server.ReverseProxy;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

/** Two servers with one store on PostgreSQL: where sessions are, and what a client sees of faults of the database and of a server that ends. */
@ArquillianTest
@OnOneServer
@OnWildFly
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReplicaFaultsIT {

    private static final Duration RECOVERY = Duration.ofSeconds(20);

    /** A row waits five seconds for the database, and the machine of the tests may be busy. */
    private static final Duration REFUSAL = Duration.ofSeconds(12);

    private static final String WHOAMI = "/api/v1/whoami";

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

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    private String call(Web on) {
        return McpClient.stateless(on, key("analyst"))
                .call(1, "list_connections", "{}")
                .body();
    }

    private void assertRefusedInTime(Web on) {
        long begin = System.nanoTime();
        String refused = call(on);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(REFUSAL);
        assertThat(refused).contains("-32000", "try again in a moment").doesNotContain("structuredContent");
    }

    private void awaitReady() {
        for (Web each : List.of(web, other)) {
            Eventually.within(
                    RECOVERY,
                    "it is ready",
                    () -> each.get("/readyz").json().getString("status").equals("ready"));
        }
    }

    private void awaitNotReady() {
        for (Web each : List.of(web, other)) {
            Eventually.within(
                    RECOVERY, "it is not ready", () -> each.get("/readyz").status() == 503);
        }
    }

    private void awaitAnswers() {
        for (Web each : List.of(web, other)) {
            Eventually.within(RECOVERY, "calls are answered", () -> call(each).contains("structuredContent"));
            for (int i = 0; i < 4; i++) {
                assertThat(call(each)).contains("structuredContent");
            }
        }
        assertThat(replicas.verified().getString("result")).isEqualTo("verified");
    }

    @Test
    @Order(1)
    void sessionIsKnownToItsServerAlone() {
        McpClient there = McpClient.initialized(other, key("analyst"), "2025-11-25");
        assertThat(there.session()).startsWith("platform-2~");

        Answer here = new McpClient(web, there.key(), there.revision(), there.headers()).ask(2, "tools/list", "");
        assertThat(here.status()).isEqualTo(404);
        assertThat(there.ask(2, "tools/list", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
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
    @Order(3)
    void callsWhoseRowsCannotBeWrittenAreRefusedInTime() throws Exception {
        String made = replicas.newKey().getString("key");
        Eventually.within(
                RECOVERY, "the key is known", () -> other.get(WHOAMI, made).status() == 200);
        try (Connection lock = replicas.lockOfTheRows()) {
            for (Web each : List.of(web, other)) {
                assertRefusedInTime(each);
                assertRefusedInTime(each);
                assertThat(each.get(WHOAMI, key("viewer")).status()).isEqualTo(200);
                assertThat(each.get(WHOAMI, made).status()).isEqualTo(200);
                assertThat(each.get("/readyz").status())
                        .as("the database answers")
                        .isEqualTo(200);
            }
            lock.rollback();
        }
        awaitAnswers();
    }

    @Test
    @Order(4)
    void databaseThatHangsIsNotReadyAndCallsAreRefusedInTime() throws Exception {
        replicas.database().freeze();
        try {
            awaitNotReady();
            for (Web each : List.of(web, other)) {
                assertRefusedInTime(each);
                assertThat(each.get(WHOAMI, key("viewer")).status()).isEqualTo(200);
            }
        } finally {
            replicas.database().thaw();
        }
        awaitReady();
        awaitAnswers();
    }

    @Test
    @Order(5)
    void databaseThatTakesNoChangesIsNotReadyUntilItTakesThem() throws Exception {
        String made = replicas.newKey().getString("key");
        replicas.takeNoChanges();
        try {
            awaitNotReady();
            for (Web each : List.of(web, other)) {
                assertRefusedInTime(each);
                assertThat(each.get(WHOAMI, key("viewer")).status()).isEqualTo(200);
                Eventually.within(
                        RECOVERY,
                        "the key is read",
                        () -> each.get(WHOAMI, made).status() == 200);
            }
        } finally {
            replicas.takeChangesAgain();
        }
        awaitReady();
        awaitAnswers();
    }

    @Test
    @Order(6)
    void withoutTheDatabaseNothingSucceedsAndWithItCallsAreAnswered() throws Exception {
        String key = replicas.newKey().getString("key");
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
            awaitReady();
            assertThat(call(analyst)).containsKey("result");
            assertThat(web.get(WHOAMI, key).status()).isEqualTo(200);
        }
        assertThat(replicas.verified().getString("result")).isEqualTo("verified");
    }

    @Test
    @Order(7)
    void clientWhoseServerWasKilledBeginsAnotherSession() {
        try (ReverseProxy nginx = replicas.behind(ReverseProxy.Kind.NGINX);
                ReverseProxy haproxy = replicas.behind(ReverseProxy.Kind.HAPROXY)) {
            List<McpClient> clients = List.of(onFirst(nginx), onFirst(haproxy));
            replicas.killFirst();
            for (McpClient client : clients) {
                Eventually.within(
                        RECOVERY,
                        "its session has ended",
                        () -> client.ask(2, "tools/list", "").status() == 404);
                McpClient again = McpClient.initialized(client.web(), client.key(), client.revision());
                assertThat(again.session()).startsWith("platform-2~");
                assertThat(again.ask(3, "tools/list", "").status()).isEqualTo(200);
            }
            replicas.startFirstAgain();
        }
    }

    /** A client whose session is with the first server. */
    private McpClient onFirst(ReverseProxy proxy) {
        return Stream.generate(() -> McpClient.initialized(replicas.through(proxy), key("analyst"), "2025-11-25"))
                .limit(10)
                .filter(client -> client.session().startsWith("platform-1~"))
                .findFirst()
                .orElseThrow();
    }

    /** A restart of both in turn and a kill, under load, behind nginx. The property {@code it.kills} is how often. */
    @Test
    @Order(8)
    @Timeout(3_600)
    void clientsWithoutSessionsSeeNoFailedCallAndEachAnsweredOneHasItsRow() throws Exception {
        int kills = Integer.getInteger("it.kills", 1);
        try (ReverseProxy proxy = replicas.behind(ReverseProxy.Kind.NGINX);
                ReplicaLoad load = ReplicaLoad.begin(replicas.through(proxy), key("analyst"), 4)) {
            for (int kill = 0; kill < kills; kill++) {
                load.awaitMore(20);
                replicas.restartFirst();
                load.awaitMore(20);
                replicas.restartSecond();
                load.awaitMore(20);
                replicas.killFirst();
                load.awaitMore(20);
                replicas.startFirstAgain();
            }
            load.awaitMore(20);
            Set<String> answered = load.end();

            Set<String> rows = replicas.texts(ReplicaLoad.ROWS);
            System.out.printf(
                    "%d restarts, %d kills: %d calls answered, %d of them repeated, rows of %d calls%n",
                    2 * kills, kills, answered.size(), load.repeated(), rows.size());
            assertThat(load.given()).as("calls that no retry could save").isEmpty();
            assertThat(rows).containsAll(answered);
        }
        assertThat(replicas.verified().getString("result")).isEqualTo("verified");
    }
}
