package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SalesDatabase;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two servers with one store on a real PostgreSQL, in strict mode: one by a URL, the other by a pool of the server. The last
 * test kills the first one.
 */
@ArquillianTest
@OnOneServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StoreOnPostgresIT {

    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final String WHOAMI = "/api/v1/whoami";
    private static final String SHARED = """

            audit: {mode: strict, signing_key: "${SIGNING_KEY}"}
            database: {instance: "${INSTANCE}", SOURCE}
            """;
    private static final String BY_URL =
            "url: 'jdbc:postgresql://127.0.0.1:${SALES_DB_PORT}/platform', username: postgres";
    private static final String BY_POOL = "jndi: jdbc/sales";

    private SalesDatabase database;
    private Platform first;
    private Platform second;
    private Web web;
    private Web other;

    @BeforeAll
    void start() throws Exception {
        database = SalesDatabase.start();
        String port = Objects.requireNonNull(database.environment().get("SALES_DB_PORT"));
        try (Connection owner =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
                Statement sql = owner.createStatement()) {
            sql.execute("CREATE DATABASE platform");
        }
        String key = signingKey();
        first = start("first", BY_URL, port, key);
        second = start("second", BY_POOL, port, key);
        web = new Web(first);
        other = new Web(second);
    }

    private static Platform start(String instance, String source, String port, String key) {
        return Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml() + SHARED.replace("SOURCE", source))
                .withExtras(source.equals(BY_POOL) ? List.of("data-source") : List.of())
                .withEnvironment(Map.of(
                        "SIGNING_KEY", key,
                        "INSTANCE", instance,
                        "SALES_DB_HOST", "127.0.0.1",
                        "SALES_DB_PORT", port,
                        "SALES_DB_NAME", "platform",
                        "SALES_DB_USER", "postgres",
                        "SALES_DB_PASSWORD", "unused")));
    }

    private static String signingKey() throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    @AfterAll
    void stop() throws Exception {
        second.close();
        if (first.server().process().isAlive()) {
            first.close();
        }
        database.close();
    }

    private String made() {
        return web.post("/api/v1/keys", first.key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                .json()
                .getString("key");
    }

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    private JsonObject verified() {
        JsonObject answer =
                other.get("/api/v1/audit/verify", second.key("auditor")).json();
        assertThat(answer.isNull("broken")).as(answer.toString()).isTrue();
        return answer;
    }

    @Test
    @Order(1)
    void keyMadeOnOneServerIsAcceptedByTheOtherUntilItIsRevoked() {
        JsonObject made = web.post("/api/v1/keys", first.key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                .json();
        String key = made.getString("key");
        assertThat(web.get(WHOAMI, key).status()).isEqualTo(200);
        Eventually.within(
                Duration.ofSeconds(2),
                "the other server knows the key",
                () -> other.get(WHOAMI, key).status() == 200);

        String id = made.getString("key_id");
        assertThat(web.send(web.to("/api/v1/keys/" + id, first.key("admin")).DELETE())
                        .status())
                .isEqualTo(204);
        assertThat(web.get(WHOAMI, key).status()).isEqualTo(401);
        Eventually.within(
                Duration.ofSeconds(2),
                "the other server refuses it",
                () -> other.get(WHOAMI, key).status() == 401);
    }

    @Test
    @Order(2)
    void rowsOfBothAreReadAndVerifiedOnEach() {
        try (McpConversation here = McpConversation.begin(web, first.key("analyst"));
                McpConversation there = McpConversation.begin(other, second.key("analyst"))) {
            here.query("SELECT COUNT(*) FROM orders");
            there.query("SELECT COUNT(*) FROM customers");
        }
        String rows = other.get("/api/v1/audit?tool=sql_query&limit=10", second.key("auditor"))
                .body();
        assertThat(rows).contains("FROM orders", "FROM customers");
        assertThat(other.get("/api/v1/audit/stats", second.key("auditor")).json())
                .containsKey("figures");
        Eventually.within(
                RECOVERY,
                "both have signed",
                () -> verified().getString("result").equals("verified"));
        assertThat(verified().getInt("rows")).isGreaterThan(4);
        assertThat(web.get("/api/v1/config", first.key("admin"))
                        .json()
                        .getJsonObject("in_force")
                        .getJsonObject("database"))
                .hasToString("{\"kind\":\"url\",\"instance\":\"first\"}");
    }

    @Test
    @Order(3)
    void withoutTheDatabaseNothingSucceedsAndWithItCallsAreAnswered() throws Exception {
        String key = made();
        try (McpConversation analyst = McpConversation.begin(web, first.key("analyst"))) {
            assertThat(call(analyst)).containsKey("result");
            database.goDown();
            Eventually.within(
                    RECOVERY, "it is not ready", () -> web.get("/readyz").status() == 503);
            assertThat(call(analyst)).containsKey("error");
            assertThat(web.get(WHOAMI, first.key("viewer")).status()).isEqualTo(200);
            Eventually.within(
                    RECOVERY,
                    "keys made at run time are refused for now",
                    () -> web.get(WHOAMI, key).status() == 503);

            database.comeBack();
            Eventually.within(
                    RECOVERY,
                    "it is ready",
                    () -> web.get("/readyz").json().getString("status").equals("ready"));
            assertThat(call(analyst)).containsKey("result");
            assertThat(web.get(WHOAMI, key).status()).isEqualTo(200);
        }
        assertThat(verified().getString("result")).isEqualTo("verified");
    }

    @Test
    @Order(4)
    void rowsOfAKilledServerAreVerifiedByTheOther() {
        first.server().kill();
        JsonObject answer = verified();
        assertThat(answer.getString("result")).isEqualTo("verified");
        assertThat(other.get("/readyz").status()).isEqualTo(200);
    }
}
