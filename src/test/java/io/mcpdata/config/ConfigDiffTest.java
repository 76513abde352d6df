package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigDiffTest {

    private static final String KEYS = "auth: {api_keys: {enabled: true, keys: [%s]}}";

    private static List<String> diff(String before, String after) {
        return ConfigDiff.between(Reading.config(before), Reading.config(after));
    }

    @Test
    void sameConfigurationHasNoDifference() {
        assertThat(diff("audit: {}", "audit: {enabled: true}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: {name: x}                               | server.name changed",
                "server: {public_url: 'https://x'}               | server.public_url changed",
                "server: {allowed_origins: ['https://x']}        | server.allowed_origins changed",
                "server: {trusted_proxies: [10.0.0.1]}           | server.trusted_proxies changed",
                "server: {data_dir: /x}                          | server.data_dir changed; this takes effect at the next start",
                "auth: {api_keys: {enabled: true, keys: []}}     | auth.api_keys.enabled changed",
                "auth: {api_keys: {query_parameter: false}}      | auth.api_keys.query_parameter changed",
                "audit: {enabled: false}                         | audit.enabled changed",
                "audit: {log_tool_calls: false}                  | audit.log_tool_calls changed",
                "audit: {retention_days: 1}                      | audit.retention_days changed",
                "audit: {mode: strict}                           | audit.mode changed",
                "limits: {streams_per_caller: 1}                 | limits.streams_per_caller changed",
                "limits: {calls_per_caller: 1}                   | limits.calls_per_caller changed",
                "limits: {calls_per_minute: 1}                   | limits.calls_per_minute changed",
                "limits: {request_bytes: 2048}                   | limits.request_bytes changed",
                "limits: {json_depth: 10}                        | limits.json_depth changed",
                "limits: {result_bytes: 2048}                    | limits.result_bytes changed",
                "limits: {session_idle: 1s}                      | limits.session_idle changed",
                "limits: {heartbeat: 1s}                         | limits.heartbeat changed",
                "limits: {failed_attempts: 1}                    | limits.failed_attempts changed",
                "limits: {failed_attempts_per_key: 1}            | limits.failed_attempts_per_key changed",
                "connections: {c: {demo: retail}}                | connection c added",
                "personas: {p: {roles: [r], tools: {allow: [x]}}}| persona p added",
                "prompts: {p: {text: x}}                         | prompt p added",
                "documents: {d: {text: x}}                       | document d added",
            })
    void everyChangeIsNamed(String after, String change) {
        String nothing = "auth: {api_keys: {enabled: false, query_parameter: true}}";
        assertThat(diff(nothing, after)).containsExactly(change);
    }

    @Test
    void entriesAreAddedChangedAndRemovedByName() {
        assertThat(diff(
                        "connections: {a: {demo: retail}, b: {demo: retail}}",
                        "connections: {b: {demo: retail, max_rows: 5}, c: {demo: retail}}"))
                .containsExactlyInAnyOrder("connection a removed", "connection b changed", "connection c added");
    }

    @Test
    void keysAreNamedWithTheirIdAndNeverShown() {
        String one = "{key: \"${KEY}\", name: etl, roles: [admin]}";
        String two = "{key: \"${OTHER_KEY}\", name: etl, roles: [admin]}";
        String idOne = KeyDigest.of(Reading.KEY).id();
        String idTwo = KeyDigest.of("another-key-for-tests-98765").id();
        assertThat(diff(String.format(KEYS, one), String.format(KEYS, two)))
                .containsExactlyInAnyOrder("api key etl (" + idOne + ") removed", "api key etl (" + idTwo + ") added");
        assertThat(diff(String.format(KEYS, one), String.format(KEYS, one.replace("[admin]", "[admin, x]"))))
                .containsExactly("api key etl (" + idOne + ") changed");
    }

    @Test
    void changedPasswordIsAChangeThatShowsNothing() {
        assertThat(diff(
                        "connections: {c: {url: 'jdbc:x', password: one}}",
                        "connections: {c: {url: 'jdbc:x', password: two}}"))
                .containsExactly("connection c changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "personas: {p: {roles: [r], tools: {allow: [x]}, resources: {allow: [x]}}}   | persona p changed",
                "personas: {p: {roles: [r], tools: {allow: [x]}, prompts: {deny: [x]}}}      | persona p changed",
            })
    void changedRulesOfResourcesAndPromptsAreAChange(String after, String change) {
        assertThat(diff("personas: {p: {roles: [r], tools: {allow: [x]}}}", after))
                .containsExactly(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{text: 'other {{a}}', arguments: {a: {values: [x]}}}",
                "{text: 'one {{a}}', arguments: {a: {values: [y]}}}",
                "{text: 'one {{a}}', arguments: {a: {values: [x], required: true}}}",
                "{text: 'one {{a}}', arguments: {a: {values: [x]}}, title: t}",
            })
    void changedPromptIsAChangeThatDoesNotShowItsText(String after) {
        assertThat(diff(
                        "prompts: {p: {text: 'one {{a}}', arguments: {a: {values: [x]}}}}",
                        "prompts: {p: " + after + "}"))
                .containsExactly("prompt p changed");
    }

    @Test
    void changedTextOfADocumentIsAChangeThatDoesNotShowIt() {
        assertThat(diff("documents: {d: {text: one}, e: {text: x}}", "documents: {d: {text: two}}"))
                .containsExactly("document d changed", "document e removed");
    }

    @Test
    void changedFileOfADocumentIsAChangeAtTheNextReading(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("platform.yaml"), "documents: {d: {file: d.md}}");
        PlatformConfigReader reader = new PlatformConfigReader(name -> Optional.empty());
        Files.writeString(folder.resolve("d.md"), "one");
        PlatformConfig before = reader.read(file).config().orElseThrow();
        Files.writeString(folder.resolve("d.md"), "two");
        PlatformConfig after = reader.read(file).config().orElseThrow();
        assertThat(before.documents().get(0).text()).isEqualTo("one");
        assertThat(ConfigDiff.between(before, after)).containsExactly("document d changed");
    }

    @Test
    void orderOfPersonasIsPartOfTheConfiguration() {
        String a = "  a: {roles: [a], tools: {allow: [x]}}\n";
        String b = "  b: {roles: [b], tools: {allow: [x]}}\n";
        assertThat(diff("personas:\n" + a + b, "personas:\n" + b + a)).containsExactly("personas in another order");
        assertThat(diff("personas:\n" + a, "personas:\n" + b + a)).containsExactly("persona b added");
    }
}
