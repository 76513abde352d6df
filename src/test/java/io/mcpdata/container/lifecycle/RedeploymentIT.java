package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Diagnosis;
import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The WAR goes off a running server and on again, and nothing of it stays behind. */
final class RedeploymentIT {

    private static final int TIMES = 2;
    private static final int DRIVERS_OF_A_SERVER = 2;

    @Test
    void redeployedApplicationServesCallsAndNothingOfTheOldOnesLives() {
        try (Platform platform = Platform.start(Platform.Options.standard().redeployed(TIMES))) {
            Web web = new Web(platform);
            for (int i = 0; i < TIMES && platform.server().redeploysWhileRunning(); i++) {
                try (McpConversation conversation = use(web, platform)) {
                    platform.server().redeploy();
                    assertThat(conversation.stream().endsWithin(Duration.ofSeconds(10)))
                            .as("the stream ended with its application")
                            .isTrue();
                }
            }
            for (int i = 0; i < 20; i++) {
                // threads of the server let go of the old application when they serve the new one
                assertThat(web.get("/api/v1/whoami", platform.key("viewer")).status())
                        .isEqualTo(200);
            }
            use(web, platform).close();

            Diagnosis java = new Diagnosis(platform.server());
            // servers keep cancelled tasks, and whatever these know, until the tasks would have been due
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the tasks of the old applications are gone",
                    () -> java.instancesPerLoader("io.mcpdata.thread.Seldom").equals(List.of(2)));
            // what the store holds shows whether it was closed: open, it would be locked against the next one
            assertThat(java.instancesPerLoader("org.h2.mvstore.MVStore").stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as("open databases: the store and the warehouse")
                    .isLessThanOrEqualTo(2);
            for (String one : List.of("io.mcpdata.mcp.transport.McpSessions", "io.mcpdata.store.EmbeddedDatabase")) {
                assertThat(java.instancesPerLoader(one)).as(one).isEqualTo(List.of(1));
            }
            assertThat(java.instancesPerLoader("java.sql.DriverInfo").stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as("drivers on the JVM's list: two of the application, and the server's own")
                    .isLessThanOrEqualTo(2 + DRIVERS_OF_A_SERVER);
            assertThat(poolThreads(java))
                    .as("threads of pools and databases")
                    .allSatisfy((name, count) -> assertThat(count).isEqualTo(1));
        }
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
                .filter(name -> name.matches("(MVStore|H2 |Generate|platform-store|connection-|audit).*"))
                .map(name -> name.replaceAll("(MVStore background writer).*", "$1 of " + name))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}
