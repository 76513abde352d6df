package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditCommandTest {

    private static final String ROW =
            "{\"id\":7,\"occurred_at\":\"2026-05-31T08:00:00.123456Z\",\"type\":\"TOOL_CALL\","
                    + "\"outcome\":\"DENIED\",\"caller\":\"etl\",\"persona\":\"analyst\",\"roles\":[\"a\",\"b\"],"
                    + "\"tool\":\"\\u001b[2Jx\",\"connection\":\"\",\"category\":\"tool_denied\",\"duration_micros\":1250,"
                    + "\"row_count\":null}";

    @TempDir
    Path directory;

    private RecordingAdmin admin;
    private RecordingTerminal terminal;

    @BeforeEach
    void start() throws IOException {
        admin = new RecordingAdmin();
        terminal = new RecordingTerminal().with("MCP_API_KEY", "own-audit-key-0123456789");
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void listShowsATableAndSaysHowToContinue() {
        admin.answering(200, "{\"rows\":[" + ROW + "],\"next_cursor\":\"abc.def\"}");

        assertThat(terminal.run("audit", "list", "--url", admin.url())).isZero();

        assertThat(terminal.out()).isEqualTo("""
                ID  TIME                  TYPE       OUTCOME  CALLER  PERSONA  TOOL   CONNECTION  CATEGORY     MS   ROWS
                7   2026-05-31T08:00:00Z  TOOL_CALL  DENIED   etl     analyst  ?[2Jx  -           tool_denied  1.3  -
                """);
        assertThat(terminal.err())
                .isEqualTo(
                        "There may be more rows: repeat the command with --cursor abc.def, or use 'audit export'.\n");
        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/audit?limit=100");
    }

    @Test
    void everyFilterIsSentToTheServer() {
        admin.answering(200, "{\"rows\":[],\"next_cursor\":null}");

        assertThat(terminal.run(
                        "audit",
                        "list",
                        "--url",
                        admin.url(),
                        "--since",
                        "1d",
                        "--until",
                        "2026-05-31T08:00:00+02:00",
                        "--identity",
                        "oidc:https://i s",
                        "--caller",
                        "c",
                        "--key-id",
                        "k",
                        "--persona",
                        "p",
                        "--tool",
                        "t&u=1",
                        "--connection",
                        "w",
                        "--outcome",
                        "denied",
                        "--category",
                        "x",
                        "--type",
                        "tool_call",
                        "--request-id",
                        "r",
                        "--text",
                        "SELECT *",
                        "--limit",
                        "5",
                        "--cursor",
                        "a.b",
                        "--json"))
                .isZero();

        assertThat(admin.asked().get(0).path())
                .isEqualTo("/api/v1/audit?caller=c&category=x&connection=w&cursor=a.b&identity=oidc%3Ahttps%3A%2F%2Fi+s"
                        + "&key_id=k&limit=5&outcome=denied&persona=p&request_id=r&since=1d&text=SELECT+*&tool=t%26u%3D1"
                        + "&type=tool_call&until=2026-05-31T08%3A00%3A00%2B02%3A00");
        assertThat(JsonParser.parseString(terminal.out()))
                .isEqualTo(JsonParser.parseString("{\"rows\":[],\"next_cursor\":null}"));
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void showPrintsEveryMember() {
        admin.answering(200, ROW);

        assertThat(terminal.run("audit", "show", "--url", admin.url(), "7")).isZero();

        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/audit/7");
        assertThat(terminal.out())
                .startsWith("MEMBER           VALUE\nid               7\n")
                .contains("roles            a, b\n", "row_count        -\n", "tool             ?[2Jx\n");
    }

    @Test
    void statsShowMilliseconds() {
        admin.answering(200, """
                {"since":"x","until":"y","interval":"1d","by":"caller","figures":[
                 {"time":"2026-05-31T00:00:00Z","caller":"api_key:1","name":"etl","calls":3,"refusals":1,"errors":0,
                  "p50_micros":1500,"p95_micros":null}]}""");

        assertThat(terminal.run("audit", "stats", "--url", admin.url(), "--by", "caller", "--interval", "1d"))
                .isZero();

        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/audit/stats?by=caller&interval=1d");
        assertThat(terminal.out()).isEqualTo("""
                TIME                  CALLER           CALLS  REFUSALS  ERRORS  P50 MS  P95 MS
                2026-05-31T00:00:00Z  etl (api_key:1)  3      1         0       1.5     -
                """);
    }

    @Test
    void verificationContinuesToTheNewestRowAndNamesTheLast() {
        String last = "9:" + "a".repeat(64);
        admin.answering(200, """
                {"result":"continues","rows":5,"next":"5:b","broken":null}""");
        admin.thenAnswering("""
                {"result":"verified","rows":4,"last":"%s","base":"0:0","newest_row":9,"covered_to":7,"older_rows":false,
                 "next":null,"broken":null}""".formatted(last));

        assertThat(terminal.run("audit", "verify", "--url", admin.url(), "--expect", last))
                .isZero();

        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/audit/verify?expect=9%3A" + "a".repeat(64));
        assertThat(admin.asked().get(1).path())
                .isEqualTo("/api/v1/audit/verify?expect=9%3A" + "a".repeat(64) + "&from=5%3Ab");
        assertThat(terminal.out())
                .isEqualTo("9 rows verified, up to " + last
                        + "\nRows after 7 are not signed yet; that happens every minute.\n");
    }

    @Test
    void brokenTrailEndsWithOneAndSaysWhere() {
        admin.answering(200, """
                {"result":"broken","rows":4,"last":"4:a","next":null,
                 "broken":{"row":5,"found":"row_changed","detail":"the hash of row 5 does not match"}}""");

        assertThat(terminal.run("audit", "verify", "--url", admin.url())).isEqualTo(1);

        assertThat(terminal.err())
                .isEqualTo("mcp-data-platform: the audit trail is not as it was written, after 4 verified rows:"
                        + " the hash of row 5 does not match (row_changed)\n");
    }

    @Test
    void exportWritesTheFileOrStandardOutput() throws IOException {
        admin.answering(200, "id,occurred_at\r\n1,x\r\n");
        Path file = directory.resolve("audit.csv");

        assertThat(terminal.run("audit", "export", "--url", admin.url(), "--format", "csv", "-o", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).isEqualTo("id,occurred_at\r\n1,x\r\n");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/audit/export?format=csv");

        assertThat(terminal.run("audit", "export", "--url", admin.url())).isZero();
        assertThat(terminal.out()).isEqualTo("id,occurred_at\r\n1,x\r\n");
        assertThat(admin.asked().get(1).path()).isEqualTo("/api/v1/audit/export?format=jsonl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id\r\n1\r\nINCOMPLETE: the export failed here; rows are missing,,\r\n",
                "{\"id\":1}\n{\"incomplete\":\"x\"}\n",
                "{\"incomplete\":\"x\"}"
            })
    void incompleteExportFailsAndLeavesNoFile(String body) {
        admin.answering(200, body);
        Path file = directory.resolve("audit.csv");

        assertThat(terminal.run("audit", "export", "--url", admin.url(), "-o", file.toString()))
                .isEqualTo(1);

        assertThat(terminal.err()).contains("the export is incomplete").hasLineCount(1);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "401,'401: the server does not accept the key'",
        "403,'may not do this: it needs the permission audit:read'",
        "404,'no such audit row, or no platform at'",
        "503,'the server cannot answer now; try again in 17 s'"
    })
    void everyRefusalIsOneLineThatTellsWhatToDo(int status, String words) {
        for (String[] command : new String[][] {{"list"}, {"show", "1"}, {"stats"}, {"export"}}) {
            admin.answering(status, "").retryAfter("17");
            RecordingTerminal own = new RecordingTerminal().with("MCP_API_KEY", "own-audit-key-0123456789");
            String[] arguments = new String[command.length + 3];
            arguments[0] = "audit";
            System.arraycopy(command, 0, arguments, 1, command.length);
            arguments[arguments.length - 2] = "--url";
            arguments[arguments.length - 1] = admin.url();

            assertThat(own.run(arguments)).isEqualTo(1);

            assertThat(own.err()).contains(words).hasLineCount(1);
        }
    }

    @Test
    void callingTheGroupWithoutItsCommandIsAUsageError() {
        assertThat(terminal.run("audit")).isEqualTo(2);

        assertThat(terminal.err()).contains("expected one of list, show, stats, export and verify");
    }
}
