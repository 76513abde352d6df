package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.TemporaryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code audit} that read a store without a server. */
final class StoredAuditTest {

    private static final Instant TIME = Instant.parse("2026-06-01T11:00:00Z");

    @TempDir
    Path directory;

    private final RecordingTerminal terminal = new RecordingTerminal();

    /** Three rows, signed as at the end of a server. */
    static void write(Path directory) {
        try (TemporaryStore store = new TemporaryStore(directory)) {
            AuditChain chain =
                    new AuditChain(store, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
            chain.append(List.of(
                    ChainRows.of("sql_query", TIME),
                    ChainRows.of("=list", TIME.plusSeconds(1)),
                    ChainRows.of("sql_query", TIME.plusSeconds(2))));
            chain.sign();
        }
    }

    private void tamper(String statement) throws SQLException {
        try (Connection attacker =
                DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("store/platform"), "platform", "")) {
            attacker.createStatement().execute(statement);
        }
    }

    private int audit(String command, String... more) {
        return terminal.run(
                Stream.concat(Stream.of("audit", command, "--data-dir", directory.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path backup() throws IOException {
        Path file = directory.resolve("backup.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("platform.mv.db"));
            Files.copy(directory.resolve("store/platform.mv.db"), zip);
        }
        return file;
    }

    @Test
    void unchangedStoreIsVerifiedAndStaysAsItIs() throws IOException {
        write(directory);
        Path file = directory.resolve("store/platform.mv.db");
        byte[] before = Files.readAllBytes(file);

        assertThat(audit("verify")).isZero();

        assertThat(terminal.out()).startsWith("3 rows verified, up to 3:");
        assertThat(terminal.err()).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void changedRowIsNamed() throws SQLException {
        write(directory);
        tamper("UPDATE audit_event SET tool = 'other' WHERE id = 2");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(terminal.err())
                .contains("not as it was written, after 1 verified rows: the hash of row 2", "(row_changed)");
    }

    @Test
    void rowsThatWereCutOffWithTheirCheckpointAreFoundByTheMarkBesideTheStore() throws SQLException {
        write(directory);
        tamper("DELETE FROM audit_event WHERE id = 3");

        assertThat(audit("verify", "--json")).isEqualTo(1);

        assertThat(terminal.out()).contains("\"result\": \"broken\"", "\"found\": \"rows_cut_off\"", "\"row\": 3");
    }

    @Test
    void foreignKeyIsRefusedAndMissingKeyIsNotSilent(@TempDir Path other) throws IOException {
        write(directory);
        write(other);

        assertThat(audit(
                        "verify",
                        "--public-key",
                        other.resolve("audit-signing.pub").toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("(checkpoint_invalid)");

        Files.delete(directory.resolve("audit-signing.pub"));
        assertThat(audit("verify")).isEqualTo(1);
        assertThat(terminal.err()).contains("signatures cannot be verified: ", "name it with --public-key");
    }

    @Test
    void backupIsVerifiedWithTheGivenKey() throws IOException {
        write(directory);
        String backup = backup().toString();

        assertThat(terminal.run("audit", "verify", "--backup", backup)).isEqualTo(2);
        assertThat(terminal.err()).contains("expected --public-key too");
        assertThat(terminal.run(
                        "audit",
                        "verify",
                        "--backup",
                        backup,
                        "--public-key",
                        directory.resolve("audit-signing.pub").toString()))
                .isZero();
        assertThat(terminal.out()).startsWith("3 rows verified, up to 3:");
    }

    @Test
    void rowsAreListedShownAndExported() throws IOException {
        write(directory);

        assertThat(audit("list", "--tool", "sql_query", "--since", "2h", "--limit", "1"))
                .isZero();
        assertThat(terminal.out()).contains("3   2026-06-01T11:00:02Z").doesNotContain("11:00:00Z");
        String cursor = terminal.err().replaceFirst("(?s).*--cursor (\\S+),.*", "$1");
        assertThat(audit("list", "--tool", "sql_query", "--limit", "1", "--cursor", cursor))
                .isZero();
        assertThat(terminal.out()).contains("1   2026-06-01T11:00:00Z");
        assertThat(audit("show", "2", "--json")).isZero();
        assertThat(terminal.out()).contains("\"tool\": \"=list\"", "\"row_count\": null", "\"duration_micros\": 1234");
        Path csv = directory.resolve("rows.csv");
        assertThat(audit("export", "--format", "csv", "--output", csv.toString()))
                .isZero();
        assertThat(Files.readAllLines(csv)).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("id,occurred_at,");
            assertThat(lines.get(2)).startsWith("2,2026-06-01T11:00:01Z,").contains(",'=list,");
        });
        assertThat(audit("export", "--type", "session_open")).isZero();
        assertThat(terminal.out()).doesNotContain("{\"id\":1");
    }

    @Test
    void callsAreCountedAndMeasured() {
        write(directory);

        assertThat(audit("stats", "--by", "tool", "--interval", "1m", "--until", "2026-06-02T00:00:00Z"))
                .isZero();
        assertThat(terminal.out()).isEqualTo("""
                TIME                  TOOL       CALLS  REFUSALS  ERRORS  P50 MS  P95 MS
                2026-06-01T11:00:00Z  =list      1      0         0       1.2     1.2
                2026-06-01T11:00:00Z  sql_query  2      0         0       1.2     1.2
                """);
    }

    @Test
    void figuresOfABackupAreThoseOfTheRest() throws IOException {
        write(directory);

        assertThat(terminal.run(
                        "audit",
                        "stats",
                        "--backup",
                        backup().toString(),
                        "--json",
                        "--by",
                        "caller",
                        "--since",
                        "2026-06-01T00:00:00Z",
                        "--until",
                        "2026-06-02T00:00:00Z"))
                .isZero();
        assertThat(JsonParser.parseString(terminal.out())).isEqualTo(JsonParser.parseString("""
                {"since": "2026-06-01T00:00:00Z", "until": "2026-06-02T00:00:00Z", "interval": "1h", "by": "caller",
                 "figures": [{"time": "2026-06-01T11:00:00Z", "caller": "api_key:0123456789ab", "name": "\u65e5",
                  "calls": 3, "refusals": 0, "errors": 0, "p50_micros": 1234, "p95_micros": 1234}]}"""));
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        write(directory);
        assertThat(audit("stats", "--interval", "2h")).isEqualTo(2);
        assertThat(terminal.err()).contains("--interval: found \"2h\"; expected one of 1m, 1h, 1d");
        assertThat(audit("stats", "--by", "roles")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("--by: found \"roles\"; expected one of tool, persona, caller, connection, outcome");
        assertThat(audit("stats", "--interval", "1m", "--since", "2d")).isEqualTo(2);
        assertThat(terminal.err()).contains("--interval: found more than 1500 of 1m from --since to --until");
        assertThat(audit("list", "--type", "nothing")).isEqualTo(2);
        assertThat(terminal.err()).contains("--type: found \"nothing\"; expected one of LOGIN_FAILURE, ");
        assertThat(audit("list", "--since", "yesterday")).isEqualTo(2);
        assertThat(audit("list", "--limit", "0")).isEqualTo(2);
        assertThat(audit("list", "--cursor", "x")).isEqualTo(2);
        assertThat(audit("list", "--backup", "x.zip")).isEqualTo(2);
        assertThat(terminal.run("audit", "verify", "--public-key", "x.pub")).isEqualTo(2);
        assertThat(terminal.run("audit", "list", "--data-dir", "/no-such-directory"))
                .isEqualTo(2);
    }

    @Test
    void storeInUseOrWithoutTablesIsRefused(@TempDir Path empty) throws Exception {
        write(directory);
        try (TemporaryStore server = new TemporaryStore(directory)) {
            assertThat(server.available()).isTrue();
            assertThat(audit("verify")).isEqualTo(1);
        }
        assertThat(terminal.err()).contains("a server uses the store ", ": stop it, leave --data-dir out to ask it");

        assertThat(terminal.run("audit", "list", "--data-dir", empty.toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("there is no store: no file ");

        tamper("UPDATE \"flyway_schema_history\" SET \"version\" = '99' WHERE \"version\" = '6'");
        assertThat(audit("list")).isEqualTo(1);
        assertThat(terminal.err()).contains("the store has tables of version 99, and this command reads version 7");

        Files.writeString(directory.resolve("store/platform.mv.db"), "H:2,damaged");
        assertThat(audit("list")).isEqualTo(1);
        assertThat(terminal.err()).contains("cannot be read: it is damaged, or not a store of this platform");
    }
}
