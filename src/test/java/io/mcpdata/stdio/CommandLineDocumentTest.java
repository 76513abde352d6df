package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/command-line.md} and {@code docs/get-started.md}, in the order of the page by one shell. */
@DisabledOnOs(OS.WINDOWS)
final class CommandLineDocumentTest {

    private static final Path PAGE = Path.of("docs", "command-line.md");

    @TempDir
    Path directory;

    @Test
    void everyCommandOfThePageWorks() throws Exception {
        String page = Files.readString(PAGE);
        Files.writeString(
                directory.resolve("platform.yaml"), blocks(page, "yaml").get(0));

        try (InMemoryPlatform server = new InMemoryPlatform()) {
            run(page, Map.of("MCP_DATA_PLATFORM_URL", server.url(), "MCP_API_KEY", InMemoryPlatform.KEY));

            assertThat(server.heard()).hasSize(3);
            assertThat(server.admin().calls())
                    .containsExactly("GET", "POST", "GET", "POST 0a1b2c3d4e5f/rotate", "DELETE 0a1b2c3d4e5f");
        }
    }

    @Test
    void firstConfigurationOfYourOwnIsChecked() throws Exception {
        String page = Files.readString(Path.of("docs", "get-started.md"));
        Files.writeString(
                directory.resolve("my-platform.yaml"), blocks(page, "yaml").get(0));
        assertThat(run(page, Map.of())).contains("persona analyst", "0 errors, 0 warnings");
    }

    @Test
    void theWholeLifeOfEveryCommandIsOnThePage() throws IOException {
        String commands = String.join("\n", blocks(Files.readString(PAGE), "sh"));
        assertThat(commands)
                .contains("version", "keygen", "check", "keys list", "keys create", "keys rotate", "keys revoke");
    }

    @Test
    void thePatternForSecretScannersIsTheOneKeysAreMadeBy() throws IOException {
        assertThat(blocks(Files.readString(PAGE), "text")).contains(KeyFormat.PATTERN + "\n");
    }

    /** Returns what the commands of the page print; each must succeed. */
    private String run(String page, Map<String, String> environment) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder shell =
                new ProcessBuilder("/bin/sh", "-c", "set -eux\n" + String.join("\n", blocks(page, "sh")));
        shell.environment().put("PATH", Path.of("bin").toAbsolutePath() + ":" + System.getenv("PATH"));
        shell.environment().putAll(environment);
        Process process = shell.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(log, UTF_8);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static List<String> blocks(String page, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.toList());
    }
}
