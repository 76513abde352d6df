package io.mcpdata.toolkit.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.gateway.CallClient;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.gateway.FeatureLists;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.PersonaDirectory;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.ReadResourceRequest;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.SettableConfiguration;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Skills of a folder through the gateway: what the persona denies does not exist, in lists, entries and reads alike. */
final class SkillsTest {

    private static final RequestOrigin ORIGIN = new RequestOrigin("request-1", "127.0.0.1", "test");

    @TempDir
    Path folder;

    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final SettableConfiguration configuration = new SettableConfiguration();

    @SuppressWarnings("NullAway") // the event of an update is not fired here
    private final FeatureGateway gateway = new FeatureGateway(
            List.<Toolkit>of(new ConfiguredToolkit(configuration, (context, wanted, known) -> List.of(), null)), audit);

    @BeforeEach
    void twoSkills() throws IOException {
        skill("audits");
        skill("refunds");
        write("refunds/templates/letter.txt", "Hello");
        write("refunds/templates/regional/eu.txt", "x");
        write("refunds/templates.txt", "x");
    }

    private void skill(String name) throws IOException {
        write(name + "/SKILL.md", "---\nname: " + name + "\ndescription: About " + name + "\n---\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve("skills").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A caller of a persona with these rules, in a configuration that is read now. */
    private AuthorizedCaller caller(String rules) throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("platform.yaml"),
                "personas: {p: {roles: [r], tools: {allow: [x]}, connections: {allow: ['*']}, " + rules
                        + "}}\nskills: {folder: skills}\n");
        ConfigReading reading = new PlatformConfigReader(name -> Optional.empty()).read(yaml);
        configuration.set(reading.config()
                .orElseThrow(() -> new AssertionError(reading.errors().toString())));
        return new AuthorizedCaller(
                new PlatformCaller("ann", AuthenticationMethod.API_KEY, "key-of-ann", List.of("r"), null),
                new PersonaDirectory(configuration.config().personas())
                        .personaFor(List.of("r"))
                        .orElseThrow());
    }

    private static ClientCall call(AuthorizedCaller caller) {
        return new ClientCall(caller, ORIGIN, new Cancellation(), CallClient.NONE, late -> {});
    }

    private static JsonObject json(Optional<FeatureResult> result) {
        return Json.readObject(result.orElseThrow().write(ClientRevision.of(ProtocolVersion.V2026_07_28)));
    }

    private JsonObject list(AuthorizedCaller caller, Optional<String> cursor) {
        return json(gateway.listSkills(call(caller), new PaginatedRequest(cursor)));
    }

    private JsonObject get(AuthorizedCaller caller, String uri) {
        return json(gateway.getSkill(call(caller), new ReadResourceRequest(uri)));
    }

    private JsonObject read(AuthorizedCaller caller, String uri) {
        return json(gateway.readResource(call(caller), new ReadResourceRequest(uri)));
    }

    private JsonObject directory(AuthorizedCaller caller, String uri, Optional<String> cursor) {
        return json(gateway.listDirectory(call(caller), new DirectoryRequest(uri, new PaginatedRequest(cursor))));
    }

    private static List<String> uris(JsonObject result, String member) {
        return result.getJsonArray(member).getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("uri"))
                .toList();
    }

    private List<String> resources(AuthorizedCaller caller) {
        return uris(json(gateway.listResources(call(caller), new PaginatedRequest(Optional.empty()))), "resources");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skills: {allow: ['*']}|true|true",
                "skills: {allow: ['*'], deny: [refunds]}|true|false",
                "skills: {allow: [re*]}|false|true",
                "resources: {allow: ['*']}|false|false",
                "resources: {deny: ['*']}, skills: {allow: [audits]}|true|false",
            })
    void whatIsListedIsWhatCanBeGotReadAndSubscribed(String rules, boolean audits, boolean refunds) throws IOException {
        AuthorizedCaller caller = caller(rules);
        for (String name : List.of("audits", "refunds")) {
            boolean exists = name.equals("audits") ? audits : refunds;
            String main = "skill://" + name + "/SKILL.md";
            assertThat(uris(list(caller, Optional.empty()), "skills").contains(main))
                    .isEqualTo(exists);
            assertThat(resources(caller).contains(main)).isEqualTo(exists);
            assertThat(catchThrowable(() -> get(caller, main)) == null).isEqualTo(exists);
            assertThat(catchThrowable(() -> read(caller, main)) == null).isEqualTo(exists);
            assertThat(catchThrowable(() -> directory(caller, "skill://" + name, Optional.empty())) == null)
                    .isEqualTo(exists);
            assertThat(gateway.mayRead(caller, main)).isEqualTo(exists);
            assertThat(catchThrowable(() -> gateway.checkSubscription(caller, ORIGIN, main)) == null)
                    .isEqualTo(exists);
        }
    }

    @Test
    void entryHasEveryFileAndReadingGivesTheSameBytes() throws IOException {
        AuthorizedCaller caller = caller("skills: {allow: ['*']}");
        JsonObject skill = get(caller, "skill://refunds/SKILL.md").getJsonObject("skill");
        assertThat(list(caller, Optional.empty()).getJsonArray("skills")).contains(skill);
        assertThat(uris(skill, "resources"))
                .containsExactly(
                        "skill://refunds/SKILL.md",
                        "skill://refunds/templates/letter.txt",
                        "skill://refunds/templates/regional/eu.txt",
                        "skill://refunds/templates.txt");
        assertThat(skill.getJsonObject("frontmatter"))
                .hasToString("{\"name\":\"refunds\",\"description\":\"About refunds\"}");
        JsonObject letter = skill.getJsonArray("resources").getJsonObject(1);
        assertThat(letter.getInt("size")).isEqualTo(5);
        assertThat(letter.getString("digest")).matches("sha256:[0-9a-f]{64}");
        assertThat(read(caller, letter.getString("uri"))
                        .getJsonArray("contents")
                        .getJsonObject(0))
                .hasToString("{\"uri\":\"skill://refunds/templates/letter.txt\",\"mimeType\":\"text/plain\","
                        + "\"text\":\"Hello\"}");
    }

    @Test
    void folderHasItsOwnFilesAndFolders() throws IOException {
        AuthorizedCaller caller = caller("skills: {allow: ['*']}");
        assertThat(directory(caller, "skill://refunds", Optional.empty()).getJsonArray("resources"))
                .hasToString("[{\"uri\":\"skill://refunds/SKILL.md\",\"name\":\"refunds\",\"description\":\"About"
                        + " refunds\",\"mimeType\":\"text/markdown\",\"size\":49},"
                        + "{\"uri\":\"skill://refunds/templates\",\"name\":\"templates\","
                        + "\"mimeType\":\"inode/directory\"},"
                        + "{\"uri\":\"skill://refunds/templates.txt\",\"name\":\"templates.txt\","
                        + "\"mimeType\":\"text/plain\",\"size\":1}]");
        assertThat(uris(directory(caller, "skill://refunds/templates", Optional.empty()), "resources"))
                .containsExactly("skill://refunds/templates/letter.txt", "skill://refunds/templates/regional");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skill://absent",
                "skill://",
                "skill:/",
                "skill://refunds/",
                "skill://refunds/SKILL.md",
                "skill://refunds/templates/",
                "skill://refunds/templates/..",
                "skill://refunds/template",
                "skill://refund",
                "SKILL://refunds",
                "skill://Refunds",
                "skill://refunds/%74emplates",
                "skill://audits",
                "skill://audits/SKILL.md",
                "skill://refunds/../audits",
            })
    void whatIsNoFolderForTheCallerIsReportedInOneWay(String uri) throws IOException {
        AuthorizedCaller caller = caller("skills: {allow: ['*'], deny: [audits]}");
        assertThatThrownBy(() -> directory(caller, uri, Optional.empty()))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PARAMS))
                .hasMessage(uri + " is not a directory resource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skill://absent/SKILL.md",
                "skill://audits/SKILL.md",
                "skill://refunds",
                "skill://refunds/skill.md",
                "skill://refunds/templates/letter.txt",
                "skill://refunds//SKILL.md",
                "skill://refunds/./SKILL.md",
            })
    void whatIsNoSkillForTheCallerIsReportedInOneWay(String uri) throws IOException {
        AuthorizedCaller caller = caller("skills: {allow: ['*'], deny: [audits]}");
        assertThatThrownBy(() -> get(caller, uri))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PARAMS))
                .hasMessage("No skill is served at " + uri);
    }

    @Test
    void everyRequestLeavesItsRow() throws IOException {
        AuthorizedCaller caller = caller("skills: {allow: ['*'], deny: [audits]}");
        list(caller, Optional.empty());
        get(caller, "skill://refunds/SKILL.md");
        directory(caller, "skill://refunds", Optional.empty());
        read(caller, "skill://refunds/SKILL.md");
        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> get(caller, "skill://audits/SKILL.md"),
                () -> get(caller, "skill://absent/SKILL.md"),
                () -> directory(caller, "skill://audits", Optional.empty()),
                () -> read(caller, "skill://audits/SKILL.md"),
                () -> list(caller, Optional.of("x")))) {
            assertThatThrownBy(refused).isInstanceOf(ProtocolException.class);
        }
        assertThat(audit.rows())
                .extracting(row ->
                        row.type() + " " + row.outcome() + " " + row.category() + " " + row.rule() + " " + row.rows())
                .containsExactly(
                        "SKILL_LIST SUCCESS   1",
                        "SKILL_GET SUCCESS   -1",
                        "RESOURCE_LIST SUCCESS   3",
                        "RESOURCE_READ SUCCESS   -1",
                        "SKILL_GET DENIED skill_denied skills.deny[audits] -1",
                        "SKILL_GET DENIED skill_unknown  -1",
                        "RESOURCE_LIST DENIED skill_denied skills.deny[audits] -1",
                        "RESOURCE_READ DENIED skill_denied skills.deny[audits] -1",
                        "SKILL_LIST ERROR invalid_params  -1");
        assertThat(audit.rows().get(2)).extracting(AuditEvent::parameters).isEqualTo("{\"uri\":\"skill://refunds\"}");
    }

    @Test
    void listsHavePagesAndACursorIsForOneList() throws IOException {
        for (int i = 0; i < 120; i++) {
            skill("s" + i);
            write("refunds/more/f" + i, "x");
        }
        AuthorizedCaller caller = caller("skills: {allow: ['*']}");
        JsonObject first = list(caller, Optional.empty());
        Optional<String> cursor = Optional.of(first.getString("nextCursor"));
        List<String> all = new ArrayList<>(uris(first, "skills"));
        assertThat(all).hasSize(100);
        all.addAll(uris(list(caller, cursor), "skills"));
        assertThat(all).hasSize(122).doesNotHaveDuplicates();
        assertThat(list(caller, cursor)).doesNotContainKey("nextCursor");

        JsonObject files = directory(caller, "skill://refunds/more", Optional.empty());
        Optional<String> next = Optional.of(files.getString("nextCursor"));
        assertThat(uris(directory(caller, "skill://refunds/more", next), "resources"))
                .hasSize(20);
        assertThatThrownBy(() -> directory(caller, "skill://refunds", next)).hasMessageContaining("cursor");
        assertThatThrownBy(() -> directory(caller, "skill://refunds/more", cursor))
                .hasMessageContaining("cursor");
        assertThatThrownBy(() -> list(caller, next)).hasMessageContaining("cursor");
    }

    @Test
    void newFileAndAnotherRuleChangeTheListOfResources() throws IOException {
        FeatureLists before = gateway.lists(caller("skills: {allow: [refunds]}"));
        assertThat(before.skills()).containsExactly("refunds");
        write("audits/new.txt", "x");
        assertThat(gateway.lists(caller("skills: {allow: [refunds]}"))).isEqualTo(before);
        write("refunds/new.txt", "x");
        assertThat(gateway.lists(caller("skills: {allow: [refunds]}")).resources())
                .isNotEqualTo(before.resources());
        assertThat(gateway.lists(caller("skills: {allow: [audits]}")).resources())
                .containsExactly("skill://audits/SKILL.md", "skill://audits/new.txt");
    }
}
