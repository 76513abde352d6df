package io.mcpdata.container.sql;

import static io.mcpdata.container.server.McpConversation.structured;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An H2 in the server's own JVM, in a heap of 512 MiB: a caller with a heavy statement gets its answer in time, the server's
 * CPU is free again, and other callers are served meanwhile.
 */
@ArquillianTest
@OnOneServer
@OnWildFly
@Order(8)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class EmbeddedDatabaseIT {

    private static final String CONNECTIONS = """
            connections:
              hurried: {demo: retail, timeout: 2s}
              patient: {demo: retail, timeout: 15s}
              beside: {demo: retail}
            """;

    /** How long a statement may take beyond the timeout of its connection. */
    private static final Duration PAST_THE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration HURRIED = Duration.ofSeconds(2);
    private static final Duration PATIENT = Duration.ofSeconds(15);
    private static final Duration LOOK_AT_THE_CPU = Duration.ofMillis(500);

    /** The share of one core; the other caller and the server itself use far less. */
    private static final double BUSY = 0.6;

    private final Platform platform = SecondPlatform.with(yaml());
    private final int logged = platform.server().log().length();
    private final Web web = new Web(platform);
    private final OtherCaller other = OtherCaller.begin(web, "beside");

    private static String yaml() {
        String standard = Platform.standardYaml();
        return standard.substring(0, standard.indexOf("connections:\n  warehouse"))
                + CONNECTIONS
                + standard.substring(standard.indexOf("limits:"));
    }

    @AfterEach
    void othersAreServed() {
        assertThat(other.problems()).isEmpty();
    }

    @AfterAll
    void close() {
        other.close();
        assertThat(other.percentile99()).isLessThan(Duration.ofSeconds(1));
        assertThat(platform.server().log().substring(logged).contains("OutOfMemoryError"))
                .isFalse();
    }

    static Stream<Arguments> time() {
        return HeavyStatements.ofTime().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    static Stream<Arguments> memory() {
        return HeavyStatements.ofMemory().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("time")
    void aStatementWithoutAnEndIsAnsweredAndTheCpuIsFreeAgain(String name, String sql) {
        assertItEnds("hurried", HURRIED, sql);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("memory")
    void aStatementThatFillsTheHeapCostsItsCallerTheCallAlone(String name, String sql) {
        assertItEnds("patient", PATIENT, sql);
    }

    @Test
    void whoNeedsTooMuchMemoryIsTold() {
        String sql = HeavyStatements.ofMemory().get("ORDER BY of a cross join");
        try (McpConversation caller = McpConversation.begin(web, platform.key("admin"))) {
            JsonObject answer = caller.call("sql_query", Map.of("connection", "patient", "sql", sql));
            assertThat(McpConversation.text(answer)).contains("more memory than this server gives one query");
        }
    }

    private void assertItEnds(String connection, Duration timeout, String sql) {
        long began = System.nanoTime();
        try (McpConversation caller = McpConversation.begin(web, platform.key("admin"))) {
            caller.call("sql_query", Map.of("connection", connection, "sql", sql));
            Duration answered = Duration.ofNanos(System.nanoTime() - began);
            assertThat(answered).isLessThan(timeout.plus(PAST_THE_TIMEOUT));
            Eventually.within(
                    timeout.plus(PAST_THE_TIMEOUT).plus(LOOK_AT_THE_CPU).minus(answered),
                    "the CPU is free again",
                    () -> busy() < BUSY);
            JsonObject count = structured(caller.call(
                    "sql_query", Map.of("connection", connection, "sql", "SELECT COUNT(*) AS n FROM orders")));
            assertThat(count.getJsonArray("rows").getJsonArray(0).getInt(0)).isEqualTo(8000);
        }
    }

    /** The share of one core that the server uses now. */
    private double busy() {
        Duration before = cpu();
        long began = System.nanoTime();
        try {
            Thread.sleep(LOOK_AT_THE_CPU.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return (double) cpu().minus(before).toNanos() / (System.nanoTime() - began);
    }

    private Duration cpu() {
        return platform.server().java().info().totalCpuDuration().orElseThrow();
    }
}
