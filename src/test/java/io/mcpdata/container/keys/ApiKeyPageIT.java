package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/api-keys.md}, run in the order of the page by one shell. */
@ArquillianTest
final class ApiKeyPageIT {

    @ArquillianResource
    private Platform platform;

    @Test
    void everyCommandOfThePageWorks(@TempDir Path secrets) throws IOException, InterruptedException {
        String commands = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "api-keys.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).redirectErrorStream(true);
        shell.environment().put("PLATFORM_URL", platform.server().baseUrl());
        shell.environment().put("MCP_API_KEY", platform.key("admin"));
        shell.environment().put("SECRETS", secrets.toString());
        Process run = shell.start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(output).isZero();
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
