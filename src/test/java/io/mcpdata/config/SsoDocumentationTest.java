package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/sso.md are configurations. */
final class SsoDocumentationTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<String> examples() throws IOException {
        try (Stream<MatchResult> blocks =
                YAML.matcher(Files.readString(Path.of("docs/sso.md"))).results()) {
            return blocks.map(block -> block.group(1)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsAConfigurationWithoutErrorOrWarning(String yaml) {
        ConfigReading reading = Reading.of(yaml);
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config().orElseThrow().oidc().enabled()).isTrue();
    }

    @Test
    void configurationOfTheBenchmarkIsOne() throws IOException {
        ConfigReading reading = Reading.of(
                Files.readString(Path.of("bench", "authentication.yaml")),
                Map.of("DATA_DIR", "/var/lib/mcp-data-platform", "MCP_API_KEY", Reading.KEY));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void everyProviderHasItsExample() throws IOException {
        assertThat(examples()).hasSize(7);
        assertThat(examples().stream()
                        .map(yaml ->
                                Reading.config(yaml).oidc().issuers().get(0).issuer()))
                .contains(
                        "https://auth.example.com/realms/data",
                        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
                        "https://example.okta.com/oauth2/default",
                        "https://example.eu.auth0.com/",
                        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
                        "https://example-ab12cd.zitadel.cloud");
    }
}
