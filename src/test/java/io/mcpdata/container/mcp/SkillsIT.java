package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Skills of a folder beside {@code platform.yaml}, for callers with different personas. */
@ArquillianTest
@OnOneServer
@OnWildFly
@Timeout(300)
final class SkillsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SALES = "skill://sales-review/SKILL.md";
    private static final String LETTER = "skill://sales-review/templates/letter.md";
    private static final String BOARD = "skill://board-review/SKILL.md";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String yaml = "";

    @BeforeEach
    void serveSkills() throws IOException {
        write("sales-review/SKILL.md", "---\nname: sales-review\ndescription: Reviews sales\n---\n# Sales \u00e4\r\n");
        write("sales-review/templates/letter.md", "Hello");
        write("board-review/SKILL.md", "---\nname: board-review\ndescription: For the board\n---\n");
        yaml = platform.originalYaml()
                        .replace(
                                "    prompts: {allow: [\"*\"], deny: [board_*]}",
                                "    prompts: {allow: [\"*\"], deny: [board_*]}\n    skills: {allow: [\"*\"], deny: [board-*]}")
                + "\nskills: {folder: skills}\n";
        platform.configure(yaml);
        Eventually.within(SOON, "the skills", () -> skills(modern("analyst")).equals(List.of(SALES)));
    }

    @AfterEach
    void serveNone() {
        platform.configure(platform.originalYaml());
        Eventually.within(
                SOON,
                "the original configuration",
                () -> skills(modern("admin")).isEmpty());
    }

    private void write(String path, String text) throws IOException {
        Path file = platform.configurationFile().resolveSibling("skills").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void accessNamesTheSkillsThatTheCallerFinds() {
        JsonObject access =
                web.get("/api/v1/access?role=analyst", platform.key("admin")).json();
        assertThat(access.getJsonArray("skills")).hasToString("[\"sales-review\"]");
    }

    @Test
    void clientLearnsOfTheExtensionInTheRevisionThatHasIt() {
        assertThat(result(modern("viewer").ask(1, "server/discover", ""))
                        .getJsonObject("capabilities")
                        .getJsonObject("extensions"))
                .hasToString("{\"io.modelcontextprotocol/skills\":{\"directoryRead\":true},"
                        + "\"io.modelcontextprotocol/tasks\":{}}");
        McpClient older = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        assertThat(error(older.ask(2, "skills/list", "")).getInt("code")).isEqualTo(-32601);
        assertThat(older.ask(3, "resources/read", uri(SALES)).body()).contains("# Sales");
    }

    @Test
    void everyFileIsWhatTheEntryOfTheSkillSays() throws Exception {
        McpClient analyst = modern("analyst");
        JsonObject listed = result(analyst.ask(1, "skills/list", ""));
        assertThat(listed.getString("resultType")).isEqualTo("complete");
        assertThat(listed.getString("cacheScope")).isEqualTo("private");
        JsonObject skill = listed.getJsonArray("skills").getJsonObject(0);
        assertThat(skill.getJsonObject("frontmatter"))
                .hasToString("{\"name\":\"sales-review\",\"description\":\"Reviews sales\"}");
        JsonObject got = result(analyst.ask(2, "skills/get", uri(SALES)));
        assertThat(got.getJsonObject("skill")).isEqualTo(skill);
        assertThat(got).containsKeys("ttlMs", "cacheScope", "resultType");
        List<JsonObject> files = skill.getJsonArray("resources").getValuesAs(JsonObject.class);
        assertThat(files).extracting(file -> file.getString("uri")).containsExactly(SALES, LETTER);
        for (JsonObject file : files) {
            byte[] content = result(analyst.ask(3, "resources/read", uri(file.getString("uri"))))
                    .getJsonArray("contents")
                    .getJsonObject(0)
                    .getString("text")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(content).hasSize(file.getInt("size"));
            assertThat("sha256:"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(content)))
                    .isEqualTo(file.getString("digest"));
        }
        assertThat(children(analyst, "skill://sales-review"))
                .containsExactly(SALES + " text/markdown", "skill://sales-review/templates inode/directory");
        assertThat(children(analyst, "skill://sales-review/templates")).containsExactly(LETTER + " text/markdown");
    }

    @Test
    void deniedSkillIsReportedAsOneThatDoesNotExist() {
        assertThat(skills(modern("admin"))).containsExactly(BOARD, SALES);
        assertThat(skills(modern("viewer"))).isEmpty();
        McpClient analyst = modern("analyst");
        assertThat(analyst.ask(1, "resources/list", "").body())
                .contains(SALES, LETTER)
                .doesNotContain("board-review");
        for (String skill : List.of("board-review", "absent")) {
            String root = "skill://" + skill;
            assertThat(error(analyst.ask(2, "skills/get", uri(root + "/SKILL.md"))))
                    .hasToString("{\"code\":-32602,\"message\":\"No skill is served at " + root + "/SKILL.md\"}");
            assertThat(error(analyst.ask(3, "resources/directory/read", uri(root))))
                    .hasToString("{\"code\":-32602,\"message\":\"" + root + " is not a directory resource\"}");
            assertThat(error(analyst.ask(4, "resources/read", uri(root + "/SKILL.md"))))
                    .hasToString("{\"code\":-32602,\"message\":\"Resource not found: " + root
                            + "/SKILL.md\",\"data\":{\"uri\":\"" + root + "/SKILL.md\"}}");
        }
        for (String other : List.of("skill://sales-review/", SALES, "skill://sales-review/templates/..", "skill://")) {
            assertThat(error(analyst.ask(5, "resources/directory/read", uri(other)))
                            .getInt("code"))
                    .as(other)
                    .isEqualTo(-32602);
        }
        assertThat(error(analyst.ask(6, "skills/list", "\"cursor\":\"MTAw.AAAA\""))
                        .getInt("code"))
                .isEqualTo(-32602);
    }

    @Test
    void changedFileIsToldAndABrokenSkillIsRefused() throws IOException {
        McpClient analyst = modern("analyst");
        try (EventStream changes = analyst.stream(
                4,
                "subscriptions/listen",
                "\"notifications\":{\"resourcesListChanged\":true,\"resourceSubscriptions\":[\"" + LETTER + "\",\""
                        + BOARD + "\"]}")) {
            assertThat(changes.next("message").data())
                    .contains("acknowledged", LETTER)
                    .doesNotContain("board");
            write("sales-review/templates/letter.md", "Hello all");
            write("sales-review/extra.md", "more");
            platform.configure(yaml + "# a new version\n");
            assertThat(List.of(
                            changes.next("message").data(),
                            changes.next("message").data()))
                    .anyMatch(data -> data.contains("notifications/resources/updated") && data.contains(LETTER))
                    .anyMatch(data -> data.contains("notifications/resources/list_changed"));
            assertThat(analyst.ask(5, "resources/read", uri(LETTER)).body()).contains("Hello all");

            write("sales-review/SKILL.md", "---\nname: other\ndescription: x\n---\n");
            platform.configure(yaml + "# a broken version\n");
            Eventually.within(
                    SOON,
                    "the refusal",
                    () -> web.get("/api/v1/config", platform.key("admin"))
                            .body()
                            .contains("skills/sales-review/SKILL.md:2"));
            assertThat(analyst.ask(6, "resources/read", uri(LETTER)).body()).contains("Hello all");
        } finally {
            Files.delete(platform.configurationFile().resolveSibling("skills").resolve("sales-review/extra.md"));
        }
    }

    private McpClient modern(String caller) {
        return McpClient.stateless(web, platform.key(caller));
    }

    private static String uri(String uri) {
        return "\"uri\":\"" + uri + "\"";
    }

    private static List<String> skills(McpClient client) {
        return result(client.ask(7, "skills/list", "")).getJsonArray("skills").getValuesAs(JsonObject.class).stream()
                .map(skill -> skill.getString("uri"))
                .toList();
    }

    private static List<String> children(McpClient client, String directory) {
        return result(client.ask(8, "resources/directory/read", uri(directory)))
                .getJsonArray("resources")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(child -> child.getString("uri") + " " + child.getString("mimeType"))
                .toList();
    }

    private static JsonObject result(Answer answer) {
        assertThat(answer.body()).contains("\"result\"");
        return answer.json().getJsonObject("result");
    }

    private static JsonObject error(Answer answer) {
        return answer.json().getJsonObject("error");
    }
}
