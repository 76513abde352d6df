package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.DocumentedCommands;
import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/api-keys.md}, run in the order of the page by one shell. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class ApiKeyPageIT {

    @ArquillianResource
    private Platform platform;

    @Test
    void everyCommandOfThePageWorks(@TempDir Path secrets) throws IOException, InterruptedException {
        String output = DocumentedCommands.run(
                Files.readString(Path.of("docs", "api-keys.md")),
                Path.of("."),
                Map.of(
                        "PLATFORM_URL",
                        platform.server().baseUrl(),
                        "MCP_API_KEY",
                        platform.key("admin"),
                        "SECRETS",
                        secrets.toString()));

        assertThat(output)
                .contains(
                        "\"newest_version\":\"in force\"",
                        "\"name\":\"report\"",
                        "event: endpoint",
                        "\"persona\":\"admin\"")
                .doesNotContain(platform.key("admin"));
        assertThat(Files.readString(secrets.resolve("etl_key_b"))).matches("[A-Za-z0-9+/]{43}=\n");
    }
}
