package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of one persona, beside callers of another persona that has none of its own. */
@ArquillianTest
@Timeout(300)
final class PersonaLimitsIT {

    private static final String SESSIONS = "2025-11-25";
    private static final int CALLS = 5;
    private static final String MESSAGE = "\"text\":\"" + "x".repeat(3_000) + "\"";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final List<String> ids = new ArrayList<>();
    private String limited = "";
    private String free = "";

    /** Callers of their own, because those of other tests have sessions and streams. */
    @BeforeEach
    void makeCallers() {
        limited = newKey("limited", "viewer");
        free = newKey("free", "analyst");
    }

    @AfterEach
    void restore() {
        platform.configure(platform.originalYaml());
        awaitLimits("{}");
        ids.forEach(id ->
                web.send(web.to("/api/v1/keys/" + id, platform.key("admin")).DELETE()));
    }

    @Test
    void callsOfAMinuteAreThoseOfThePersonaInEveryRevisionUntilAReloadChangesThem() {
        limit("calls_per_minute: " + CALLS, "{\"calls_per_minute\":" + CALLS + "}");
        McpClient session = McpClient.initialized(web, limited, SESSIONS);
        McpClient stateless = McpClient.stateless(web, limited);
        McpClient other = McpClient.initialized(web, free, SESSIONS);

        assertThat(session.call(1, "platform_info", "{}").json().toString()).contains("\"callsPerMinute\":" + CALLS);
        int answered = 1;
        while (answered < 3 * CALLS && isAnswered(session, 1 + answered)) {
            answered++;
        }
        assertThat(answered).isBetween(CALLS, 2 * CALLS);
        for (McpClient client : List.of(session, stateless)) {
            JsonObject error = client.call(90, "platform_info", "{}").json().getJsonObject("error");
            assertThat(error.getString("message"))
                    .containsPattern("at most " + CALLS + " of one caller a minute; try again in [1-9]\\d* s")
                    .contains("limits.calls_per_minute");
        }
        for (int i = 1; i <= 4 * CALLS; i++) {
            assertThat(isAnswered(other, i))
                    .as("call %d of the other persona", i)
                    .isTrue();
        }

        limit("calls_per_minute: " + 10 * CALLS, "{\"calls_per_minute\":" + 10 * CALLS + "}");
        for (int i = 1; i <= 2 * CALLS; i++) {
            assertThat(isAnswered(session, 100 + i))
                    .as("call %d after the reload", i)
                    .isTrue();
        }
    }

    @Test
    void messageMayBeAsLargeAsThePersonaMaySend() {
        limit("request_bytes: 2048", "{\"request_bytes\":2048}");
        for (String revision : List.of(SESSIONS, McpClient.STATELESS)) {
            assertThat(large(limited, revision).status()).isEqualTo(413);
            assertThat(large(limited, revision).body()).contains("larger than the 2048 bytes allowed");
            assertThat(large(free, revision).status()).isEqualTo(200);
        }
    }

    @Test
    void streamsAndSessionsAreThoseOfThePersonaAndALoweredLimitEndsTheOldestSessions() {
        List<McpClient> before = new ArrayList<>();
        List<McpClient> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            before.add(McpClient.initialized(web, limited, SESSIONS));
            others.add(McpClient.initialized(web, free, SESSIONS));
        }
        limit("sessions_per_caller: 2, streams_per_caller: 1", "{\"streams_per_caller\":1,\"sessions_per_caller\":2}");

        McpClient newest = McpClient.initialized(web, limited, SESSIONS);
        for (McpClient old : before.subList(0, 9)) {
            assertThat(old.ask(1, "ping", "").status()).isEqualTo(404);
        }
        assertThat(before.get(9).ask(1, "ping", "").status()).isEqualTo(200);
        for (McpClient other : others) {
            assertThat(other.ask(1, "ping", "").status()).isEqualTo(200);
        }
        try (EventStream only = newest.listen();
                EventStream one = others.get(0).listen();
                EventStream two = others.get(1).listen()) {
            Answer refused = web.send(before.get(9).base().header("Accept", "text/event-stream"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.body()).contains("limits.streams_per_caller");
            assertThat(List.of(only, one, two)).allMatch(EventStream::isOpen);
        }
    }

    private boolean isAnswered(McpClient client, int id) {
        return client.call(id, "platform_info", "{}").json().containsKey("result");
    }

    private Answer large(String key, String revision) {
        McpClient client =
                revision.equals(SESSIONS) ? McpClient.initialized(web, key, SESSIONS) : McpClient.stateless(web, key);
        return client.call(1, "platform_info", "{" + MESSAGE + "}");
    }

    /** Returns when the limits of the persona viewer are in force. */
    private void limit(String yaml, String told) {
        platform.configure(
                platform.originalYaml().replaceFirst("  viewer:\n", "  viewer:\n    limits: {" + yaml + "}\n"));
        awaitLimits(told);
    }

    private void awaitLimits(String told) {
        ViewerLimits.await(web, told, Duration.ofSeconds(10));
    }

    private String newKey(String name, String role) {
        Answer made = web.post(
                "/api/v1/keys",
                platform.key("admin"),
                "{\"name\":\"" + name + "-" + System.nanoTime() + "\",\"roles\":[\"" + role + "\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        ids.add(made.json().getString("key_id"));
        return made.json().getString("key");
    }
}
