package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.testing.SettableConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfiguredKeysTest {

    private static final String BASE64 = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
    private static final String ODD = "correct!horse(battery)staple$";

    private final ConfiguredKeys keys = new ConfiguredKeys(configuration());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "SELECT '%s' FROM x",
                "\"%s\"",
                "{\"sql\":\"SELECT \\\"%s\\\"\"}",
                "a %s b",
                "  %s\n",
                "agent/1.0 %s"
            })
    void keyIsFoundWhereverItIsPasted(String around) {
        for (String key : List.of(BASE64, ODD)) {
            assertThat(keys.redactedIn(String.format(around, key)))
                    .contains("[redacted]")
                    .doesNotContain(key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key=%s", "(%s)", "x=%s;y", "https://host/sse?api_key=%s&more", "[%s,%s]", "key:%s."})
    void generatedKeyIsFoundBetweenOtherSigns(String around) {
        assertThat(keys.redactedIn(String.format(around, BASE64, BASE64)))
                .contains("[redacted]")
                .doesNotContain(BASE64);
    }

    @Test
    void everythingElseStaysAsItIs() {
        for (String text : List.of(
                "",
                "SELECT COUNT(*) FROM order_lines WHERE customer_reference_number = '12345678901234567890'",
                BASE64.substring(1),
                BASE64.toLowerCase(java.util.Locale.ROOT),
                "$1 \\$ \\\\ ${x} 0123456789abcdef0123456789")) {
            assertThat(keys.redactedIn(text)).isEqualTo(text);
        }
    }

    private static ActiveConfiguration configuration() {
        Map<String, String> variables = Map.of("ONE", BASE64, "TWO", ODD);
        ConfigReading reading =
                new PlatformConfigReader(name -> Optional.ofNullable(variables.get(name))).read("platform.yaml", """
                        auth:
                          api_keys:
                            enabled: true
                            keys:
                              - {key: "${ONE}", name: one, roles: [admin]}
                              - {key: "${TWO}", name: two, roles: [admin]}
                        """);
        PlatformConfig config = reading.config().orElseThrow();
        SettableConfiguration configuration = new SettableConfiguration();
        configuration.set(config);
        return configuration;
    }
}
