package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.OnRealServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody with a good key who begins bodies and does not end them, more of them than a server has threads. */
@OnRealServer
final class SlowBodiesIT {

    private static final int MANY = 250;
    private static final int MAY_WAIT = 8;

    private final Platform platform;
    private final Web web;

    SlowBodiesIT(Platform platform) {
        this.platform = platform;
        this.web = new Web(platform);
    }

    @Test
    void callerWhoseBodiesDoNotEndKeepsNoThreadsFromOthersNorPlacesForEver() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        try (McpConversation careless = McpConversation.begin(web, platform.key("analyst"));
                McpConversation other = McpConversation.begin(web, platform.key("viewer"))) {
            for (int i = 0; i < MANY; i++) {
                slow.add(RawHttp.send(
                        platform.server(),
                        "POST " + careless.endpoint() + " HTTP/1.1",
                        "Authorization: Bearer " + platform.key("analyst"),
                        "Content-Type: application/json",
                        "Content-Length: 1000"));
            }
            long begin = System.nanoTime();
            assertThat(web.get("/api/v1/whoami", platform.key("viewer")).status())
                    .isEqualTo(200);
            assertThat(other.request("ping", JsonValue.EMPTY_JSON_OBJECT)).containsKey("result");
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(waited).as("what another caller waits").isLessThan(Duration.ofSeconds(5));

            Eventually.within(Duration.ofSeconds(20), "all but a few are refused", () -> waiting(slow) <= MAY_WAIT);
            assertThat(waiting(slow)).isEqualTo(MAY_WAIT);
            List<RawHttp> refused = slow.stream().filter(RawHttp::isAnswered).toList();
            assertThat(refused.get(0).status()).isEqualTo(429);
            System.out.printf(
                    "%s: beside %d bodies that do not end, two requests of another caller take %d ms%n",
                    platform.server().name(), MANY, waited.toMillis());
            close(slow);
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the careless caller is served again",
                    () -> careless.send("{\"jsonrpc\":\"2.0\",\"id\":5000,\"method\":\"ping\"}")
                                    .status()
                            == 202);
        } finally {
            close(slow);
        }
    }

    @Test
    void formsThatDoNotEndAreRefusedBeforeAnybodyWaitsForThem() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                slow.add(RawHttp.send(
                        platform.server(),
                        "POST /healthz HTTP/1.1",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 1000"));
            }
            long begin = System.nanoTime();
            assertThat(web.get("/api/v1/whoami", platform.key("viewer")).status())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("what another caller waits")
                    .isLessThan(Duration.ofSeconds(5));
            Eventually.within(Duration.ofSeconds(20), "all but a few are refused", () -> waiting(slow) <= MAY_WAIT);
            RawHttp refused =
                    slow.stream().filter(RawHttp::isAnswered).findFirst().orElseThrow();
            assertThat(refused.status()).isEqualTo(415);
        } finally {
            close(slow);
        }
    }

    @Test
    void formIsRefusedEverywhere() {
        for (String path : List.of("/healthz", "/api/v1/keys", "/register")) {
            Web.Answer answer = web.send(web.to(path, platform.key("admin"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("name=etl&roles=analyst")));
            assertThat(answer.status()).as(path).isEqualTo(415);
            assertThat(answer.json().getString("detail")).as(path).contains("forms are not taken");
        }
    }

    private static long waiting(List<RawHttp> slow) {
        return slow.stream().filter(one -> !one.isAnswered()).count();
    }

    private static void close(List<RawHttp> slow) throws IOException {
        for (RawHttp one : slow) {
            one.close();
        }
    }
}
