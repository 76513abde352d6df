package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Diagnosis;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Web;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The WAR is undeployed from a running server and deployed again, and no object of it stays in memory. */
@ArquillianTest
@Order(2)
final class RedeploymentIT {

    private static final int TIMES = 2;
    private static final int DRIVERS_OF_A_SERVER = 2;
    private static final String[] HOUSEKEEPERS = {"platform-store:housekeeper", "connection-demo:housekeeper"};
    private static final Duration TO_END = Duration.ofSeconds(10);

    /** Servers keep cancelled tasks, and all objects these refer to, until the tasks would have been due. */
    private static final Duration TO_BE_FORGOTTEN = Duration.ofSeconds(20);

    /**
     * Enough time for WildFly, which checks every five seconds, to see that the WAR must be undeployed while a call
     * runs.
     */
    private static final String LONG_ENOUGH = "timeout: 8s";

    private static final String ENDLESS =
            "SELECT COUNT(*) FROM retail.order_lines a, retail.order_lines b, retail.order_lines c"
                    + " WHERE MOD(a.quantity * b.quantity + c.order_id, 7) = 9";

    /** A stream with its session, what looks after it, what runs calls and statements, what comes again, the rows. */
    private static final Set<String> OF_ONE = Set.of(
            "io.mcpdata.mcp.stream.SseStream",
            "io.mcpdata.mcp.stream.JaxRsEventSink",
            "io.mcpdata.mcp.session.McpSession",
            "io.mcpdata.mcp.session.McpSessions",
            "io.mcpdata.mcp.session.SessionWatch",
            "io.mcpdata.mcp.server.CallRunner",
            "io.mcpdata.background.BoundedExecutor",
            "io.mcpdata.background.PeriodicTask",
            "io.mcpdata.store.EmbeddedDatabase",
            "org.h2.mvstore.MVStore");

    @Test
    void redeployedApplicationServesCallsAndNothingOfTheOldOnesLives() {
        Platform platform = SecondPlatform.with(Platform.standardYaml().replace("timeout: 2s", LONG_ENOUGH));
        Web web = new Web(platform);
        Diagnosis java = new Diagnosis(platform.server());
        Map<String, List<Integer>> ofOne = new TreeMap<>();
        Map<String, Long> threadsOfOne = new TreeMap<>();
        for (int i = 0; i < TIMES; i++) {
            try (McpConversation conversation = use(web, platform)) {
                if (i == 0) {
                    ofOne.putAll(java.instancesPerLoader(OF_ONE));
                    threadsOfOne.putAll(poolThreads(java));
                }
                int running = conversation.begin(
                        "tools/call",
                        McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", ENDLESS)));
                platform.server().redeploy();
                assertThat(McpConversation.text(conversation.stream().answer(running)))
                        .as("the call that ran")
                        .contains("ran longer than this connection allows");
                assertToldToComeBack(conversation);
            }
        }
        assertThat(threadsOfOne).as("of the first application").containsKeys(HOUSEKEEPERS);
        for (int i = 0; i < 20; i++) {
            // threads of the server release the old application when they serve the new one
            assertThat(web.get("/api/v1/whoami", platform.key("viewer")).status())
                    .isEqualTo(200);
        }
        try (McpConversation last = use(web, platform)) {
            assertNothingLivesBut(ofOne, java);
            assertThat(poolThreads(java))
                    .as("threads of pools and databases")
                    .containsKeys(HOUSEKEEPERS)
                    .allSatisfy((name, count) ->
                            assertThat(count).as(name).isLessThanOrEqualTo(threadsOfOne.getOrDefault(name, 1L)));
            assertThat(java.instancesPerLoader("java.sql.DriverInfo").stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as("drivers on the JVM's list: one or two of the application, and the server's own")
                    .isBetween(1, 2 + DRIVERS_OF_A_SERVER);
            assertThat(last.stream().isOpen()).isTrue();
        }
    }

    /**
     * All live objects belong to one class loader, and there are as many of each class as the first application had
     * alone.
     */
    private static void assertNothingLivesBut(Map<String, List<Integer>> ofOne, Diagnosis java) {
        assertThat(ofOne.keySet()).as("what the first application had").isEqualTo(OF_ONE);
        Map<String, List<Integer>> now = java.instancesPerLoader(OF_ONE);
        long end = System.nanoTime() + TO_BE_FORGOTTEN.toNanos();
        while (!now.equals(ofOne) && System.nanoTime() < end) {
            now = java.instancesPerLoader(OF_ONE);
        }
        assertThat(now).as("what lives, for each class loader").isEqualTo(ofOne);
        assertThat(now.values()).allSatisfy(perLoader -> assertThat(perLoader).hasSize(1));
        assertThat(now)
                .containsEntry("io.mcpdata.mcp.stream.SseStream", List.of(1))
                .containsEntry("io.mcpdata.background.PeriodicTask", List.of(2))
                .as("open databases: the store and the warehouse")
                .containsEntry("org.h2.mvstore.MVStore", List.of(2));
    }

    private static void assertToldToComeBack(McpConversation conversation) {
        Event told = conversation.stream().find("shutdown", TO_END);
        assertThat(Integer.parseInt(told.retry())).isPositive();
        assertThat(conversation.stream().endsWithin(TO_END))
                .as("the stream ended with its application")
                .isTrue();
    }

    /** A stream, a pool, and everything that looks after them. */
    private static McpConversation use(Web web, Platform platform) {
        McpConversation conversation = McpConversation.begin(web, platform.key("analyst"));
        assertThat(conversation
                        .query("SELECT COUNT(*) FROM retail.products")
                        .getJsonObject("result")
                        .getBoolean("isError", false))
                .isFalse();
        return conversation;
    }

    private static Map<String, Long> poolThreads(Diagnosis java) {
        return java.threads().stream()
                .filter(name -> name.matches("(MVStore|H2-|Generate|platform-store|connection-|audit).*"))
                .map(name -> name.replaceAll("(MVStore background writer).*", "$1 of " + name))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}
