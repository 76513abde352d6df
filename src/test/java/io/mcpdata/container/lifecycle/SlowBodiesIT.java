package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.conformance.McpExchange;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Callers with valid keys who begin bodies and do not finish them, more of them than a server has threads. */
@ArquillianTest
final class SlowBodiesIT {

    private static final int MANY = 250;
    private static final int MAY_WAIT = 8;
    private static final int SLOW_CALLERS = 4;
    private static final int TOO_MANY = 2;
    /** The number that surely gets a place, or waits for one, beside callers who have their maximum: 4 and 12. */
    private static final int AT_ONCE = 16;

    private static final int FIRST_ID = 7_000;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void callerWhoseBodiesDoNotEndTakesNoThreadsFromOthersAndLosesItsPlaces() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        try (McpConversation careless = McpConversation.begin(web, platform.key("analyst"));
                McpConversation other = McpConversation.begin(web, platform.key("viewer"))) {
            begin(slow, MANY, careless, platform.key("analyst"));
            long begin = System.nanoTime();
            assertThat(web.get("/api/v1/whoami", platform.key("viewer")).status())
                    .isEqualTo(200);
            assertThat(other.request("ping", JsonValue.EMPTY_JSON_OBJECT)).containsKey("result");
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(waited).as("what another caller waits").isLessThan(Duration.ofSeconds(5));

            Eventually.within(Duration.ofSeconds(20), "all but a few are refused", () -> waiting(slow) <= MAY_WAIT);
            assertThat(statuses(slow).get(429)).as("refused").isGreaterThan(MANY - 5L * MAY_WAIT);
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

    /** So few that all have arrived long before a server aborts the first of them. */
    @Test
    void callersWithAsManyAsTheyMayHaveKeepNoPlacesFromWhoSendsWholeMessagesAtOnce() throws Exception {
        List<JsonObject> keys = new ArrayList<>();
        List<McpConversation> careless = new ArrayList<>();
        List<List<RawHttp>> slow = new ArrayList<>();
        try (McpConversation other = McpConversation.begin(web, platform.key("viewer"))) {
            for (int i = 0; i < SLOW_CALLERS; i++) {
                keys.add(web.post(
                                "/api/v1/keys",
                                platform.key("admin"),
                                "{\"name\":\"slow-" + i + "\",\"roles\":[\"analyst\"]}")
                        .json());
                careless.add(McpConversation.begin(web, keys.get(i).getString("key")));
            }
            for (int i = 0; i < SLOW_CALLERS; i++) {
                slow.add(new ArrayList<>());
                begin(
                        slow.get(i),
                        MAY_WAIT + TOO_MANY,
                        careless.get(i),
                        keys.get(i).getString("key"));
            }
            Eventually.within(
                    Duration.ofSeconds(15),
                    "all are refused that are too many",
                    () -> slow.stream().allMatch(ofOne -> waiting(ofOne) <= MAY_WAIT));

            Duration took = sendAtOnce(other, platform.key("viewer"));
            assertThat(took).as("what whole messages take").isLessThan(Duration.ofSeconds(5));
            System.out.printf(
                    "%s: beside %d callers with %d bodies each that do not end, %d messages at once take %d ms%n",
                    platform.server().name(), SLOW_CALLERS, MAY_WAIT, AT_ONCE, took.toMillis());
            for (List<RawHttp> ofOne : slow) {
                assertThat(waiting(ofOne)).as("bodies of one caller").isEqualTo(MAY_WAIT);
                for (RawHttp one : ofOne.stream().filter(RawHttp::isOver).toList()) {
                    assertThat(one.status()).isEqualTo(429);
                }
            }
        } finally {
            for (List<RawHttp> ofOne : slow) {
                close(ofOne);
            }
            careless.forEach(McpConversation::close);
            for (JsonObject key : keys) {
                web.send(web.to("/api/v1/keys/" + key.getString("key_id"), platform.key("admin"))
                        .DELETE());
            }
        }
    }

    @Test
    void formsThatDoNotEndAreRefusedBeforeAThreadWaitsForThem() throws Exception {
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

    private void begin(List<RawHttp> slow, int count, McpConversation session, String key) throws IOException {
        for (int i = 0; i < count; i++) {
            slow.add(RawHttp.send(
                    platform.server(),
                    "POST " + session.endpoint() + " HTTP/1.1",
                    "Authorization: Bearer " + key,
                    "Content-Type: application/json",
                    "Content-Length: 1000"));
        }
    }

    /** Complete messages, every second one without its length; all must be accepted and answered. */
    private Duration sendAtOnce(McpConversation session, String key) throws IOException {
        List<RawHttp> sent = new ArrayList<>();
        try {
            long begin = System.nanoTime();
            for (int i = 0; i < AT_ONCE; i++) {
                String message = "{\"jsonrpc\":\"2.0\",\"id\":" + (FIRST_ID + i) + ",\"method\":\"ping\"}";
                McpExchange.sent(session.endpoint(), message);
                boolean chunked = i % 2 == 0;
                sent.add(RawHttp.sendWithBody(
                        platform.server(),
                        chunked ? Integer.toHexString(message.length()) + "\r\n" + message + "\r\n0\r\n\r\n" : message,
                        "POST " + session.endpoint() + " HTTP/1.1",
                        "Authorization: Bearer " + key,
                        "Content-Type: application/json",
                        chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + message.length()));
            }
            for (RawHttp one : sent) {
                assertThat(one.status()).isEqualTo(202);
            }
            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answered.add(session.stream().next("message").json().getInt("id"));
            }
            assertThat(answered).hasSize(AT_ONCE);
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            close(sent);
        }
    }

    /** How many of the finished requests were answered with which status; a server may have aborted a few itself. */
    private static Map<Integer, Long> statuses(List<RawHttp> slow) throws IOException {
        Map<Integer, Long> counts = new HashMap<>();
        for (RawHttp one : slow) {
            if (one.isAnswered()) {
                counts.merge(one.status(), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static long waiting(List<RawHttp> slow) {
        return slow.stream().filter(one -> !one.isOver()).count();
    }

    private static void close(List<RawHttp> slow) throws IOException {
        for (RawHttp one : slow) {
            one.close();
        }
    }
}
