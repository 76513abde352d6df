package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.HeldThreads;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A store that neither answers nor fails while it is asked whether keys were revoked. */
@ArquillianTest
@Order(3)
final class HangingStoreIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}";

    @Test
    void keysMadeAtRunTimeAreRefusedWhileTheStoreHangsAndARevokedOneAtOnce() {
        Platform platform = SecondPlatform.with(Platform.standardYaml());
        Web web = new Web(platform);
        JsonObject first = made(web);
        JsonObject second = made(web);
        String key = first.getString("key");
        try (EventStream stream = web.open(web.to("/sse?api_key=" + key));
                McpConversation conversation = McpConversation.over(web, stream)) {
            conversation.initialize();
            try (HeldThreads held = HeldThreads.at(
                    SecondPlatform.debugPort(), "io.mcpdata.authentication.apikey.KeyRows", "revision")) {
                // the task that reads changes, and not a request of this test
                held.awaitOne(Duration.ofSeconds(5));
                // by the state that was read a moment ago the key is valid
                assertThat(web.send(web.to("/api/v1/keys/" + second.getString("key_id"), platform.key("admin"))
                                        .DELETE())
                                .status())
                        .isEqualTo(204);
                assertThat(web.get(WHOAMI, second.getString("key")).status()).isIn(401, 503);
                Eventually.within(
                        Duration.ofSeconds(8),
                        "an undecided key is not accepted",
                        () -> web.get(WHOAMI, key).status() == 503);
                Answer undecided = web.get(WHOAMI, key);
                assertThat(undecided.header("Retry-After")).matches("[1-9]\\d*");
                assertThat(undecided.header("WWW-Authenticate")).isEmpty();
                assertThat(conversation.send(PING).status())
                        .as("a call on its stream")
                        .isEqualTo(503);
                assertThat(web.get(WHOAMI, platform.key("viewer")).status()).isEqualTo(200);
                assertThat(web.get("/readyz").status()).isEqualTo(200);
                assertThat(web.get("/readyz").json().getString("status")).isEqualTo("degraded");
                assertThat(web.get("/readyz").body()).contains("keys made at run time unavailable");
                assertThat(stream.endsWithin(Duration.ofSeconds(1))).isFalse();
            }
            Eventually.within(
                    Duration.ofSeconds(8),
                    "the key is judged again",
                    () -> web.get(WHOAMI, key).status() == 200);
            assertThat(web.get(WHOAMI, second.getString("key")).status()).isEqualTo(401);
            assertThat(conversation.send(PING).status()).isEqualTo(202);
            assertThat(web.get("/readyz").json().getString("status")).isEqualTo("ready");
            platform.server().awaitLog("keys made at run time are refused with 503");
            Eventually.within(
                    Duration.ofSeconds(5),
                    "the operator is told that all is well again",
                    () -> platform.server().log().contains("keys made at run time are accepted again"));
        }
    }

    private static JsonObject made(Web web) {
        Answer answer =
                web.post("/api/v1/keys", web.platform().key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }
}
