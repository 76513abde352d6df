package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.DocumentedCommands;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.OnOneServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of the store of a running server, by the commands of the page. */
@ArquillianTest
@OnOneServer
final class StoreBackupIT {

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @TempDir
    Path directory;

    @Test
    void commandsOfThePageCopyTheStoreOfARunningServerAndRestoreIt() throws Exception {
        Instant begin = Instant.now();
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.call("platform_info", Map.of());
        }
        // a refusal is stored before its answer, and the rows before it with it
        assertThat(web.get("/api/v1/keys", platform.key("viewer")).status()).isEqualTo(403);
        Files.createDirectories(directory.resolve("store"));
        String commands =
                DocumentedCommands.chapter(Path.of("docs", "upgrade-and-backup.md"), "Back up while the server runs");

        String output = DocumentedCommands.run(
                commands,
                directory,
                Map.of(
                        "MCP_DATA_PLATFORM_URL",
                        platform.server().baseUrl(),
                        "MCP_API_KEY",
                        platform.key("admin"),
                        "DATA_DIR",
                        directory.toString()));

        assertThat(output).contains("with audit rows up to ", "Restored ", "keys list");
        assertThat(StoredRows.count(
                        directory,
                        "category = 'backup_requested' AND caller = 'admin-service'" + StoredRows.since(begin)))
                .isEqualTo(1);
        assertThat(StoredRows.count(
                        directory,
                        "type = 'TOOL_CALL' AND tool = 'platform_info' AND caller = 'analyst-service'"
                                + StoredRows.since(begin)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "auditor"})
    void otherCallersMakeNoCopy(String caller) {
        assertThat(web.post("/api/v1/store/backup", platform.key(caller), "").status())
                .isEqualTo(403);
        assertThat(web.post("/api/v1/store/backup", "no-key-of-this-platform", "")
                        .status())
                .isEqualTo(401);
    }
}
