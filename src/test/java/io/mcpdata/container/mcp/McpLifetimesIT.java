package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
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

/** What ends sessions, streams and calls of {@code /mcp}, and what is told to them. */
@ArquillianTest
@Timeout(300)
final class McpLifetimesIT {

    /** This connection lets a statement run for 30 seconds. */
    private static final String ENDLESS =
            "{\"connection\":\"archive\",\"sql\":\"SELECT COUNT(*) FROM order_lines a JOIN"
                    + " order_lines b ON a.quantity < b.quantity + 100\"}";

    private static final Duration SOON = Duration.ofSeconds(10);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void changedListIsToldToThoseWhoseListHasChanged() {
        McpClient viewer = McpClient.initialized(web, platform.key("viewer"), "2025-11-25");
        McpClient analyst = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        McpClient modern = McpClient.stateless(web, platform.key("viewer"));
        try (EventStream told = viewer.listen();
                EventStream subscribed =
                        modern.stream(4, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
                EventStream unsubscribed = modern.stream(5, "subscriptions/listen", "\"notifications\":{}");
                EventStream other = analyst.listen()) {
            assertThat(subscribed.next("message").data()).contains("acknowledged");
            assertThat(unsubscribed.next("message").data()).contains("acknowledged");
            assertThat(told.next("message").data()).isEmpty();
            assertThat(other.next("message").data()).isEmpty();

            platform.configure(platform.originalYaml().replace("deny: [sql_query, sql_explain]", "deny: [sql_query]"));

            EventStream.Event event = told.next("message");
            assertThat(event.json().getString("method")).isEqualTo("notifications/tools/list_changed");
            assertThat(event.id()).isNotEmpty();
            JsonObject message = subscribed.next("message").json();
            assertThat(message.getString("method")).isEqualTo("notifications/tools/list_changed");
            assertThat(message.getJsonObject("params")
                            .getJsonObject("_meta")
                            .getInt("io.modelcontextprotocol/subscriptionId"))
                    .isEqualTo(4);
            assertThat(viewer.ask(1, "tools/list", "").body()).contains("sql_explain");
            // the next event of both is a heartbeat
            assertThat(other.next().name()).isEqualTo(":");
            assertThat(other.next().name()).isEqualTo(":");
            assertThat(unsubscribed.next().name()).isEqualTo(":");
        } finally {
            restore();
        }
    }

    /** A client that was away hears of the change as soon as it comes back. */
    @Test
    void changeBetweenTwoConnectionsIsToldToTheClientThatResumes() {
        McpClient viewer = McpClient.initialized(web, platform.key("viewer"), "2025-11-25");
        String seen;
        try (EventStream stream = viewer.listen()) {
            seen = stream.next("message").id();
        }
        platform.configure(platform.originalYaml().replace("deny: [sql_query, sql_explain]", "deny: [sql_query]"));
        try {
            Eventually.within(
                    SOON,
                    "the new tool in the list",
                    () -> viewer.ask(1, "tools/list", "").body().contains("sql_explain"));
            try (EventStream resumed = viewer.resume(seen)) {
                assertThat(resumed.next("message").json().getString("method"))
                        .isEqualTo("notifications/tools/list_changed");
            }
        } finally {
            restore();
        }
    }

    @Test
    void revokedKeyEndsItsSessionsStreamsAndCalls() {
        JsonObject key = newKey("revoked-on-mcp");
        McpClient client = McpClient.initialized(web, key.getString("key"), "2025-11-25");
        McpClient modern = McpClient.stateless(web, key.getString("key"));
        try (EventStream stream = client.listen();
                EventStream subscription =
                        modern.stream(4, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
                EventStream call = client.stream(7, "tools/call", McpClient.call("sql_query", ENDLESS));
                EventStream stateless = modern.stream(8, "tools/call", McpClient.call("sql_query", ENDLESS))) {

            Answer revoked = web.send(web.to("/api/v1/keys/" + key.getString("key_id"), platform.key("admin"))
                    .DELETE());
            assertThat(revoked.status()).isEqualTo(204);

            assertThat(stream.endsWithin(SOON)).isTrue();
            assertThat(subscription.endsWithin(SOON)).isTrue();
            assertThat(call.endsWithin(SOON)).isTrue();
            assertThat(stateless.endsWithin(SOON)).isTrue();
            assertThat(client.ask(9, "ping", "").status()).isEqualTo(401);
        }
    }

    /** A revision without sessions cancels a request by closing its stream. */
    @Test
    void callOfAClientThatDisconnectsIsCancelled() {
        limit("calls_per_caller", 1);
        try {
            McpClient client = McpClient.stateless(web, newKey("leaves-mcp").getString("key"));
            try (EventStream call = client.stream(7, "tools/call", McpClient.call("sql_query", ENDLESS))) {
                call.next(":");
                Eventually.within(
                        SOON,
                        "the refusal of a second call",
                        () -> client.call(8, "platform_info", "{}").body().contains("too many calls at once"));
            }

            Eventually.within(
                    Duration.ofSeconds(15),
                    "the end of the first call",
                    () -> !client.call(9, "platform_info", "{}").body().contains("too many calls at once"));
        } finally {
            restore();
        }
    }

    /** Many clients do not end their sessions. */
    @Test
    void oldestSessionWithoutAStreamEndsWhenACallerOpensTooMany() {
        limit("sessions_per_caller", 3);
        String key = newKey("opens-many").getString("key");
        McpClient listening = McpClient.initialized(web, key, "2025-11-25");
        try (EventStream stream = listening.listen()) {
            stream.next();
            McpClient first = McpClient.initialized(web, key, "2025-11-25");
            McpClient second = McpClient.initialized(web, key, "2025-11-25");
            assertThat(first.ask(1, "ping", "").status()).isEqualTo(200);

            McpClient.initialized(web, key, "2025-11-25");

            assertThat(first.ask(1, "ping", "").status()).isEqualTo(200);
            assertThat(second.ask(1, "ping", "").status()).isEqualTo(404);
            assertThat(listening.ask(1, "ping", "").status()).isEqualTo(200);
        } finally {
            restore();
        }
    }

    @Test
    void callerHasOnlySoManyStreamsHoweverManySessionsItHas() {
        limit("streams_per_caller", 2);
        String key = newKey("streams-many").getString("key");
        McpClient first = McpClient.initialized(web, key, "2025-11-25");
        McpClient second = McpClient.initialized(web, key, "2025-11-25");
        McpClient third = McpClient.initialized(web, key, "2025-11-25");
        try (EventStream one = first.listen();
                EventStream two = second.listen()) {
            one.next();
            two.next();
            Answer refused =
                    web.send(third.base().header("Accept", "text/event-stream").GET());
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            restore();
        }
    }

    /** A client that listens is not idle, whether it has a session or a subscription. */
    @Test
    void idleSessionEndsAndOneThatListensDoesNot() {
        platform.configure(platform.originalYaml().replace("heartbeat: 1s", "heartbeat: 1s\n  session_idle: 3s"));
        try {
            McpClient idle = McpClient.initialized(web, platform.key("viewer"), "2025-11-25");
            McpClient listening = McpClient.initialized(web, platform.key("viewer"), "2025-11-25");
            McpClient modern = McpClient.stateless(web, platform.key("viewer"));
            try (EventStream stream = listening.listen();
                    EventStream subscription =
                            modern.stream(4, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}")) {
                assertThat(stream.endsWithin(Duration.ofSeconds(7))).isFalse();
                assertThat(subscription.isOpen()).isTrue();
                assertThat(listening.ask(1, "ping", "").status()).isEqualTo(200);
                assertThat(idle.ask(1, "ping", "").status()).isEqualTo(404);
            }
        } finally {
            restore();
        }
    }

    /** Returns when the limit is in force. */
    private void limit(String name, int value) {
        String without = platform.originalYaml().replace("  streams_per_caller: 200\n", "");
        platform.configure(without.replace("heartbeat: 1s", "heartbeat: 1s\n  " + name + ": " + value));
        Eventually.within(SOON, "the configuration with " + name, () -> isInForce(name, value));
    }

    /** Returns when the original configuration is in force, so that the next test finds it. */
    private void restore() {
        platform.configure(platform.originalYaml());
        McpClient viewer = McpClient.stateless(web, platform.key("viewer"));
        Eventually.within(
                SOON,
                "the original configuration",
                () -> !viewer.ask(1, "tools/list", "").body().contains("sql_explain")
                        && isInForce("streams_per_caller", 200));
    }

    private boolean isInForce(String limit, int value) {
        return web.get("/api/v1/config", platform.key("admin"))
                .body()
                .matches("(?s).*\"" + limit + "\"\\s*:\\s*" + value + "\\D.*");
    }

    private JsonObject newKey(String name) {
        Answer made =
                web.post("/api/v1/keys", platform.key("admin"), "{\"name\":\"" + name + "\",\"roles\":[\"admin\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }
}
