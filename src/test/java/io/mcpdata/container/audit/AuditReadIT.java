package io.mcpdata.container.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.mcpdata.audit.AuditEvent;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.DocumentedCommands;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.endtoend.Program;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit trail as an auditor reads it while the server runs. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class AuditReadIT {

    private static final String AUDIT = "/api/v1/audit";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private Answer asAuditor(String rest) {
        return web.get(AUDIT + rest, platform.key("auditor"));
    }

    private List<JsonObject> rows(String query) {
        Answer answer = asAuditor("?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json().getJsonArray("rows").getValuesAs(JsonObject.class);
    }

    /** Calls as the analyst whose rows can be told from all others by the returned word. */
    private String calls(int times) {
        String word = "w" + UUID.randomUUID().toString().substring(0, 8);
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            for (int i = 0; i < times; i++) {
                analyst.query("SELECT COUNT(*) FROM orders WHERE status = '" + word + "'");
            }
        }
        awaitRows("type=tool_call&text=" + word, times);
        return word;
    }

    /** Rows of successful calls are written a tenth of a second after the answer. */
    private void awaitRows(String query, int count) {
        Eventually.within(
                Duration.ofSeconds(10), "rows with " + query, () -> rows(query).size() == count);
    }

    @Test
    void callIsReadByItsFiltersAndByItsNumber() {
        String word = calls(1);
        String keyId = KeyDigest.of(platform.key("analyst")).id();
        String all = "since=10m&caller=analyst-service&persona=analyst&tool=sql_query&connection=warehouse"
                + "&outcome=success&type=tool_call&key_id=" + keyId + "&identity=api_key%3A" + keyId + "&text="
                + word.toUpperCase(Locale.ROOT);
        JsonObject row = rows(all).get(0);
        assertThat(row.getString("parameters")).contains(word);
        assertThat(row.getJsonArray("roles")).hasToString("[\"analyst\"]");
        assertThat(row.getInt("row_count")).isEqualTo(1);
        assertThat(row.getInt("duration_micros")).isPositive();
        assertThat(Instant.parse(row.getString("occurred_at")))
                .isBetween(Instant.now().minusSeconds(600), Instant.now());
        assertThat(rows(all + "&request_id=" + row.getString("request_id"))).containsExactly(row);
        Answer one = asAuditor("/" + row.getJsonNumber("id"));
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.json()).isEqualTo(row);

        for (String other : List.of(
                "outcome=error",
                "caller=viewer-service",
                "persona=viewer",
                "tool=x",
                "connection=archive",
                "key_id=x",
                "identity=x",
                "category=x",
                "type=key_change",
                "request_id=x",
                "until=1h",
                "since=2100-01-01T00:00:00Z",
                "text=" + word + "%25")) {
            String name = other.substring(0, other.indexOf('='));
            String query = "text=" + word + "&" + other;
            assertThat(rows(name.equals("text") ? other : query)).as(query).isEmpty();
        }
    }

    @Test
    void everyRowMeetsThePublishedSchema() throws IOException {
        calls(1);
        web.get("/api/v1/whoami", "not-a-key-of-this-server-0123");
        JsonObject document = Json.createReader(
                        new StringReader(Files.readString(Path.of("docs", "audit-row.schema.json"))))
                .readObject();
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JakartaJsonNode.Factory())
                .createValidator();
        URI schema = validator.registerSchema(document);
        List<JsonObject> rows = rows("limit=1000");
        assertThat(rows).hasSizeGreaterThan(3);
        assertThat(rows)
                .allSatisfy(row -> assertThat(validator.validate(schema, row).isValid())
                        .as(row.toString())
                        .isTrue());
        JsonObject wrong =
                Json.createObjectBuilder(rows.get(0)).add("type", "X").build();
        assertThat(validator.validate(schema, wrong).isValid()).isFalse();
        assertThat(rows.get(0).keySet())
                .isEqualTo(document.getJsonObject("properties").keySet());
        assertThat(document.getJsonObject("properties").getJsonObject("type").getJsonArray("enum").stream()
                        .map(JsonValue::toString)
                        .map(name -> name.replace("\"", "")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(AuditEvent.Type.values()).map(Enum::name).toList());
    }

    @Test
    void callerWithoutThePermissionIsToldWhichOne() {
        for (String path : List.of("", "/1", "/stats", "/export?format=csv")) {
            Answer refused = web.get(AUDIT + path, platform.key("analyst"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("WWW-Authenticate")).contains("scope=\"audit:read\"");
            assertThat(refused.json().getString("detail")).contains("needs the permission audit:read");
            assertThat(web.get(AUDIT + path).status()).isEqualTo(401);
        }
    }

    @Test
    void pagesStayTheSameWhileRowsAreWritten() {
        String word = calls(7);
        List<JsonObject> expected = rows("type=tool_call&text=" + word);
        List<JsonObject> found = new ArrayList<>();
        String query = "type=tool_call&text=" + word + "&since=1d&limit=3";
        JsonObject page = asAuditor("?" + query).json();
        found.addAll(page.getJsonArray("rows").getValuesAs(JsonObject.class));
        while (!page.isNull("next_cursor")) {
            try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
                analyst.query("SELECT COUNT(*) FROM orders WHERE status = '" + word + "'");
            }
            page = asAuditor("?" + query + "&cursor=" + page.getString("next_cursor"))
                    .json();
            found.addAll(page.getJsonArray("rows").getValuesAs(JsonObject.class));
        }
        assertThat(found).isEqualTo(expected).hasSize(7);
        List<Integer> numbers = found.stream().map(row -> row.getInt("id")).toList();
        assertThat(numbers).isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    void cursorIsRefusedWhenItIsTamperedWithOrNotTheCallersOwn() {
        calls(2);
        String cursor = asAuditor("?limit=1").json().getString("next_cursor");
        assertThat(asAuditor("?limit=5&cursor=" + cursor).status()).isEqualTo(200);
        String changed = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);
        for (Answer refused : List.of(
                asAuditor("?cursor=" + changed),
                asAuditor("?cursor="),
                asAuditor("?cursor=" + cursor + "&tool=sql_query"),
                web.get(AUDIT + "?cursor=" + cursor, platform.key("admin")))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().getString("detail"))
                    .startsWith("cursor: found ")
                    .contains("begin again without a cursor");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?colour=red, colour, an unknown parameter",
        "?tool=a&tool=b, tool, 2 values",
        "?limit=0, limit, '0'",
        "?limit=1001, limit, '1001'",
        "?limit=many, limit, 'many'",
        "?since=yesterday, since, 'yesterday'",
        "?since=1h&until=2h, until, not after since",
        "?outcome=good, outcome, 'good'",
        "?type=CALL, type, 'CALL'",
        "?text=, text, nothing",
        "/1?limit=5, limit, an unknown parameter",
        "/stats?interval=2h, interval, '2h'",
        "/stats?by=roles, by, 'roles'",
        "/stats?interval=1m&since=2d, interval, more than 1500",
        "/stats?limit=5, limit, an unknown parameter",
        "/export, format, nothing",
        "/export?format=xlsx, format, 'xlsx'",
        "/export?format=csv&limit=5, limit, an unknown parameter"
    })
    void wrongParameterIsNamedWithWhatWasFoundAndExpected(String rest, String parameter, String found) {
        Answer refused = asAuditor(rest);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        JsonObject error = refused.json().getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("parameter")).isEqualTo(parameter);
        assertThat(error.getString("found")).contains(found);
        assertThat(error.getString("expected")).isNotEmpty();
        assertThat(refused.json().getString("detail")).contains(parameter + ": found ", "; expected ");
    }

    @Test
    void valueThatIsAKeyIsNotRepeated() {
        // every answer of this client is searched for the keys of the run
        assertThat(asAuditor("?type=" + platform.key("viewer")).status()).isEqualTo(400);
        assertThat(asAuditor("?" + platform.key("viewer") + "=1").status()).isEqualTo(400);
        assertThat(rows("text=" + platform.key("viewer"))).isEmpty();
        assertThat(rows("tool=" + platform.key("viewer"))).isEmpty();
        assertThat(rows("type=audit_read&limit=2&text=redacted")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "999999999999999999", "9999999999999999999999", "x", "-1", "1.5"})
    void rowThatDoesNotExistIsAProblem(String id) {
        Answer missing = asAuditor("/" + id);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void readingIsItselfARow() {
        String word = calls(2);
        asAuditor("?type=tool_call&text=" + word + "&limit=1");
        asAuditor("/stats?interval=1d&text=" + word);
        asAuditor("/export?format=csv&type=tool_call&text=" + word);
        awaitRows("type=audit_read&category=audit_exported&text=" + word, 1);
        String identity = "api_key:" + KeyDigest.of(platform.key("auditor")).id();
        for (Map.Entry<String, Integer> read : Map.of("audit_listed", 1, "audit_counted", 1, "audit_exported", 2)
                .entrySet()) {
            JsonObject row = rows("type=audit_read&category=" + read.getKey() + "&text=" + word).stream()
                    .filter(one -> !one.getString("parameters").contains("category"))
                    .filter(one -> !read.getKey().equals("audit_listed")
                            || one.getString("parameters").contains("\"limit\":\"1\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.getString("identity")).isEqualTo(identity);
            assertThat(row.getInt("row_count")).as(read.getKey()).isEqualTo(read.getValue());
            assertThat(row.getString("parameters")).contains("\"text\":\"" + word + "\"");
        }
    }

    @Test
    void figuresCountCallsAndRefusalsByGroup() {
        String word = calls(3);
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            viewer.call("sql_query", Map.of("connection", "warehouse", "sql", "SELECT '" + word + "'"));
        }
        awaitRows("type=tool_call&text=" + word, 4);
        Answer answer = asAuditor("/stats?interval=1d&by=caller&type=tool_call&text=" + word);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getString("interval")).isEqualTo("1d");
        Map<String, JsonObject> byName = answer.json().getJsonArray("figures").stream()
                .map(JsonValue::asJsonObject)
                .collect(Collectors.toMap(figures -> figures.getString("name"), figures -> figures));
        JsonObject analyst = Objects.requireNonNull(byName.get("analyst-service"));
        assertThat(analyst.getString("caller"))
                .isEqualTo("api_key:" + KeyDigest.of(platform.key("analyst")).id());
        assertThat(analyst.getInt("calls")).isEqualTo(3);
        assertThat(analyst.getInt("refusals")).isZero();
        assertThat(analyst.getInt("p50_micros")).isPositive();
        assertThat(analyst.getInt("p95_micros")).isGreaterThanOrEqualTo(analyst.getInt("p50_micros"));
        JsonObject viewer = Objects.requireNonNull(byName.get("viewer-service"));
        assertThat(viewer.getInt("refusals")).isEqualTo(1);
        assertThat(viewer.isNull("p50_micros")).isTrue();
        assertThat(asAuditor("/stats").json().getJsonArray("figures")).isNotEmpty();
    }

    @Test
    void exportIsSafeForSpreadsheetsAndHasEveryRow() {
        String word = calls(3);
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.call("=cmd|' /C calc'!" + word, Map.of("a", "x,\"y\""));
        }
        awaitRows("tool=" + URLEncoder.encode("=cmd|' /C calc'!" + word, StandardCharsets.UTF_8), 1);
        Answer csv = asAuditor("/export?format=csv&since=10m&caller=analyst-service");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
        String[] lines = csv.body().split("\r\n");
        assertThat(lines[0])
                .startsWith("id,occurred_at,request_id,type,outcome,caller,identity,")
                .hasSizeGreaterThan(100);
        assertThat(csv.body())
                .endsWith("\r\n")
                .contains(",'=cmd|' /C calc'!" + word + ",")
                .doesNotContain(",=")
                .doesNotContain("INCOMPLETE");
        assertThat(lines)
                .filteredOn(line -> line.contains("status = '" + word + "'"))
                .hasSize(3);

        Answer jsonl = asAuditor("/export?format=jsonl&type=tool_call&text=" + word);
        List<JsonObject> rows = jsonl.body()
                .lines()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
        assertThat(rows).isEqualTo(rows("text=" + word + "&type=tool_call"));
        assertThat(web.send(web.to(AUDIT + "/export?format=jsonl", platform.key("auditor"))
                                .method("HEAD", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void clientsThatLeaveKeepNoExportFromOthers() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (Socket client = new Socket("127.0.0.1", platform.server().port())) {
                client.getOutputStream()
                        .write(("GET " + platform.server().baseUrl().replaceFirst("https?://[^/]*", "") + AUDIT
                                        + "/export?format=csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + platform.key("auditor") + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                client.setSoLinger(true, 0);
            }
        }
        Eventually.within(
                Duration.ofSeconds(30),
                "an export is possible again",
                () -> asAuditor("/export?format=csv&since=1s").status() == 200);
    }

    @Test
    void commandLineShowsTables(@TempDir Path directory) throws Exception {
        String word = calls(3);
        Program auditor = new Program(Map.of(
                "MCP_API_KEY",
                platform.key("auditor"),
                "MCP_DATA_PLATFORM_URL",
                platform.server().baseUrl()));
        Program.Ran listed = auditor.run("", "audit", "list", "--text", word, "--limit", "2", "--type", "tool_call");
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out())
                .startsWith("ID ")
                .containsPattern("TOOL_CALL +SUCCESS +analyst-service +analyst +sql_query +warehouse ");
        assertThat(listed.err()).contains("repeat the command with --cursor ");
        Program.Ran stats = auditor.run("", "audit", "stats", "--by", "tool", "--text", word, "--type", "tool_call");
        assertThat(stats.out()).containsPattern("sql_query +3 +0 +0 +\\d");
        Path file = directory.resolve("audit.csv");
        assertThat(auditor.run("", "audit", "export", "--format", "csv", "--text", word, "-o", file.toString())
                        .err())
                .isEmpty();
        assertThat(Files.readString(file)).contains(word);
        assertThat(auditor.run("", "audit", "list", "--since", "soon").err())
                .startsWith("mcp-data-platform: 400: since: found 'soon'; expected ")
                .hasLineCount(1);
        Program viewer = new Program(Map.of(
                "MCP_API_KEY",
                platform.key("viewer"),
                "MCP_DATA_PLATFORM_URL",
                platform.server().baseUrl()));
        Program.Ran refused = viewer.run("", "audit", "export");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("403: the key ", "needs the permission audit:read")
                .hasLineCount(1);
    }

    @Test
    @Timeout(120)
    void commandLineFollowsNewRows() throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                        Program.LAUNCHER.toString(), "audit", "list", "--follow", "--json", "--tool", "sql_query")
                .redirectErrorStream(true);
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        program.environment().put("MCP_API_KEY", platform.key("admin"));
        program.environment().put("MCP_DATA_PLATFORM_URL", platform.server().baseUrl());
        Process following = program.start();
        try (BufferedReader lines = following.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("following the rows after ");
            String word = calls(1);
            assertThat(lines.lines().filter(line -> line.contains(word)).findFirst())
                    .hasValueSatisfying(line -> assertThat(line).startsWith("{\"id\":"));
        } finally {
            following.destroy();
        }
    }

    @Test
    void everyCommandOfThePageWorks(@TempDir Path directory) throws Exception {
        calls(1);
        String output = DocumentedCommands.run(
                Files.readString(Path.of("docs", "audit.md")),
                directory,
                Map.of("MCP_DATA_PLATFORM_URL", platform.server().baseUrl(), "MCP_API_KEY", platform.key("auditor")));
        assertThat(output).contains("P95 MS", "\"next_cursor\"", "MEMBER").doesNotContain(platform.key("auditor"));
        assertThat(Files.readString(directory.resolve("audit.csv"))).startsWith("id,occurred_at,");
        assertThat(Files.readString(directory.resolve("rows.jsonl"))).contains("\"tool\":\"sql_query\"");
    }
}
