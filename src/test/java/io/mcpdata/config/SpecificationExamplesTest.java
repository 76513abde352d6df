package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The configurations that the specification prints, as they stand there. */
final class SpecificationExamplesTest {

    private static Map<String, String> set(String... names) {
        return Arrays.stream(names)
                .collect(Collectors.toMap(Function.identity(), name -> "value-of-" + name + "-0123"));
    }

    @Test
    void configurationLoads() {
        PlatformConfig config = Reading.of("""
                        auth:
                          api_keys:
                            enabled: true
                            keys:
                              - key: ${API_KEY_ADMIN}
                                name: "admin-service"
                                roles: ["admin"]
                              - key: ${API_KEY_ANALYST}
                                name: "analyst-service"
                                roles: ["analyst"]
                              - key: ${API_KEY_READONLY}
                                name: "readonly"
                                roles: ["viewer"]
                        """, set("API_KEY_ADMIN", "API_KEY_ANALYST", "API_KEY_READONLY"))
                .config()
                .orElseThrow();
        assertThat(config.apiKeys().enabled()).isTrue();
        assertThat(config.apiKeys().keys())
                .extracting(ApiKeyConfig::name)
                .containsExactly("admin-service", "analyst-service", "readonly");
        assertThat(config.personas()).extracting(PersonaConfig::name).containsExactly("admin");
    }

    @Test
    void multipleKeysLoad() {
        assertThat(Reading.of("""
                        auth:
                          api_keys:
                            enabled: true
                            keys:
                              # Full administrative access
                              - key: ${API_KEY_ADMIN}
                                name: "admin"
                                roles: ["admin"]
                              # Read and write data access
                              - key: ${API_KEY_DATA_TEAM}
                                name: "data-team"
                                roles: ["analyst"]
                              # Read-only access
                              - key: ${API_KEY_VIEWER}
                                name: "dashboard"
                                roles: ["viewer"]
                              # Service account for ETL
                              - key: ${API_KEY_ETL}
                                name: "etl-service"
                                roles: ["service", "write"]
                        """, set("API_KEY_ADMIN", "API_KEY_DATA_TEAM", "API_KEY_VIEWER", "API_KEY_ETL"))
                        .config()
                        .orElseThrow()
                        .apiKeys()
                        .keys())
                .extracting(ApiKeyConfig::roles)
                .last()
                .isEqualTo(java.util.List.of("service", "write"));
    }

    @Test
    void keyFromTheEnvironmentIsGoodAndKeyInTheFileIsBad() {
        String text = """
                auth:
                  api_keys:
                    enabled: true
                    keys:
                      - key: %s
                        name: "service"
                        roles: ["admin"]
                """;
        assertThat(Reading.of(String.format(text, "${API_KEY_SERVICE}"), set("API_KEY_SERVICE"))
                        .warnings())
                .isEmpty();
        assertThat(Reading.of(String.format(text, "\"abc123-actual-key\""), Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("a literal key in the file")
                .doesNotContain("abc123");
    }

    @Test
    void everyMissingVariableIsNamed() {
        assertThat(Reading.of("""
                        auth:
                          api_keys:
                            enabled: true
                            keys:
                              - {key: "${API_KEY_ADMIN}", name: a, roles: [admin]}
                              - {key: "${API_KEY_ANALYST}", name: b, roles: [admin]}
                        """, Map.of()).errors())
                .extracting(ConfigProblem::found)
                .containsExactly(
                        "the variable API_KEY_ADMIN, which is not set",
                        "the variable API_KEY_ANALYST, which is not set");
    }
}
