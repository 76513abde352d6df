package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.mcpdata.config.KeyDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code check}; with one test for each line of the specification's "Troubleshooting". */
final class CheckCommandTest {

    private static final String ADMIN_KEY = "admin-key-0123456789-abcdef";
    private static final String VIEWER_KEY = "viewer-key-0123456789-abcdef";

    @TempDir
    Path directory;

    private RecordingTerminal terminal;

    @BeforeEach
    void anEnvironmentWithBothKeys() {
        terminal = new RecordingTerminal().with("API_KEY_ADMIN", ADMIN_KEY).with("API_KEY_VIEWER", VIEWER_KEY);
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("platform.yaml"), String.join("\n", lines) + "\n");
    }

    private Path twoKeys() throws IOException {
        return file(
                "auth:",
                "  api_keys:",
                "    enabled: true",
                "    keys:",
                "      - key: ${API_KEY_ADMIN}",
                "        name: admin-service",
                "        roles: [admin]",
                "      - key: ${API_KEY_VIEWER}",
                "        name: readonly",
                "        roles: [viewer]",
                "personas:",
                "  reader:",
                "    roles: [viewer]",
                "    tools: {allow: ['*']}",
                "    connections: {allow: ['*']}");
    }

    private int check(Path file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "check";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[arguments.length - 1] = file.toString();
        return terminal.run(arguments);
    }

    @Test
    void aGoodFilePassesAndTellsWhatEachKeyLeadsTo() throws IOException {
        assertThat(check(twoKeys())).isZero();

        String adminId = KeyDigest.of(ADMIN_KEY).id();
        String viewerId = KeyDigest.of(VIEWER_KEY).id();
        assertThat(terminal.out())
                .isEqualTo(String.join(
                        "\n",
                        "KEY ID        NAME           ROLES   STATUS  LEADS TO",
                        adminId + "  admin-service  admin   active  persona admin",
                        viewerId + "  readonly       viewer  active  persona reader",
                        "platform.yaml: valid: 0 errors, 0 warnings",
                        ""));
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void allErrorsAreToldAtOnceEachWithFileAndLine() throws IOException {
        Path file = file(
                "auth:",
                "  api_keys:",
                "    enabled: maybe",
                "    keys:",
                "      - key: ${API_KEY_ADMIN}",
                "        name: admin-service",
                "        roles: []",
                "unknown: 1");

        assertThat(check(file)).isEqualTo(1);

        assertThat(terminal.out())
                .contains("platform.yaml:3: error: auth.api_keys.enabled: found \"maybe\"; expected true or false")
                .contains("platform.yaml:7: error: auth.api_keys.keys[0].roles: found no role")
                .contains("platform.yaml:8: error: unknown: found an unknown key")
                .endsWith("platform.yaml: refused by the server: 3 errors, 0 warnings\n");
    }

    @Test
    void filesOfDocumentsAreReadBesideTheCheckedFile() throws IOException {
        Path file = file("documents:", "  terms: {file: terms.md}", "prompts:", "  p: {text: '{{x}}'}");

        assertThat(check(file)).isEqualTo(1);

        assertThat(terminal.out())
                .contains(
                        "platform.yaml:2: error: documents.terms.file: found \"terms.md\": no regular file; expected a"
                                + " text file in UTF-8 of at most 1 MiB that the server's user may read; a relative path begins"
                                + " at " + directory + "\n")
                .contains("platform.yaml:4: error: prompts.p.text: found {{x}}, which is no argument of this prompt")
                .endsWith("platform.yaml: refused by the server: 2 errors, 0 warnings\n");

        Files.writeString(directory.resolve("terms.md"), "# Terms");
        assertThat(check(file("auth: {api_keys: {enabled: true, keys: []}}", "documents: {terms: {file: terms.md}}")))
                .isZero();
    }

    @Test
    void brokenSkillIsReportedWithItsFileAndLine() throws IOException {
        Path skill =
                Files.createDirectories(directory.resolve("skills/refunds")).resolve("SKILL.md");
        Files.writeString(skill, "---\nname: refund\ndescription: x\n---\n");
        String[] lines = {"auth: {api_keys: {enabled: true, keys: []}}", "skills: {folder: skills}"};

        assertThat(check(file(lines))).isEqualTo(1);

        assertThat(terminal.out())
                .contains("skills/refunds/SKILL.md:2: error: name: found \"refund\"; expected the name of the folder,"
                        + " refunds\n");

        Files.writeString(skill, "---\nname: refunds\ndescription: x\n---\n");
        assertThat(check(file(lines))).isZero();
    }

    @Test
    void unusedArgumentOfAPromptIsAWarning() throws IOException {
        Path file =
                file("auth: {api_keys: {enabled: true, keys: []}}", "prompts: {p: {text: 'x', arguments: {region: }}}");

        assertThat(check(file)).isZero();
        assertThat(check(file, "--strict", "--format", "json")).isEqualTo(1);

        assertThat(terminal.out())
                .contains(
                        "platform.yaml:2: warning: prompts.p.arguments.region: found an argument that the text does not"
                                + " use; expected {{region}} in the text, or no such argument")
                .contains("\"key\": \"prompts.p.arguments.region\"");
    }

    @Test
    void aWarningPassesUnlessStrict() throws IOException {
        Path file = file(
                "auth: {api_keys: {enabled: true, keys: [{key: a-literal-key-of-the-file, name: x, roles: [admin]}]}}");

        assertThat(check(file)).isZero();
        assertThat(check(file, "--strict")).isEqualTo(1);

        assertThat(terminal.out())
                .contains("platform.yaml:1: warning: auth.api_keys.keys[0].key: found a literal key in the file");
    }

    @Test
    void noKeyIsEverPrinted() throws IOException {
        Path file = file(
                "auth: {api_keys: {enabled: true, keys: [{key: a-literal-key-of-the-file, name: x, roles: [admin]},",
                "  {key: 'a padded literal key ', name: y, roles: [admin]},",
                "  {key: '${API_KEY_ADMIN}', name: z, roles: [admin]},",
                "  {key: '${API_KEY_ADMIN}', name: z, roles: [admin]}]}}");

        check(file);
        check(file, "--format", "json");

        assertThat(terminal.out() + terminal.err())
                .doesNotContain("a-literal-key-of-the-file")
                .doesNotContain("a padded literal key")
                .doesNotContain(ADMIN_KEY);
    }

    @Test
    void keyRejectedBecauseOfExtraWhitespaceInItsVariable() throws IOException {
        terminal.with("API_KEY_VIEWER", VIEWER_KEY + "\n");

        assertThat(check(twoKeys())).isEqualTo(1);

        assertThat(terminal.out())
                .contains("platform.yaml:8: error: auth.api_keys.keys[1].key: found a key with whitespace around it");
    }

    @Test
    void keyInAFileIsReadAndAFileThatCannotBeUsedIsNamedWithoutItsContent() throws IOException {
        Path secret = Files.writeString(directory.resolve("api_key_viewer"), VIEWER_KEY + "\n");
        Path file = Files.writeString(
                directory.resolve("other.yaml"),
                Files.readString(twoKeys()).replace("${API_KEY_VIEWER}", "${file:" + secret + "}"));

        assertThat(check(file, "--strict")).isZero();
        assertThat(terminal.out()).contains(KeyDigest.of(VIEWER_KEY).id() + "  readonly");

        Files.writeString(secret, VIEWER_KEY + "\n\n");
        assertThat(check(file)).isEqualTo(1);
        Files.delete(secret);
        assertThat(check(file)).isEqualTo(1);
        assertThat(terminal.out())
                .contains("other.yaml:8: error: auth.api_keys.keys[1].key: found a key with whitespace around it")
                .contains("other.yaml:8: error: auth.api_keys.keys[1].key: found the file " + secret
                        + ", which does not exist");
        assertThat(terminal.out() + terminal.err()).doesNotContain(VIEWER_KEY);
    }

    @Test
    void whitespaceInAPasswordIsAWarningAndInAUserNameAnError() throws IOException {
        terminal.with("DB_PASSWORD", "canary-4711\n").with("DB_USER", "reader");
        Path file =
                file("connections:", "  c: {url: 'jdbc:h2:mem:x', username: '${DB_USER}', password: '${DB_PASSWORD}'}");

        assertThat(check(file)).isZero();
        assertThat(check(file, "--strict")).isEqualTo(1);
        assertThat(terminal.out())
                .contains(
                        "platform.yaml:2: warning: connections.c.password: found a password with whitespace around it");

        terminal.with("DB_USER", "reader\n");
        assertThat(check(file)).isEqualTo(1);
        assertThat(terminal.out())
                .contains(
                        "platform.yaml:2: error: connections.c.username: found a user name with whitespace around it");
        assertThat(terminal.out() + terminal.err()).doesNotContain("canary");
    }

    @Test
    void keyRejectedBecauseItsVariableIsSetToNothing() throws IOException {
        terminal.with("API_KEY_VIEWER", "");

        assertThat(check(twoKeys())).isEqualTo(1);

        assertThat(terminal.out()).contains("auth.api_keys.keys[1].key: found an empty key");
    }

    @Test
    void keyRejectedBecauseItsVariableIsNotSet() throws IOException {
        terminal = new RecordingTerminal().with("API_KEY_ADMIN", ADMIN_KEY);

        assertThat(check(twoKeys())).isEqualTo(1);

        assertThat(terminal.out()).contains("found the variable API_KEY_VIEWER, which is not set");
    }

    @Test
    void keyRejectedBecauseTheSectionIsNotEnabled() throws IOException {
        Path file =
                file("auth: {api_keys: {enabled: false, keys: [{key: '${API_KEY_ADMIN}', name: x, roles: [admin]}]}}");

        assertThat(check(file)).isZero();
        assertThat(check(file, "--strict")).isEqualTo(1);

        assertThat(terminal.out())
                .contains("warning: auth.api_keys.enabled: found no true; expected true; every API key is refused")
                .contains("disabled  401: auth.api_keys.enabled is not true");
    }

    @Test
    void wrongRolesAppliedShowInTheTableOfKeys() throws IOException {
        assertThat(check(twoKeys(), "--key-id", KeyDigest.of(VIEWER_KEY).id())).isZero();

        assertThat(terminal.out())
                .contains("key " + KeyDigest.of(VIEWER_KEY).id()
                        + ": it is auth.api_keys.keys[1] (readonly), roles viewer: persona reader\n"
                        + "  permissions: mcp:connect\n");
    }

    @Test
    void wrongKeyUsedIsToldWithoutShowingIt() throws IOException {
        terminal.typing(VIEWER_KEY + "\n");

        assertThat(check(twoKeys(), "--key-stdin")).isZero();

        assertThat(terminal.out())
                .contains("it is auth.api_keys.keys[1] (readonly)")
                .doesNotContain(VIEWER_KEY);
    }

    @Test
    void rolesThatNoPersonaListsLeadTo403() throws IOException {
        Path file = file(
                "auth: {api_keys: {enabled: true, keys: [{key: '${API_KEY_ADMIN}', name: x, roles: [unlisted]}]}}");

        assertThat(check(file)).isZero();

        assertThat(terminal.out())
                .contains("warning: auth.api_keys.keys[0].roles: found unlisted, which no persona lists")
                .contains("403 everywhere but at /api/v1/whoami: no persona lists a role of this key");
    }

    @Test
    void worksLocallyButNotInProductionShowsWithTheOtherEnvironmentsFile() throws IOException {
        Path production = Files.writeString(
                directory.resolve("production.env"),
                "# the server's\n\nexport API_KEY_ADMIN='" + ADMIN_KEY + "'\nAPI_KEY_VEIWER=" + VIEWER_KEY + "\n");

        assertThat(check(twoKeys())).isZero();
        assertThat(check(twoKeys(), "--env-file", production.toString())).isEqualTo(1);

        assertThat(terminal.out())
                .contains("found the variable API_KEY_VIEWER, which is not set")
                .doesNotContain("API_KEY_ADMIN, which is not set");
    }

    @Test
    void anEnvironmentFileThatCannotBeReadIsAUsageError() throws IOException {
        assertThat(check(twoKeys(), "--env-file", directory.resolve("none").toString()))
                .isEqualTo(2);
        Path broken = Files.writeString(directory.resolve("broken.env"), "A=1\nthis is a secret\n");
        assertThat(check(twoKeys(), "--env-file", broken.toString())).isEqualTo(2);

        assertThat(terminal.err()).contains("broken.env:2: expected NAME=value").doesNotContain("this is a secret");
    }

    @Test
    void aKeyOfNoEntryFails() throws IOException {
        terminal.typing("some-other-key-of-another-caller");

        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);

        assertThat(terminal.out()).contains("no entry has it, so the server answers 401; the key was removed");
    }

    @Test
    void aPaddedKeyIsToldFromAWrongOne() throws IOException {
        terminal.typing(" " + VIEWER_KEY);

        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);

        assertThat(terminal.out())
                .contains("the key has whitespace around it; without that it is the key of auth.api_keys.keys[1]");
    }

    @Test
    void onlyOneLineEndIsTakenForTheShells() throws IOException {
        terminal.typing(VIEWER_KEY + "\n\n");

        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);

        assertThat(terminal.out()).contains("the key has whitespace around it");
    }

    @Test
    void noKeyAtAllIsToldFromAWrongOne() throws IOException {
        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);

        assertThat(terminal.out()).contains("the key is empty: is the variable set?");
    }

    @Test
    void aMistypedGeneratedKeyIsToldFromAWrongOne() throws IOException {
        RecordingTerminal maker = new RecordingTerminal();
        maker.run("keygen", "--quiet");
        String key = maker.out().strip();
        String slip = key.substring(0, 20) + (key.charAt(20) == 'a' ? 'b' : 'a') + key.substring(21);

        terminal.typing(slip);
        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);
        assertThat(terminal.out()).contains("the checksum in the key does not hold");

        terminal.typing(key.substring(0, 50));
        assertThat(check(twoKeys(), "--key-stdin")).isEqualTo(1);
        assertThat(terminal.out()).contains("it was cut or something was added").doesNotContain(key.substring(0, 50));
    }

    @Test
    void aKeyInPlaceOfAKeyIdIsRefusedWithoutRepeatingIt() throws IOException {
        assertThat(check(twoKeys(), "--key-id", VIEWER_KEY)).isEqualTo(2);

        assertThat(terminal.err())
                .contains("expected the 12 hexadecimal digits")
                .doesNotContain(VIEWER_KEY);
    }

    @Test
    void expiryAndStartOfAKeyShow() throws IOException {
        Path file = file(
                "auth:",
                "  api_keys:",
                "    enabled: true",
                "    keys:",
                "      - {key: '${API_KEY_ADMIN}', name: old, roles: [admin], expires_at: '2026-06-01T12:00:00Z'}",
                "      - {key: '${API_KEY_VIEWER}', name: new, roles: [admin], not_before: '2026-06-01T12:00:01Z'}");

        assertThat(check(file)).isZero();

        assertThat(terminal.out())
                .contains("warning: auth.api_keys.keys[0].expires_at: found a time that is over")
                .containsPattern("old +admin +expired +401: expired")
                .containsPattern("new +admin +not_yet_valid +401: not yet valid");
    }

    @Test
    void theNetworksOfAKeyShow() throws IOException {
        Path file = file("auth: {api_keys: {enabled: true, keys: [{key: '${API_KEY_ADMIN}', name: x, roles: [admin],"
                + " allowed_networks: [10.0.0.0/8]}]}}");

        check(file, "--key-id", KeyDigest.of(ADMIN_KEY).id());

        assertThat(terminal.out()).contains("  only from: [10.0.0.0/8]");
    }

    @Test
    void jsonTellsTheSameToPrograms() throws IOException {
        terminal.typing("some-other-key-of-another-caller");

        assertThat(check(twoKeys(), "--format", "json", "--key-stdin")).isEqualTo(1);

        JsonObject report = JsonParser.parseString(terminal.out()).getAsJsonObject();
        assertThat(report.get("valid").getAsBoolean()).isTrue();
        assertThat(report.get("passed").getAsBoolean()).isFalse();
        assertThat(report.getAsJsonArray("errors")).isEmpty();
        JsonObject viewer = report.getAsJsonArray("keys").get(1).getAsJsonObject();
        assertThat(viewer.get("key_id").getAsString())
                .isEqualTo(KeyDigest.of(VIEWER_KEY).id());
        assertThat(viewer.get("persona").getAsString()).isEqualTo("reader");
        assertThat(viewer.get("status").getAsString()).isEqualTo("active");
        assertThat(report.getAsJsonObject("key").get("entry").isJsonNull()).isTrue();
    }

    @Test
    void jsonOfARefusedFileHoldsItsErrors() throws IOException {
        assertThat(check(file("auth: [1"), "--format", "json")).isEqualTo(1);

        JsonObject report = JsonParser.parseString(terminal.out()).getAsJsonObject();
        assertThat(report.get("valid").getAsBoolean()).isFalse();
        JsonObject error = report.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertThat(error.get("found").getAsString()).contains("not valid YAML");
        assertThat(error.get("line").getAsInt()).isPositive();
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        assertThat(check(directory.resolve("none.yaml"))).isEqualTo(1);

        assertThat(terminal.out()).contains("none.yaml: error: found no regular file");
    }

    @Test
    void noFileIsAUsageError() {
        assertThat(terminal.run("check")).isEqualTo(2);

        assertThat(terminal.err()).contains("Missing required parameter: 'FILE'");
    }

    /** The files of server-config set DATA_DIR on every server, so the shell of the operator need not. */
    @Test
    void filesOfTheDemoAndOfTheGuideNeedOnlyTheirKeys() throws IOException {
        terminal.with("API_KEY_ANALYST", "analyst-key-0123456789")
                .with("API_KEY_GERMANY", "germany-key-0123456789")
                .with("API_KEY_READONLY", "readonly-key-0123456789");

        assertThat(check(Path.of("demo/platform.yaml"), "--strict")).isZero();
        assertThat(check(file(DocumentedFiles.guide()), "--strict")).isZero();
        Path environment = Files.writeString(directory.resolve("x.env"), "API_KEY_ANALYST=analyst-key-0123456789\n");
        assertThat(check(file(DocumentedFiles.guide()), "--strict", "--env-file", environment.toString()))
                .isZero();

        assertThat(terminal.out())
                .contains("persona analyst")
                .contains("persona viewer")
                .doesNotContain("DATA_DIR");
    }

    @Test
    void everyOtherVariableOfThePlaceOfTheStoreMustBeSet() throws IOException {
        assertThat(check(file("server: {data_dir: '${DATA_DRI}'}", "auth: {api_keys: {enabled: true, keys: []}}")))
                .isEqualTo(1);
        terminal.with("DATA_DIR", "not/absolute");
        assertThat(check(file("server: {data_dir: '${DATA_DIR}'}", "auth: {api_keys: {enabled: true, keys: []}}")))
                .isEqualTo(1);

        assertThat(terminal.out())
                .contains("server.data_dir: found the variable DATA_DRI, which is not set")
                .contains("server.data_dir: found a value that cannot be used; expected an absolute path");
    }

    @Test
    void aVariableIsFoundAsAServerFindsIt() throws IOException {
        terminal.with("MY_ADMIN_KEY", ADMIN_KEY);
        Path file =
                file("auth: {api_keys: {enabled: true, keys: [{key: '${my.admin.key}', name: x, roles: [admin]}]}}");

        assertThat(check(file)).isZero();
    }
}
