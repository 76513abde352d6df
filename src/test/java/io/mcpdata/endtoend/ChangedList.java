package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.Eventually;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;

/** A change of the viewer's tools, as the official Java client with a session sees it. */
final class ChangedList {

    private ChangedList() {}

    /** @param told the lists that the client got after a notification */
    static void isSeen(Platform platform, McpSyncClient viewer, List<List<Tool>> told) {
        try {
            assertThat(BridgedClient.tools(viewer)).doesNotContain("sql_explain");

            platform.configure(platform.originalYaml().replace("deny: [sql_query, sql_explain]", "deny: [sql_query]"));

            Eventually.within(
                    Duration.ofSeconds(20),
                    "the client's new list",
                    () -> told.stream()
                            .anyMatch(list ->
                                    list.stream().anyMatch(tool -> tool.name().equals("sql_explain"))));
        } finally {
            platform.configure(platform.originalYaml());
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the original list",
                    () -> !BridgedClient.tools(viewer).contains("sql_explain"));
        }
    }
}
