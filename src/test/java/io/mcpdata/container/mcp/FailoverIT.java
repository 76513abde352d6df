package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Replicas;
import io.mcpdata.container.server.StandbyDatabase;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store's PostgreSQL ends, and its synchronous standby takes its place. */
@ArquillianTest
@OnOneServer
@Timeout(300)
final class FailoverIT {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final String WHOAMI = "/api/v1/whoami";
    private static final String SHARED = """

            audit: {mode: strict, signing_key: "${SIGNING_KEY}"}
            database: {instance: platform-1, url: '${STORE_URL}', username: postgres}
            """;

    @Test
    void whatWasAnsweredBeforeTheFailoverIsThereAfterwards() throws Exception {
        try (StandbyDatabase database = StandbyDatabase.start();
                Platform platform = Platform.start(Platform.Options.standard()
                        .withYaml(Platform.standardYaml() + SHARED)
                        .withEnvironment(Map.of("STORE_URL", database.url(), "SIGNING_KEY", Replicas.signingKey())))) {
            Web web = new Web(platform);
            String kept = made(web).getString("key");
            JsonObject revoked = made(web);
            try (ReplicaLoad load = ReplicaLoad.begin(web, platform.key("analyst"), 4)) {
                load.awaitMore(20);
                assertThat(revoke(web, revoked)).isEqualTo(204);
                database.failOver();
                load.awaitMore(20);
                Set<String> answered = load.end();

                assertThat(load.given()).as("calls that no retry could save").isEmpty();
                assertThat(database.textsAfterwards(ReplicaLoad.ROWS)).containsAll(answered);
            }
            Eventually.within(
                    RECOVERY,
                    "it is ready",
                    () -> web.get("/readyz").json().getString("status").equals("ready"));
            assertThat(web.get(WHOAMI, kept).status()).isEqualTo(200);
            assertThat(web.get(WHOAMI, revoked.getString("key")).status()).isEqualTo(401);
            JsonObject verified =
                    web.get("/api/v1/audit/verify", platform.key("auditor")).json();
            assertThat(verified.getString("result")).as(verified.toString()).isEqualTo("verified");
        }
    }

    private static JsonObject made(Web web) {
        return web.post("/api/v1/keys", web.platform().key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                .json();
    }

    private static int revoke(Web web, JsonObject made) {
        return web.send(web.to(
                                "/api/v1/keys/" + made.getString("key_id"),
                                web.platform().key("admin"))
                        .DELETE())
                .status();
    }
}
