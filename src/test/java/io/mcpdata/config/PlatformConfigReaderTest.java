package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file as a text and as YAML; what its sections mean is tested with each of them. */
final class PlatformConfigReaderTest {

    private static final String GOOD = """
            auth:
              api_keys:
                enabled: true
                keys:
                  - key: ${KEY}
                    name: service
                    roles: [admin]
            """;

    private static ConfigReading read(Path file) {
        return new PlatformConfigReader(name -> Optional.ofNullable(Reading.VARIABLES.get(name))).read(file);
    }

    @Test
    void everythingHasADefaultButTheKeys() {
        PlatformConfig config = Reading.config(GOOD);

        assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
        assertThat(config.audit()).isEqualTo(AuditConfig.DEFAULT);
        assertThat(config.limits()).isEqualTo(LimitsConfig.DEFAULT);
        assertThat(config.connections()).isEmpty();
        assertThat(config.prompts()).isEmpty();
        assertThat(config.documents()).isEmpty();
        assertThat(config.skills()).isEmpty();
        assertThat(config.personas()).extracting(PersonaConfig::name).containsExactly("admin");
        assertThat(config.apiKeys().enabled()).isTrue();
        assertThat(config.apiKeys().queryParameter()).isTrue();
        assertThat(Reading.warnings(GOOD)).isEmpty();
    }

    @Test
    void sectionsWithNothingInThemAreAsIfAbsent() {
        assertThat(Reading.config(
                        "server:\nauth:\n  api_keys:\npersonas:\nconnections:\nprompts:\ndocuments:\nskills:\naudit:\n"
                                + "limits:\n"))
                .isEqualTo(Reading.config("server: {}"));
    }

    @Test
    void readingKeepsOnlyTheDigestOfAKey() {
        assertThat(Reading.of(GOOD).toString()).doesNotContain(Reading.KEY);
        assertThat(Reading.config(GOOD).apiKeys().keys().get(0).digest()).isEqualTo(KeyDigest.of(Reading.KEY));
    }

    @Test
    void byteOrderMarkAndCarriageReturnsDoNotMatter() {
        assertThat(Reading.config("\ufeff" + GOOD.replace("\n", "\r\n"))).isEqualTo(Reading.config(GOOD));
        assertThat(Reading.config("---\n" + GOOD + "...\n")).isEqualTo(Reading.config(GOOD));
        assertThat(Reading.config("# only\n" + GOOD.stripTrailing())).isEqualTo(Reading.config(GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "\ufeff"})
    void emptyFileIsAnError(String text) {
        assertThat(Reading.errors(text)).singleElement().asString().contains("expected at least the section auth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- server\n", "[]", "server", "42", "\"\"", "~"})
    void fileThatIsNoMappingIsAnError(String text) {
        assertThat(Reading.errors(text)).isNotEmpty().allMatch(error -> error.startsWith("platform.yaml:1: found"));
    }

    @Test
    void sectionOfAnotherKindIsAnErrorWithItsLine() {
        assertThat(Reading.errors("server:\n  - name: x\nauth: yes\npersonas: []\n"))
                .containsExactlyInAnyOrder(
                        "platform.yaml:2: server: found a list; expected a mapping of keys to values",
                        "platform.yaml:3: auth: found a single value; expected a mapping of keys to values",
                        "platform.yaml:4: personas: found a list; expected a mapping of keys to values");
    }

    @Test
    void allErrorsAreReportedAtOnceEachWithLineAndKey() {
        assertThat(Reading.errors("""
                server:
                  public_url: ftp://x
                  colour: red
                auth:
                  api_keys:
                    enabled: maybe
                    keys:
                      - key: ${UNSET_VARIABLE}
                        name: " padded"
                        roles: []
                        expires_at: tomorrow
                      - key: short
                        name: second
                        roles: [""]
                        allowed_networks: [10.0.0.0/99]
                personas:
                  p: {roles: [r], priority: high, tools: {allow: ["[a-z]"]}}
                connections:
                  c: {max_rows: 0, timeout: soon}
                audit: {mode: lazy}
                limits: {json_depth: 1e5}
                surprise: 1
                """))
                .containsExactlyInAnyOrder(
                        "platform.yaml:2: server.public_url: found \"ftp://x\"; expected an absolute http or https URL"
                                + " without user, query and fragment",
                        "platform.yaml:3: server.colour: found an unknown key; expected one of name, public_url,"
                                + " allowed_origins, trusted_proxies, data_dir",
                        "platform.yaml:6: auth.api_keys.enabled: found \"maybe\"; expected true or false",
                        "platform.yaml:8: auth.api_keys.keys[0].key: found the variable UNSET_VARIABLE, which is not"
                                + " set; expected a variable that is set",
                        "platform.yaml:9: auth.api_keys.keys[0].name: found \" padded\"; expected 1 to 128 printable"
                                + " ASCII characters, no space at either end: the identity of this key",
                        "platform.yaml:10: auth.api_keys.keys[0].roles: found no role; expected a list with at least"
                                + " one role",
                        "platform.yaml:11: auth.api_keys.keys[0].expires_at: found \"tomorrow\"; expected an instant"
                                + " such as 2030-01-31T00:00:00Z",
                        "platform.yaml:12: auth.api_keys.keys[1].key: found a key of 5 characters; expected at least"
                                + " 16 characters",
                        "platform.yaml:14: auth.api_keys.keys[1].roles[0]: found \"\"; expected a role of 1 to 128"
                                + " printable characters, no space at either end",
                        "platform.yaml:15: auth.api_keys.keys[1].allowed_networks[0]: found \"10.0.0.0/99\"; expected"
                                + " an address or network such as 10.0.0.0/8",
                        "platform.yaml:17: personas.p.priority: found \"high\"; expected a whole number from -1000000"
                                + " to 1000000",
                        "platform.yaml:17: personas.p.tools.allow[0]: found \"[a-z]\"; expected a glob of letters,"
                                + " digits and _ . : / - with * and ?",
                        "platform.yaml:19: connections.c: found no source; expected exactly one of jndi, url, demo and files",
                        "platform.yaml:19: connections.c.max_rows: found \"0\"; expected a whole number from 1 to"
                                + " 100000",
                        "platform.yaml:19: connections.c.timeout: found \"soon\"; expected a duration such as 500ms,"
                                + " 30s, 5m or 2h",
                        "platform.yaml:20: audit.mode: found \"lazy\"; expected strict or batched",
                        "platform.yaml:21: limits.json_depth: found \"1e5\"; expected a whole number from 4 to 512",
                        "platform.yaml:22: surprise: found an unknown key; expected one of server, auth, personas,"
                                + " connections, queries, catalog, prompts, documents, skills, audit, limits, metrics,"
                                + " database");
    }

    @Test
    void connectionsWhoseNamesDifferOnlyInCaseAreAnError() {
        assertThat(Reading.errors("connections:\n  DW: {demo: retail}\n  dw: {demo: retail}\n"))
                .containsExactly("platform.yaml:3: connections.dw: found a name that differs from DW only in case;"
                        + " expected another name");
    }

    @Test
    void keyGivenTwiceIsAnErrorWhereItStandsTheSecondTime() {
        assertThat(Reading.errors("audit:\n  enabled: true\n  enabled: false\naudit: {}\n"))
                .containsExactlyInAnyOrder(
                        "platform.yaml:3: audit.enabled: found the key a second time; expected each key once",
                        "platform.yaml:4: audit: found the key a second time; expected each key once");
    }

    @Test
    void keyThatIsNoNameIsAnError() {
        assertThat(Reading.errors("audit:\n  [a, b]: 1\n  {c: d}: 2\n  ? - e\n  : 3\n"))
                .hasSize(3)
                .allMatch(error -> error.contains("audit: found a") && error.contains("as a key"));
        assertThat(Reading.errors("audit: {1: x, true: y, ~: z}\n")).hasSize(3);
    }

    @Test
    void valueOfNothingIsAnErrorWhereAValueBelongs() {
        assertThat(Reading.errors("audit:\n  retention_days:\n  enabled: ~\nserver: {name: null}\n"))
                .containsExactlyInAnyOrder(
                        "platform.yaml:2: audit.retention_days: found nothing; expected a single value",
                        "platform.yaml:3: audit.enabled: found nothing; expected a single value",
                        "platform.yaml:4: server.name: found nothing; expected a single value");
    }

    @Test
    void textIsNeverRetypedAsYamlWouldDo() {
        PlatformConfig config = Reading.config("""
                auth:
                  api_keys:
                    enabled: true
                    keys:
                      - {key: 1e5000000000000000, name: 1e5, roles: [no, 0x1F, 2030-01-31, 1_000, 3.10, yes, null-ish]}
                      - {key: "0001112223334445", name: 12345678901234567890, roles: [on]}
                personas:
                  no: {roles: [no], tools: {allow: [y]}}
                """);
        assertThat(config.apiKeys().keys().get(0).name()).isEqualTo("1e5");
        assertThat(config.apiKeys().keys().get(0).digest()).isEqualTo(KeyDigest.of("1e5000000000000000"));
        assertThat(config.apiKeys().keys().get(0).roles())
                .containsExactly("no", "0x1F", "2030-01-31", "1_000", "3.10", "yes", "null-ish");
        assertThat(config.apiKeys().keys().get(1).name()).isEqualTo("12345678901234567890");
        assertThat(config.personas().get(0).name()).isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "on", "off", "True", "TRUE", "1", "\"\"", "[true]", "{a: b}"})
    void onlyTrueAndFalseAreFlags(String value) {
        assertThat(Reading.errors("audit:\n  enabled: " + value))
                .singleElement()
                .asString()
                .contains("audit.enabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"010", "0x10", "1_000", "1e3", "+7", "7.0", " ", "\u0667", "99999999999", "-1", "36501"})
    void numberIsReadAsItStandsOrNotAtAll(String value) {
        assertThat(Reading.errors("audit: {retention_days: \"" + value + "\"}"))
                .singleElement()
                .asString()
                .contains("audit.retention_days")
                .contains("expected a whole number from 0 to 36500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0s", "-5s", "1.5s", "5 m", "5M", "1w", "366d", "PT5M", "9999999999s", "01s"})
    void durationNeedsANumberAndAUnit(String value) {
        assertThat(Reading.errors("limits: {heartbeat: \"" + value + "\"}"))
                .singleElement()
                .asString()
                .contains("expected a duration such as 500ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"45001ms", "46s", "60s", "1m", "2h", "365d"})
    void heartbeatThatNoServerWaitsForIsRefused(String value) {
        assertThat(Reading.errors("limits:\n  heartbeat: " + value))
                .singleElement()
                .asString()
                .isEqualTo("platform.yaml:2: limits.heartbeat: found \"" + value + "\"; expected at most 45s, because"
                        + " servers and proxies end a stream that is silent for 60s");
    }

    @Test
    void durationsAreReadWithTheirUnit() {
        for (String[] pair : new String[][] {
            {"250ms", "PT0.25S"}, {"30s", "PT30S"}, {"5m", "PT5M"}, {"2h", "PT2H"}, {"365d", "PT8760H"}
        }) {
            assertThat(Reading.config("limits: {session_idle: " + pair[0] + "}")
                            .limits()
                            .sessionIdle())
                    .isEqualTo(Duration.parse(pair[1]));
        }
    }

    @Test
    void expansionHappensPerScalarAndNotBeforeYaml() {
        PlatformConfig config = Reading.of(
                        "server:\n  name: \"${NAME}\"\naudit: {enabled: \"${FLAG:-false}\", retention_days: ${DAYS}}\n"
                                + "${SECTION}: 1\n",
                        java.util.Map.of("NAME", "a: b, c # d", "DAYS", "7", "SECTION", "limits"))
                .config()
                .orElse(PlatformConfig.denyAll());
        // a key of the file is not a value, so it is never expanded
        assertThat(config).isEqualTo(PlatformConfig.denyAll());

        config = Reading.of(
                        "server:\n  name: ${NAME}\naudit: {enabled: \"${FLAG:-false}\", retention_days: \"${DAYS}\"}\n",
                        java.util.Map.of("NAME", "a: b, c # d", "DAYS", "7"))
                .config()
                .orElseThrow();
        assertThat(config.server().name()).isEqualTo("a: b, c # d");
        assertThat(config.audit().enabled()).isFalse();
        assertThat(config.audit().retentionDays()).isEqualTo(7);
    }

    @Test
    void dollarDollarBraceIsALiteral() {
        assertThat(Reading.config("server: {name: \"$${KEY}\"}").server().name())
                .isEqualTo("${KEY}");
    }

    @Test
    void whatAVariableHoldsIsInNoMessage() {
        String text = """
                server: {name: "${CANARY}\\u0007", public_url: "${CANARY}", data_dir: "${CANARY}",
                         allowed_origins: ["${CANARY}"], trusted_proxies: ["${CANARY}"]}
                auth:
                  api_keys:
                    enabled: ${CANARY}
                    query_parameter: ${CANARY}
                    keys:
                      - {key: "${CANARY} ", name: "${CANARY}\\u0007", roles: ["${CANARY} "], expires_at: "${CANARY}",
                         allowed_networks: ["${CANARY}"], not_before: "${CANARY}"}
                      - {key_sha256: "${CANARY}", name: b, roles: [b]}
                      - {key: "${CANARY}", name: c, roles: [b]}
                      - {key: "${CANARY}", name: d, roles: [b]}
                personas:
                  p: {roles: ["${CANARY} "], priority: "${CANARY}", permissions: ["${CANARY}"],
                      tools: {allow: ["${CANARY} "]}, resources: {allow: ["${CANARY} "]}, prompts: {deny: ["${CANARY} "]}}
                connections:
                  c: {url: "${CANARY}", timeout: "${CANARY}", max_rows: "${CANARY}", allow_functions: ["${CANARY}"]}
                  d: {jndi: "${CANARY}:x"}
                  e: {demo: "${CANARY}"}
                prompts:
                  p: {text: "{{${CANARY}}} {{a}}", arguments: {a: {required: "${CANARY}", completes: "${CANARY}"}}}
                documents:
                  d: {file: "${CANARY}", uri: "${CANARY} ", mime_type: "${CANARY}"}
                  e: {file: "${CANARY}\\0"}
                skills: {folder: "${CANARY}\\0"}
                audit: {enabled: "${CANARY}", mode: "${CANARY}", retention_days: "${CANARY}"}
                limits: {heartbeat: "${CANARY}", json_depth: "${CANARY}"}
                """;
        assertThat(Reading.errors(text)).hasSizeGreaterThan(35).noneMatch(error -> error.contains("canary"));
        assertThat(Reading.warnings(text)).noneMatch(warning -> warning.contains("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {api_keys: {enabled: true, keys: [{key: canary-4711, name: a, roles: [a]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: 'canary-4711 ', name: a, roles: [a]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key_sha256: canary-4711, name: a, roles: [a]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{canary-4711-canary: a}]}}",
                "auth: {api_keys: {enabled: true, keys: [canary-4711]}}",
                "auth: {api_keys: {enabled: true, keys: [canary-4711: {name: a}]}}",
                "auth: {api_keys: {enabled: true, keys: {canary-4711: {name: a}}}}",
                "auth: {api_keys: {enabled: true, keys: [{canary-4711-canary: a, canary-4711-canary: b}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: [canary-4711]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: *canary-4711}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: @canary-4711}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: !canary-4711 x}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: %canary-4711}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: \"canary-4711}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: 'canary-4711\u0001'}]}}",
                "connections: {c: {url: 'canary-4711'}}",
                "connections: {c: {url: 'jdbc:x', password: [canary-4711]}}",
                "connections: {c: {jndi: java:x, password: canary-4711}}",
                "server: {public_url: 'https://user:canary-4711@host/'}",
                "server: {public_url: 'ftp://canary-4711@host/'}",
                "server: {allowed_origins: ['https://canary-4711@host']}",
            })
    void secretInTheFileIsInNoMessage(String text) {
        assertThat(Reading.errors(text)).isNotEmpty().noneMatch(error -> error.contains("canary"));
        assertThat(Reading.warnings(text)).noneMatch(warning -> warning.contains("canary"));
    }

    @Test
    void messageIsOneBoundedLineForEveryFile() {
        String hostile = "\"a\\r\\nERROR forged \\e[31m\\u202e" + "x".repeat(900) + "\"";
        assertThat(Reading.errors("audit: {enabled: " + hostile + "}\npersonas: {" + hostile + ": {roles: [a]}}\n"
                        + "connections: {" + hostile + ": 1}\nlimits: {" + hostile + ": 1}\n"
                        + "prompts: {" + hostile + ": {text: '{{" + "y".repeat(900) + "}}', arguments: {" + hostile
                        + ": 1}}}\ndocuments: {" + hostile + ": {file: " + hostile + "}, b: {uri: " + hostile + "}}\n"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(error -> assertThat(error).matches("[\\x20-\\x7e]{1,400}"));
    }

    @Test
    void scalarsMayBeAliasedAndCollectionsMayNot() {
        assertThat(Reading.config("server: {name: &n platform}\npersonas: {p: {roles: [*n], tools: {allow: [*n]}}}")
                        .personas()
                        .get(0)
                        .roles())
                .containsExactly("platform");
        assertThat(Reading.errors("personas:\n  p: &p {roles: [a], tools: {allow: [a]}}\n  q: *p\n"))
                .containsExactly("platform.yaml:3: found an alias (*) of a list or mapping; expected the list or"
                        + " mapping itself in its place");
        assertThat(Reading.errors("audit: &a\n  enabled: true\nlimits:\n  <<: *a\n"))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:4: found an alias");
        assertThat(Reading.errors("audit: {<<: {enabled: true}}"))
                .singleElement()
                .asString()
                .contains("unknown key");
        assertThat(Reading.errors("audit: &a [*a]")).singleElement().asString().contains("an alias");
        assertThat(Reading.errors("audit:\n  mode: *strict"))
                .containsExactly("platform.yaml:2: found an alias (*) of nothing; expected quotes around a value that"
                        + " begins with *");
    }

    @Test
    void billionLaughsAndEndlessNestingEndAtOnce() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (int level = 1; level < 30; level++) {
            laughs.append("a")
                    .append(level)
                    .append(": &a")
                    .append(level)
                    .append(" [")
                    .append(("*a" + (level - 1) + ",").repeat(9))
                    .append("]\n");
        }
        for (String bomb : new String[] {
            laughs.toString(), "[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "? ".repeat(2_000)
        }) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(Reading.errors(bomb)).isNotEmpty());
        }
    }

    @Test
    void tagsAreRefused() {
        assertThat(Reading.errors("""
                server: {name: !!binary aGVsbG8=, data_dir: !env HOME}
                audit: !section {enabled: true}
                personas: {p: {roles: !!set {a}, tools: {allow: [!x y]}}}
                """))
                .containsExactlyInAnyOrder(
                        "platform.yaml:1: server.name: found a tag (!); expected the value alone, in quotes if it"
                                + " begins with !",
                        "platform.yaml:1: server.data_dir: found a tag (!); expected the value alone, in quotes if it"
                                + " begins with !",
                        "platform.yaml:2: audit: found a tag (!); expected no tag",
                        "platform.yaml:3: personas.p.roles: found a tag (!); expected a list",
                        "platform.yaml:3: personas.p: found no roles; expected roles: a list of the roles that lead"
                                + " to this persona",
                        "platform.yaml:3: personas.p.tools.allow[0]: found a tag (!); expected the value alone, in"
                                + " quotes if it begins with !");
        assertThat(Reading.errors("audit: !!java.util.HashMap {enabled: true}"))
                .containsExactly("platform.yaml:1: found a tag (!); expected the value alone, in quotes if it begins"
                        + " with !");
        assertThat(Reading.config("server: {name: !!str 7}").server().name()).isEqualTo("7");
    }

    @Test
    void textThatIsNoYamlIsAnErrorAtItsLineInPlainWords() {
        assertThat(Reading.errors("audit:\n\tenabled: true\n"))
                .containsExactly("platform.yaml:2: found a tab in the indentation; expected spaces");
        assertThat(Reading.errors("audit: {}\n---\nlimits: {}\n"))
                .singleElement()
                .asString()
                .contains("found a second document");
        assertThat(Reading.errors("server:\n  name: @home\n"))
                .containsExactly("platform.yaml:2: found a character that no plain value may begin with; expected"
                        + " quotes around the value");
        assertThat(Reading.errors("server:\n  name: \"open\naudit: {}\n"))
                .singleElement()
                .asString()
                .contains("text that is not valid YAML here");
        assertThat(Reading.errors("server:\n  name: a\u0001b\n"))
                .containsExactly(
                        "platform.yaml:2: found the character U+0001; expected a text without control" + " characters");
        assertThat(Reading.errors("server:\n  name: a\n audit: {}\n"))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:3");
    }

    @Test
    void readerAnswersEveryFileWithConfigurationOrErrors() {
        Random random = new Random(20_261_125);
        char[] alphabet = "abz:,{}[]-?&*!|>'\"%@`#$ \n\t\\0~<=.\u00e9\u0001\ud83d".toCharArray();
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), alphabet[random.nextInt(alphabet.length)]);
            }
            ConfigReading reading = Reading.of(text.toString());
            assertThat(reading.config().isPresent()).isEqualTo(reading.errors().isEmpty());
            assertThat(reading.errors().toString()).doesNotContain(Reading.KEY);
        }
    }

    @Test
    void fileIsReadAsUtf8(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("my.yaml");
        Files.writeString(file, GOOD + "personas: {p: {roles: [\u00e9quipe], tools: {allow: [a]}}}\n");
        assertThat(read(file).config().orElseThrow().personas().get(0).roles()).containsExactly("\u00e9quipe");

        Files.write(file, (GOOD + "# \u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read(file).errors())
                .extracting(ConfigProblem::toString)
                .containsExactly("my.yaml: found bytes that are not UTF-8; expected a text file in UTF-8");
    }

    @Test
    void fileThatIsNotThereOrNoFileIsAnErrorWithItsPath(@TempDir Path directory) {
        assertThat(read(directory.resolve("none.yaml")).errors())
                .singleElement()
                .asString()
                .contains(directory.toString())
                .contains("none.yaml");
        assertThat(read(directory).errors()).singleElement().asString().contains("no regular file");
    }

    @Test
    void deviceIsNotReadForever() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(read(Path.of("/dev/zero")).errors()).isNotEmpty());
    }

    @Test
    void hugeFileIsRefusedUnread(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("huge.yaml");
        Files.writeString(file, "#" + "x".repeat(PlatformConfigReader.LARGEST_FILE));
        assertThat(read(file).errors()).singleElement().asString().contains("more than 4 MiB");
    }

    @Test
    void thousandsOfKeysAreReadInReasonableTime() {
        StringBuilder text = new StringBuilder("auth: {api_keys: {enabled: true, keys: [\n");
        for (int i = 0; i < 2_000; i++) {
            text.append("{key_sha256: ")
                    .append(KeyDigest.of("k" + i).hex())
                    .append(", name: n")
                    .append(i)
                    .append(", roles: [admin]},\n");
        }
        text.append("]}}");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Reading.config(text.toString()).apiKeys().keys())
                        .hasSize(2_000));
    }
}
