package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.DocumentedCommands;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which persona a caller has and why, what exists for it, and which rule decides. */
@ArquillianTest
final class AccessIT {

    private static final String ACCESS = "/api/v1/access";
    private static final String PERSONAS = "/api/v1/personas";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private JsonObject asked(String query) {
        return ok(web.get(ACCESS + query, platform.key("admin")));
    }

    private JsonObject posted(String body) {
        return ok(web.post(ACCESS, platform.key("admin"), body));
    }

    private static JsonObject ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> texts(JsonObject json, String member) {
        return json.getJsonArray(member).getValuesAs(JsonString::getString);
    }

    private String keyId(String name) {
        return KeyDigest.of(platform.key(name)).id();
    }

    @Test
    void callerReadsItsOwnAccess() {
        JsonObject own = asked("");
        assertThat(own.getJsonObject("subject"))
                .hasToString("{\"kind\":\"caller\",\"name\":\"admin-service\",\"authentication\":\"api_key\","
                        + "\"credential_id\":\"" + keyId("admin") + "\"}");
        assertThat(own.getString("persona")).isEqualTo("admin");
        assertThat(own.getBoolean("accepted")).isTrue();
        assertThat(texts(own, "permissions")).contains("platform:admin", "personas:read");
        assertThat(texts(own, "connections")).contains("warehouse", "archive", "unreachable");
    }

    @Test
    void accessOfAnotherKeyIsWhatItsOwnerFinds() {
        JsonObject access = asked("?key_id=" + keyId("viewer"));
        assertThat(access.getString("persona")).isEqualTo("viewer");
        assertThat(access.getString("why")).isEqualTo("Persona viewer lists viewer, and its priority is 5.");
        assertThat(texts(access, "connections")).containsExactly("warehouse");
        assertThat(texts(access, "tools"))
                .contains("platform_info", "sql_list_tables")
                .doesNotContain("sql_query", "sql_explain");
        JsonObject called = ok(web.get("/api/v1/whoami", platform.key("viewer")));
        assertThat(texts(access, "permissions")).isEqualTo(texts(called, "permissions"));
    }

    @ParameterizedTest
    @CsvSource({
        "expired, The key is expired., admin",
        "early, The key is not yet valid., admin",
        "stray, '', ''",
    })
    void keyThatGivesNoAccessSaysWhy(String name, String refused, String persona) {
        JsonObject access = asked("?key_id=" + keyId(name) + "&tool=sql_query");
        assertThat(access.getBoolean("accepted")).isEqualTo(refused.isEmpty());
        assertThat(access.getString("refused", "")).isEqualTo(refused);
        if (persona.isEmpty()) {
            assertThat(access.isNull("persona")).isTrue();
            assertThat(access.getString("why"))
                    .isEqualTo("No persona lists any of the roles. Read: roles unlisted-role.");
            assertThat(texts(access, "roles_without_persona")).containsExactly("unlisted-role");
            assertThat(access.getJsonArray("decisions"))
                    .hasToString("[{\"kind\":\"tool\",\"name\":\"sql_query\",\"exists\":true,\"allowed\":false,"
                            + "\"rule\":\"no persona\"}]");
        } else {
            assertThat(access.getString("persona")).isEqualTo(persona);
        }
    }

    @Test
    void severalRolesLeadToThePersonaOfTheHighestPriority() {
        JsonObject access = posted("{\"roles\":[\"viewer\",\"analyst\",\"unlisted\"]}");
        assertThat(access.getString("persona")).isEqualTo("analyst");
        assertThat(access.getString("why"))
                .isEqualTo("Persona analyst lists analyst, and its priority is 10."
                        + " Persona viewer lists viewer, but its priority is 5.");
        assertThat(texts(access, "roles_without_persona")).containsExactly("unlisted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool=sql_query        | tool       | true  | true  | tools.allow[*]",
                "tool=sql_explain      | tool       | true  | false | tools.deny[*_explain]",
                "tool=no_such_tool     | tool       | false | false | tools.allow[*]",
                "connection=warehouse  | connection | true  | true  | connections.allow[warehouse]",
                "connection=archive    | connection | true  | false | connections: no allow matches",
                "connection=nowhere    | connection | false | false | connections: no allow matches",
                "resource=document://board    | resource | | false | resources.deny[document://board]",
                "resource=document://glossary | resource | | true  | resources.allow[*]",
                "prompt=board_report   | prompt     |       | false | prompts.deny[board_*]",
            })
    void ruleThatDecidesIsNamed(String target, String kind, Boolean exists, boolean allowed, String rule) {
        JsonObject decision =
                asked("?role=analyst&" + target).getJsonArray("decisions").getJsonObject(0);
        assertThat(decision.getString("kind")).isEqualTo(kind);
        assertThat(decision.getBoolean("allowed")).isEqualTo(allowed);
        assertThat(decision.getString("rule")).isEqualTo(rule);
        if (exists == null) {
            assertThat(decision).doesNotContainKey("exists");
        } else {
            assertThat(decision.getBoolean("exists")).isEqualTo(exists);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?rolle=x                        | rolle: found an unknown parameter",
                "?role=a&role=b                  | role: found 2 values; expected one value",
                "?key_id=short                   | key_id: found 'short'; expected a key id of 12 hexadecimal digits",
                "?role=analyst&key_id=0123456789ab | key_id: found role too; expected at most one of role, key_id and token",
                "?tool=                          | tool: found nothing; expected a text of 1 to 512 characters",
            })
    void badQueryIsToldWithWhatIsExpected(String query, String told) {
        Answer answer = web.get(ACCESS + query, platform.key("admin"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).startsWith(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                      | found some other JSON value",
                "{\"role\":\"x\"}                          | role: found an unknown member",
                "{\"token\":\"no-jwt-but-a-key\"}          | token: found a text that does not fit; expected a JWT",
                "{\"roles\":[\"a\"],\"key_id\":\"0123456789ab\"} | found 2 of roles, key_id and token; expected at most one",
                "{\"tools\":[\"\"]}                         | tools[0]: found a text that does not fit",
            })
    void badBodyIsToldWithoutItsValues(String body, String told) {
        Answer answer = web.post(ACCESS, platform.key("admin"), body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).startsWith(told);
        assertThat(answer.body()).doesNotContain("no-jwt-but-a-key");
    }

    @Test
    void unknownKeyIdIsNotFound() {
        Answer answer = web.get(ACCESS + "?key_id=0123456789ab", platform.key("admin"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("detail")).isEqualTo("No key has this key id; /api/v1/keys lists all keys.");
    }

    @Test
    void everyCommandOfTheGuideWorks(@TempDir Path directory) throws IOException, InterruptedException {
        String chapter = DocumentedCommands.chapter(Path.of("docs", "operate.md"), "Who may do what");
        String output = DocumentedCommands.run(
                chapter,
                directory,
                Map.of("MCP_DATA_PLATFORM_URL", platform.server().baseUrl(), "MCP_API_KEY", platform.key("admin")));
        assertThat(output)
                .contains(
                        "Persona analyst lists analyst, and its priority is 10.",
                        "tool        sql_query  yes      tools.allow[*]",
                        "\"effective_limits\"",
                        "\"rule\":\"tools.deny[*_explain]\"")
                .doesNotContain(platform.key("admin"));
    }

    @Test
    void personasAreListedAsTheyAreChosen() {
        JsonObject listed = ok(web.get(PERSONAS, platform.key("admin")));
        List<JsonObject> personas = listed.getJsonArray("personas").getValuesAs(JsonObject.class);
        assertThat(personas)
                .extracting(persona -> persona.getString("name"))
                .containsSubsequence("analyst", "viewer", "auditor");
        JsonObject analyst = personas.stream()
                .filter(persona -> persona.getString("name").equals("analyst"))
                .findFirst()
                .orElseThrow();
        assertThat(analyst.getInt("priority")).isEqualTo(10);
        assertThat(texts(analyst, "effective_permissions")).containsExactly("mcp:connect");
        assertThat(analyst.getJsonObject("effective_limits").getInt("streams_per_caller"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "viewer", "auditor", "stray"})
    void callerWithoutThePermissionIsRefused(String caller) {
        for (Answer answer : List.of(
                web.get(ACCESS, platform.key(caller)),
                web.get(PERSONAS, platform.key(caller)),
                web.post(ACCESS, platform.key(caller), "{}"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("tools");
        }
    }
}
