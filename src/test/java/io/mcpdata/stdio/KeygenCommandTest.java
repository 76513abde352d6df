package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.PlatformConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeygenCommandTest {

    private final RecordingTerminal terminal = new RecordingTerminal();

    @Test
    void quietPrintsTheKeyAlone() {
        assertThat(terminal.run("keygen", "--quiet")).isZero();

        assertThat(terminal.out()).matches(KeyFormat.PATTERN + "\\R");
        assertThat(KeyFormat.checksumHolds(terminal.out().strip())).isTrue();
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void theKeyStandsOnStandardOutputOnceAndNowhereElse() {
        assertThat(terminal.run("keygen", "--name", "etl", "--role", "service")).isZero();

        assertThat(Pattern.compile(KeyFormat.PATTERN)
                        .matcher(terminal.out())
                        .results()
                        .count())
                .isEqualTo(1);
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void digestAndKeyIdAreThoseOfTheKey() {
        terminal.run("keygen");

        KeyDigest digest = KeyDigest.of(key());
        assertThat(terminal.out()).contains("SHA-256:                         " + digest.hex() + "\n");
        assertThat(terminal.out()).contains("Key id (logs, audit, screens):   " + digest.id() + "\n");
    }

    @Test
    void bothEntriesLoadAndLetTheKeyIn() {
        terminal.run("keygen", "--name", "etl-service", "--role", "admin", "--role", "write", "--expires-in", "90d");

        for (String entry : entries()) {
            ApiKeyConfig loaded = load(entry, Map.of("API_KEY_ETL_SERVICE", key()));
            assertThat(loaded.name()).isEqualTo("etl-service");
            assertThat(loaded.roles()).containsExactly("admin", "write");
            assertThat(loaded.digest()).isEqualTo(KeyDigest.of(key()));
            assertThat(loaded.expiresAt()).contains(RecordingTerminal.NOW.plus(Duration.ofDays(90)));
        }
    }

    @Test
    void anEntryWithoutAskedNamesSaysSoAndLoads() {
        terminal.run("keygen");

        assertThat(terminal.out()).contains("# Give --name and --role");
        assertThat(load(entries().get(0), Map.of("API_KEY_MY_SERVICE", key())).name())
                .isEqualTo("my-service");
    }

    @Test
    void aNameWithYamlAndPlaceholderCharactersLoadsAsItIs() {
        String name = "a \"b\" \\ ${HOME} #: {x}";

        terminal.run("keygen", "--name", name, "--role", "${ROLE}\"");

        ApiKeyConfig loaded = load(entries().get(1), Map.of());
        assertThat(loaded.name()).isEqualTo(name);
        assertThat(loaded.roles()).containsExactly("${ROLE}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "padded ", "two\nlines", "gr\u00fcn"})
    void aNameThatTheServerWouldRefuseMakesNoKey(String name) {
        assertThat(terminal.run("keygen", "--name", name)).isEqualTo(2);

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("--name: expected").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "padded ", "two\nlines"})
    void aRoleThatTheServerWouldRefuseMakesNoKey(String role) {
        assertThat(terminal.run("keygen", "--role", role)).isEqualTo(2);

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("--role: expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "90", "d", "-1d", "1w", "99999999d"})
    void aDurationOfNoSenseMakesNoKey(String duration) {
        assertThat(terminal.run("keygen", "--expires-in", duration)).isEqualTo(2);

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("is no duration such as 30m, 24h or 90d");
    }

    private String key() {
        Matcher key = Pattern.compile(KeyFormat.PATTERN).matcher(terminal.out());
        assertThat(key.find()).isTrue();
        return key.group();
    }

    private List<String> entries() {
        String[] parts = terminal.out().split("(?m)^auth:", -1);
        assertThat(parts).hasSize(3);
        return List.of("auth:" + parts[1], "auth:" + parts[2]);
    }

    private static ApiKeyConfig load(String yaml, Map<String, String> variables) {
        ConfigReading reading =
                new PlatformConfigReader(name -> Optional.ofNullable(variables.get(name))).read("platform.yaml", yaml);
        assertThat(reading.errors()).isEmpty();
        return reading.config().orElseThrow().apiKeys().keys().get(0);
    }
}
