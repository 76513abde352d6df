package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML of {@code docs/api-keys.md} loads, and its figures are those of the code. */
final class ApiKeyPageTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "API_KEY_ADMIN",
            "Example-Value-0123456789",
            "ETL_KEY_SHA256",
            KeyDigest.of("another-Value-0123456789").hex());

    private static List<String> blocks() throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "api-keys.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static PlatformConfig read(String yaml, Path file) {
        ConfigReading reading = new PlatformConfigReader(name -> Optional.ofNullable(VARIABLES.get(name)))
                .read(file.toString(), DocumentedYaml.withSecrets(yaml, file));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        return reading.config().orElseThrow();
    }

    @Test
    void everyExampleLoadsWithoutAWarning(@TempDir Path folder) throws IOException {
        assertThat(blocks()).hasSize(3);
        PlatformConfig config = read(blocks().get(0), folder.resolve("platform.yaml"));
        assertThat(config.apiKeys().keys()).extracting(ApiKeyConfig::name).containsExactly("admin-service", "etl");
    }

    /** The steps are taken on a server by another test. */
    @Test
    void filesOfOneServiceAreTwoKeysOfOneName(@TempDir Path folder) throws IOException {
        PlatformConfig config = read(blocks().get(1), folder.resolve("platform.yaml"));
        assertThat(config.apiKeys().keys()).extracting(ApiKeyConfig::name).containsExactly("etl", "etl");
    }

    @Test
    void limitsOfThePageAreTheStandardOnes(@TempDir Path folder) throws IOException {
        assertThat(read(blocks().get(2), folder.resolve("platform.yaml")).limits())
                .isEqualTo(LimitsConfig.DEFAULT);
    }
}
