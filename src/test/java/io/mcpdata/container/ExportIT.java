package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sql_export}: who may make and read an export, what is in it, and when it ends. */
@ArquillianTest
final class ExportIT {

    private static final String LIMITS = "limits:\n";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final List<String> made = new ArrayList<>();
    private McpConversation analyst;

    @BeforeEach
    void begin() {
        analyst = McpConversation.begin(web, platform.key("analyst"));
    }

    @AfterEach
    void restore() {
        made.forEach(this::delete);
        analyst.close();
        configure(platform.originalYaml());
    }

    @Test
    void csvIsReadBackAsItWasAndIsSafeForSpreadsheets() {
        String id = export("csv", """
                SELECT 1 AS n, 'a,"b"
                c' AS t, CAST(NULL AS VARCHAR) AS nothing, '' AS empty, '=1+1' AS formula,
                CAST('12345678901234567890.5' AS DECIMAL(30, 1)) AS d, -5 AS negative""");
        Answer file = read(id, "analyst");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"rows.csv\"");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(file.body()).endsWith(",,\"\",\"'=1+1\",12345678901234567890.5,-5\r\n");
        assertThat(csv(file.body()))
                .containsExactly(
                        List.of("N", "T", "NOTHING", "EMPTY", "FORMULA", "D", "NEGATIVE"),
                        List.of("1", "a,\"b\"\nc", "", "", "'=1+1", "12345678901234567890.5", "-5"));
    }

    @Test
    void jsonLinesAreReadByResourceAndByAddressAndAudited() {
        String id = export("jsonl", "SELECT customer_id, name, name FROM customers ORDER BY customer_id");
        String file = read(id, "analyst").body();
        List<JsonObject> rows = file.lines().map(Json::readObject).toList();
        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(rows.get(0).keySet()).containsExactly("CUSTOMER_ID", "NAME", "NAME_2");
        assertThat(rows.get(0).getInt("CUSTOMER_ID")).isEqualTo(1);
        assertThat(resource(analyst, "export://" + id)).contains(Json.write(Json.string("export://" + id)));
        // another key of the same caller
        assertThat(read(id, "analyst-next").body()).isEqualTo(file);

        // rows of successful calls are stored soon after the answer
        Eventually.within(Duration.ofSeconds(10), "the rows of the export and its reading", () -> {
            String audited = web.get("/api/v1/audit?since=5m&connection=warehouse", platform.key("admin"))
                    .body();
            return audited.contains("\"bytes\\\":" + file.length()) && audited.contains("RESOURCE_READ");
        });
    }

    @Test
    void exportExistsForItsCallerOnly() {
        String id = export("csv", "SELECT 1 AS n");
        assertThat(read(id, "admin").status()).isEqualTo(404);
        assertThat(read(id, "viewer").status()).isEqualTo(404);
        assertThat(read(id, "auditor").status()).isEqualTo(403);
        assertThat(web.send(web.to("/api/v1/exports/" + id, platform.key("admin"))
                                .DELETE())
                        .status())
                .isEqualTo(404);
        try (McpConversation admin = McpConversation.begin(web, platform.key("admin"));
                McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            assertThat(resource(admin, "export://" + id)).contains("Resource not found");
            // denied sql_query, and so this tool
            assertThat(call(viewer, "csv", "SELECT 1").getJsonObject("error").getString("message"))
                    .isEqualTo("Unknown tool: sql_export");
        }
        assertThat(text(call(analyst, "csv", "DELETE FROM orders"))).startsWith("Statement refused: ");
        assertThat(read(id, "analyst").status()).isEqualTo(200);
        assertThat(delete(id)).isEqualTo(204);
        assertThat(read(id, "analyst").status()).isEqualTo(404);
    }

    @Test
    void limitsEndAnExportAndItsLife() {
        configure(platform.originalYaml()
                .replace(LIMITS, LIMITS + "  export_rows: 3\n  exports_per_caller: 1\n  export_lifetime: 3s\n"));
        JsonObject told = structured(call(analyst, "jsonl", "SELECT * FROM customers"));
        String id = told.getString("uri").substring("export://".length());
        assertThat(told.getInt("rows")).isEqualTo(3);
        assertThat(told.getString("truncatedBy")).isEqualTo("rows");
        assertThat(read(id, "analyst").body().lines()).hasSize(3);
        assertThat(text(call(analyst, "csv", "SELECT 1"))).startsWith("You have 1 exports, and may have 1 at once.");
        Eventually.within(
                Duration.ofSeconds(20),
                "the export is expired",
                () -> read(id, "analyst").status() == 404);
        made.add(export("csv", "SELECT 1 AS n"));
    }

    @Test
    void largeExportIsReadInParts() {
        configure(platform.originalYaml().replace(LIMITS, LIMITS + "  result_bytes: 4096\n"));
        JsonObject told = structured(call(analyst, "csv", "SELECT * FROM customers ORDER BY customer_id"));
        String uri = told.getString("uri");
        made.add(uri.substring("export://".length()));
        assertThat(told.getInt("parts")).isGreaterThan(2);
        assertThat(resource(analyst, uri))
                .contains("Read its parts, " + uri + "/1 to " + uri + "/" + told.getInt("parts"));
        StringBuilder all = new StringBuilder();
        for (int part = 1; part <= told.getInt("parts"); part++) {
            all.append(asked(analyst, uri + "/" + part)
                    .getJsonObject("result")
                    .getJsonArray("contents")
                    .getJsonObject(0)
                    .getString("text"));
        }
        assertThat(all).hasToString(read(made.get(0), "analyst").body());
        assertThat(resource(analyst, uri + "/" + (told.getInt("parts") + 1))).contains("Resource not found");
    }

    private String export(String format, String sql) {
        JsonObject told = structured(call(analyst, format, sql));
        String id = told.getString("uri").substring("export://".length());
        made.add(id);
        return id;
    }

    private static JsonObject call(McpConversation caller, String format, String sql) {
        return caller.call(
                "sql_export", Map.of("connection", "warehouse", "sql", sql, "format", format, "name", "rows"));
    }

    private static JsonObject asked(McpConversation caller, String uri) {
        return caller.request("resources/read", Json.object().add("uri", uri).build());
    }

    private static String resource(McpConversation caller, String uri) {
        return asked(caller, uri).toString();
    }

    private Answer read(String id, String caller) {
        return web.get("/api/v1/exports/" + id, platform.key(caller));
    }

    private int delete(String id) {
        return web.send(web.to("/api/v1/exports/" + id, platform.key("analyst")).DELETE())
                .status();
    }

    private void configure(String yaml) {
        platform.configure(yaml);
        Answer read = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(read.status()).as(read.body()).isEqualTo(200);
    }

    /** The records of a file by RFC 4180. */
    private static List<List<String>> csv(String file) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            if (c == '"' && quoted && i + 1 < file.length() && file.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\r') {
                    records.add(List.copyOf(fields));
                    fields.clear();
                    i++;
                }
            } else {
                field.append(c);
            }
        }
        return records;
    }
}
