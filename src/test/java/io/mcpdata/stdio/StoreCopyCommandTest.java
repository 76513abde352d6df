package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.audit.chain.ChainRow;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.audit.chain.Verification;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.PostgresServer.Database;
import io.mcpdata.store.TemporaryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store of a stopped server is copied to a PostgreSQL of its own. */
final class StoreCopyCommandTest {

    /** More than one statement reads. */
    private static final int ROWS = 700;

    private static final Instant TIME = Instant.parse("2026-06-01T11:00:00.123456Z");

    @TempDir
    Path directory;

    private final RecordingTerminal terminal = new RecordingTerminal();
    private final Database database = PostgresServer.newDatabase();
    private final String signingKey = signingKey();

    private static String signingKey() {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first rows are expired and gone, as after some months. */
    @BeforeEach
    void writeStore() {
        try (TemporaryStore store = new TemporaryStore(directory)) {
            AuditChain chain =
                    new AuditChain(store, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
            List<ChainRow> rows = new ArrayList<>();
            for (int i = 1; i <= ROWS; i++) {
                rows.add(ChainRows.of(i % 2 == 0 ? "sql_query" : "\u65e5\ud83d\ude00", TIME.plusSeconds(i)));
            }
            chain.append(rows);
            chain.sign();
            assertThat(chain.deleteExpired(TIME.plusSeconds(11), 100)).isEqualTo(10);
            chain.sign();
            store.jdbi()
                    .useHandle(handle -> handle.execute("INSERT INTO api_key (key_id, digest, name, roles,"
                            + " allowed_networks, created_at, created_by) VALUES ('0123456789ab', 'd', 'etl', 'analyst', '',"
                            + " CURRENT_TIMESTAMP, 'root')"));
        }
    }

    private int copy(String... more) {
        return copyTo(database.url(), more);
    }

    private int copyTo(String url, String... more) {
        return run(url, Stream.concat(Stream.of("--data-dir", directory.toString()), Stream.of(more)));
    }

    private int run(String url, Stream<String> more) {
        try {
            Files.writeString(
                    directory.resolve("platform.yaml"),
                    "database: {url: '" + url + "', instance: one}\naudit: {signing_key: '${SIGNING_KEY}'}\n"
                            + "server: {data_dir: '${NOT_SET_HERE}'}\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return terminal.with("SIGNING_KEY", signingKey)
                .run(Stream.concat(
                                Stream.of(
                                        "store",
                                        "copy",
                                        "--config",
                                        directory.resolve("platform.yaml").toString()),
                                more)
                        .toArray(String[]::new));
    }

    private void change(String statement) throws SQLException {
        try (Connection attacker =
                DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("store/platform"), "platform", "")) {
            attacker.createStatement().execute(statement);
        }
    }

    private static long count(Handle handle, String table) {
        return handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Long.class)
                .one();
    }

    private void assertNothingIsThere() {
        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            store.jdbi()
                    .useHandle(handle -> assertThat(Stream.of(
                                            "audit_event", "audit_writer", "audit_checkpoint", "api_key", "api_key_use")
                                    .mapToLong(table -> count(handle, table)))
                            .containsOnly(0L));
        }
    }

    private static Verification verify(TemporaryStore store, AuditChain chain, Optional<ChainPosition> expected) {
        ChainReads reads = new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return store.jdbi().inTransaction(statements::apply);
            }
        };
        return chain.verifier(reads).verify(Optional.empty(), expected, 0, () -> false);
    }

    @Test
    void trailIsVerifiedAndContinuedByTheServersOfTheDatabase(@TempDir Path ofServer) {
        assertThat(terminal.run("audit", "verify", "--data-dir", directory.toString()))
                .isZero();
        ChainPosition last = ChainPosition.parse(terminal.out().strip().replaceFirst(".* ", ""));

        Database empty = PostgresServer.newEmptyDatabase();
        assertThat(copyTo(empty.url())).as(terminal.err()).isZero();

        assertThat(terminal.err())
                .contains("Copied 1 keys and " + (ROWS - 10) + " audit rows, up to " + last
                        + ", as those of the server embedded.")
                .doesNotContain("Flyway", "INFO", "PRIVATE KEY");
        try (TemporaryStore store = TemporaryStore.on(empty, "one")) {
            AuditChain chain = new AuditChain(
                    store,
                    InMemoryActiveConfiguration.of("server: {data_dir: '" + ofServer + "'}\naudit:\n  signing_key: |\n"
                            + signingKey.indent(4)));
            Verification before = verify(store, chain, Optional.of(last));
            assertThat(before.isVerified()).isTrue();
            assertThat(before.rows()).isEqualTo(ROWS - 10);
            assertThat(before.coveredTo()).isEqualTo(ROWS);

            assertThat(chain.append(ChainRows.of("sql_query"))).isGreaterThan(ROWS);
            assertThat(chain.sign().broken()).isEmpty();

            assertThat(verify(store, chain, Optional.of(last)).rows()).isEqualTo(ROWS - 9);
            assertThat(chain.deleteExpired(TIME.plusSeconds(21), 100)).isEqualTo(10);
            assertThat(verify(store, chain, Optional.of(last)).isVerified()).isTrue();
        }
    }

    /** A server with the former key in its data directory would report the new chain as one that begins again. */
    @Test
    void serverWithTheDataDirectoryOfBeforeFindsNoBreak() throws IOException {
        Path former = directory.resolve("audit-signing.pub");
        String key = Files.readString(former);

        assertThat(copy()).isZero();

        assertThat(former).doesNotExist();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("audit-signing-.*\\.pub")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasContent(key));
        }
        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            AuditChain chain = new AuditChain(
                    store,
                    InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}\naudit:\n  signing_key: |\n"
                            + signingKey.indent(4)));
            assertThat(chain.sign().broken()).isEmpty();
        }
    }

    @Test
    void backupIsCopiedUnderAnotherNameWithTheGivenKey() throws IOException {
        Path backup = directory.resolve("backup.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(backup))) {
            zip.putNextEntry(new ZipEntry("platform.mv.db"));
            Files.copy(directory.resolve("store/platform.mv.db"), zip);
        }
        assertThat(run(database.url(), Stream.of("--backup", backup.toString())))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("expected --public-key too");

        assertThat(run(
                        database.url(),
                        Stream.of(
                                "--backup",
                                backup.toString(),
                                "--writer",
                                "old-1",
                                "--public-key",
                                directory.resolve("audit-signing.pub").toString())))
                .isZero();

        assertThat(terminal.err())
                .contains("as those of the server old-1.", "move audit-signing.pub out of its data directory");
    }

    /** From before the chain: without hashes, and told so by the verification. */
    @Test
    void rowsThatAreOlderThanTheChainAreCopiedToo(@TempDir Path ofServer) throws SQLException {
        change("UPDATE audit_event SET chain_hash = NULL");
        change("DELETE FROM audit_checkpoint WHERE number > 0");
        change("UPDATE audit_checkpoint SET row_id = " + ROWS + ", key_id = '', signature = X'', row_hash = X'"
                + "0".repeat(64) + "'");
        try (TemporaryStore store = new TemporaryStore(directory)) {
            AuditChain chain =
                    new AuditChain(store, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
            chain.append(ChainRows.of("sql_query"));
            chain.sign();
        }

        assertThat(copy()).as(terminal.err()).isZero();

        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            Verification found = verify(
                    store,
                    new AuditChain(
                            store,
                            InMemoryActiveConfiguration.of("server: {data_dir: '" + ofServer
                                    + "'}\naudit:\n  signing_key: |\n" + signingKey.indent(4))),
                    Optional.empty());
            assertThat(found.isVerified()).isTrue();
            assertThat(found.olderRows()).isTrue();
            assertThat(found.rows()).isEqualTo(1);
            assertThat(store.jdbi().<Long, RuntimeException>withHandle(handle -> count(handle, "audit_event")))
                    .isEqualTo(ROWS - 9);
        }
    }

    @Test
    void trailThatWasChangedIsRefusedAndItsKeysCanBeCopiedAlone() throws SQLException {
        change("UPDATE audit_event SET tool = 'other' WHERE id = 600");

        assertThat(copy()).isEqualTo(1);
        assertThat(terminal.err()).contains("nothing was copied: ", "the hash of row 600", "--keys-only");
        assertNothingIsThere();

        assertThat(copy("--keys-only")).isZero();
        assertThat(terminal.err()).contains("Copied 1 keys, and no audit rows.");
        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            store.jdbi().useHandle(handle -> {
                assertThat(count(handle, "api_key")).isEqualTo(1);
                assertThat(count(handle, "audit_event")).isZero();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO audit_writer (name) VALUES ('one')",
                "INSERT INTO api_key VALUES ('0', 'd', 'n', 'r', NULL, NULL, NULL, NULL, '', now(), 'c', '', '', NULL, NULL)"
            })
    void databaseThatIsInUseIsRefused(String use) {
        database.execute(use);

        assertThat(copy()).isEqualTo(1);

        assertThat(terminal.err()).contains("a server has used the database", "Nothing was changed.");
        assertThat(directory.resolve("audit-signing.pub")).exists();
    }

    @Test
    void secondCopyIsRefused() {
        assertThat(copy("--public-key", directory.resolve("audit-signing.pub").toString()))
                .isZero();
        assertThat(copy()).isEqualTo(1);
        assertThat(terminal.err()).contains("or a store was copied into it: its table audit_writer has rows");
    }

    @Test
    void storeOfARunningServerIsRefused() {
        try (TemporaryStore running = new TemporaryStore(directory)) {
            assertThat(running.available()).isTrue();
            assertThat(copy()).isEqualTo(1);
        }
        assertThat(terminal.err()).contains("a server uses the store ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "99"})
    void storeOfAnotherReleaseIsRefused(String version) throws SQLException {
        change("UPDATE \"flyway_schema_history\" SET \"version\" = '" + version + "' WHERE \"version\" = (SELECT"
                + " MAX(CAST(\"version\" AS INT)) FROM \"flyway_schema_history\")");
        assertThat(copy()).isEqualTo(1);
        assertThat(terminal.err()).contains("the store has tables of version " + version);
    }

    @Test
    void databaseOfANewerReleaseIsRefused() {
        database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success)"
                + " VALUES (90, '99', 'newer', 'SQL', 'V99__newer.sql', 'postgres', 1, TRUE)");
        assertThat(copy()).isEqualTo(1);
        assertThat(terminal.err()).contains("the database has tables of version 99, which a newer release made");
    }

    @Test
    void databaseThatIsDownOrOfOthersIsRefused() {
        assertThat(copyTo("jdbc:postgresql://127.0.0.1:1/platform?password=pass-word"))
                .isEqualTo(1);
        assertThat(terminal.err())
                .contains("does not answer, or refuses this account: ", "127.0.0.1:1")
                .doesNotContain("pass-word");

        Database others = PostgresServer.newEmptyDatabase();
        others.execute("CREATE TABLE orders (id INT)");
        assertThat(copyTo(others.url())).isEqualTo(1);
        assertThat(terminal.err()).contains("the tables cannot be made in the database, and nothing was copied: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAISE EXCEPTION 'disk is full of %', NEW.caller USING DETAIL = 'secret-detail'",
                "PERFORM pg_terminate_backend(pg_backend_pid())"
            })
    void copyThatFailsHalfwayLeavesNothing(String failure) {
        database.execute("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 650 THEN "
                + failure + "; END IF; RETURN NEW; END $$");
        database.execute("CREATE TRIGGER fail BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION fail()");

        assertThat(copy()).isEqualTo(1);

        assertThat(terminal.err())
                .contains("nothing was copied, because the database failed: ")
                .doesNotContain("secret-detail", "INSERT");
        database.execute("DROP TRIGGER fail ON audit_event");
        assertNothingIsThere();
        assertThat(copy()).as(terminal.err()).isZero();
    }

    /** As a database with another idea of text would. */
    @Test
    void rowsThatTheDatabaseKeepsOtherwiseAreRefused() {
        database.execute("CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN NEW.caller = 'x'; RETURN NEW; END $$");
        database.execute("CREATE TRIGGER cut BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION cut()");

        assertThat(copy()).isEqualTo(1);

        assertThat(terminal.err())
                .contains("the database does not return the rows as they were given: the hash of row 11");
        assertNothingIsThere();
    }

    @Test
    void poolOfAServerAndMissingSectionAreExplained() throws IOException {
        Path file = Files.writeString(
                directory.resolve("jndi.yaml"),
                "database: {jndi: jdbc/platform, instance: one}\naudit:\n  signing_key: |\n" + signingKey.indent(4));
        assertThat(terminal.run("store", "copy", "--config", file.toString(), "--data-dir", directory.toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("give a file with database.url");

        Files.writeString(file, "server: {name: other}\n", StandardCharsets.UTF_8);
        assertThat(terminal.run("store", "copy", "--config", file.toString(), "--data-dir", directory.toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("has no section database");
        assertThat(copy("--writer", "two words")).isEqualTo(2);
    }
}
