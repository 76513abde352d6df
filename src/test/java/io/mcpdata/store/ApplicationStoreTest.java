package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.config.InMemoryActiveConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationStoreTest {

    @TempDir
    Path directory;

    private final List<ApplicationStore> opened = new ArrayList<>();
    private long nanos;

    private ApplicationStore store(Path data) {
        return store(InMemoryActiveConfiguration.of("server: {data_dir: '" + data + "'}"));
    }

    private ApplicationStore store(InMemoryActiveConfiguration configuration) {
        ApplicationStore store = new ApplicationStore(configuration, () -> nanos, EmbeddedDatabase::open);
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(ApplicationStore::close);
    }

    private static void execute(PlatformStore store, String sql) {
        store.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static int count(PlatformStore store, String table) {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void storeIsOpenedAndMigratedWhenFirstAskedFor() {
        ApplicationStore store = store(directory);
        assertThat(directory.resolve("store")).doesNotExist();
        assertThat(store.available()).isTrue();
        assertThat(count(store, "audit_event")).isZero();
    }

    @Test
    void rowsSurviveClosingAndOpening() {
        ApplicationStore first = store(directory);
        execute(first, "CREATE TABLE kept (id INT)");
        execute(first, "INSERT INTO kept VALUES (1), (2)");
        first.close();
        assertThat(count(store(directory), "kept")).isEqualTo(2);
    }

    @Test
    void statementThatTakesTooLongIsEndedAndTransactionsStayWhole() {
        ApplicationStore store = store(directory);
        execute(store, "CREATE TABLE kept (id INT)");
        store.jdbi().useTransaction(handle -> {
            assertThat(handle.getConfig(SqlStatements.class).getQueryTimeout()).isEqualTo(10);
            handle.execute("INSERT INTO kept VALUES (1)");
            handle.execute("INSERT INTO kept VALUES (2)");
            handle.rollback();
        });
        assertThat(count(store, "kept")).isZero();
    }

    @Test
    void closedStoreIsNotOpenedAgain() {
        ApplicationStore store = store(directory);
        assertThat(store.available()).isTrue();
        store.close();
        store.close();
        assertThat(store.available()).isFalse();
        assertThatThrownBy(store::jdbi)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the application is ending");
        assertThat(store(directory).available()).isTrue();
    }

    @Test
    void secondOpenerIsToldAndGetsItsTurnLater() {
        ApplicationStore first = store(directory);
        assertThat(first.available()).isTrue();
        ApplicationStore second = store(directory);
        assertThatThrownBy(second::jdbi)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("in use by another server");
        assertThat(first.available()).isTrue();
        first.close();
        nanos += ApplicationStore.RETRY_AFTER.toNanos();
        assertThat(second.available()).isTrue();
    }

    @Test
    void failureIsNotTriedAgainAtEveryRequest() {
        ApplicationStore first = store(directory);
        assertThat(first.available()).isTrue();
        ApplicationStore second = store(directory);
        assertThat(second.available()).isFalse();
        first.close();
        nanos += ApplicationStore.RETRY_AFTER.toNanos() - 1;
        assertThat(second.available()).isFalse();
        nanos += 1;
        assertThat(second.available()).isTrue();
    }

    @Test
    void withoutAConfigurationThereIsNoStore() {
        InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.none();
        ApplicationStore store = store(configuration);
        assertThat(store.available()).isFalse();
        assertThatThrownBy(store::jdbi).hasMessageContaining("no valid configuration yet");
        configuration.change("server: {data_dir: '" + directory + "'}");
        assertThat(store.available()).isTrue();
    }

    @Test
    void changedDirectoryTakesEffectAtTheNextStart() {
        InMemoryActiveConfiguration configuration =
                InMemoryActiveConfiguration.of("server: {data_dir: '" + directory.resolve("one") + "'}");
        ApplicationStore store = store(configuration);
        assertThat(store.available()).isTrue();
        configuration.change("server: {data_dir: '" + directory.resolve("two") + "'}");
        assertThat(store.available()).isTrue();
        assertThat(directory.resolve("two")).doesNotExist();
    }

    @Test
    void damagedFileIsToldAndLeftAsItIs() throws IOException {
        store(directory).available();
        close();
        Path file = directory.resolve("store/platform.mv.db");
        Files.writeString(file, "x".repeat(20_000));
        ApplicationStore store = store(directory);
        assertThatThrownBy(store::jdbi)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cannot be used: it is damaged")
                .hasMessageContaining("Restore it from a backup or move it away");
        assertThat(file).hasContent("x".repeat(20_000));

        Files.move(file, directory.resolve("moved-away"));
        nanos += ApplicationStore.RETRY_AFTER.toNanos();
        assertThat(store.available()).isTrue();
    }

    @Test
    void storeOfANewerReleaseIsRefusedAndLeftAsItIs() throws SQLException {
        ApplicationStore first = store(directory);
        execute(
                first,
                "INSERT INTO \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\","
                        + " \"script\", \"checksum\", \"installed_by\", \"installed_on\", \"execution_time\", \"success\")"
                        + " VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, TRUE)");
        execute(first, "INSERT INTO api_key_use VALUES ('0123456789ab', now(), 'address', 7)");
        first.close();
        ApplicationStore older = store(directory);
        assertThatThrownBy(older::jdbi)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "the platform store has tables of version 999, which a newer release made, and this WAR knows"
                                + " version 7: start the newer WAR, or restore the backup of before the upgrade");
        try (Connection database = DriverManager.getConnection(
                        "jdbc:h2:" + directory.resolve("store/platform") + ";IFEXISTS=TRUE", "platform", "");
                Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT use_count, (SELECT COUNT(*) FROM \"flyway_schema_history\""
                                + " WHERE \"version\" = '999') FROM api_key_use")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(7);
            assertThat(rows.getLong(2)).isEqualTo(1);
        }
    }

    @Test
    void rowsOfBeforeCallersHadAnIdentityStayReadable() {
        ApplicationStore older = store(directory);
        execute(older, "DROP TABLE audit_checkpoint");
        execute(older, "ALTER TABLE audit_event DROP COLUMN chain_hash");
        execute(older, "ALTER TABLE audit_event DROP COLUMN trace_id");
        execute(older, "ALTER TABLE audit_event ALTER COLUMN id BIGINT GENERATED ALWAYS AS IDENTITY");
        execute(older, "ALTER TABLE audit_event DROP COLUMN identity");
        execute(older, "ALTER TABLE api_key DROP COLUMN created_by_identity");
        execute(older, "ALTER TABLE api_key DROP COLUMN created_by_credential");
        execute(older, "DELETE FROM \"flyway_schema_history\" WHERE \"version\" IN ('5', '6', '7')");
        execute(
                older,
                "INSERT INTO audit_event (occurred_at, request_id, type, outcome, caller, method, credential_id, persona,"
                        + " roles, client_address, user_agent, category, rule, tool, connection, parameters,"
                        + " duration_micros, row_count) VALUES (now(), 'r1', 'TOOL_CALL', 'SUCCESS', 'etl', 'api_key',"
                        + " '0123456789ab', 'analyst', 'analyst', '', '', '', '', '', '', '', 1, 1)");
        execute(
                older,
                "INSERT INTO api_key (key_id, digest, name, roles, allowed_networks, created_at, created_by)"
                        + " VALUES ('0123456789ab', '0', 'etl', 'analyst', '', now(), 'root')");
        older.close();
        ApplicationStore migrated = store(directory);
        assertThat(count(migrated, "audit_event WHERE caller = 'etl' AND identity = ''"))
                .isEqualTo(1);
        assertThat(count(migrated, "api_key WHERE created_by = 'root' AND created_by_identity = ''"))
                .isEqualTo(1);
    }

    @Test
    void rowsOfBeforeTheChainStayAndKeepTheirNumbers() {
        ApplicationStore older = store(directory);
        execute(older, "DROP TABLE audit_checkpoint");
        execute(older, "ALTER TABLE audit_event DROP COLUMN chain_hash");
        execute(older, "ALTER TABLE audit_event DROP COLUMN trace_id");
        execute(older, "ALTER TABLE audit_event ALTER COLUMN id BIGINT GENERATED ALWAYS AS IDENTITY");
        execute(older, "DELETE FROM \"flyway_schema_history\" WHERE \"version\" IN ('6', '7')");
        for (int i = 0; i < 3; i++) {
            execute(
                    older,
                    "INSERT INTO audit_event (occurred_at, request_id, type, outcome, caller, method, credential_id,"
                            + " persona, roles, client_address, user_agent, category, rule, tool, connection, parameters,"
                            + " duration_micros, row_count) VALUES (now(), 'r1', 'TOOL_CALL', 'SUCCESS', 'etl', 'api_key',"
                            + " '0123456789ab', 'analyst', 'analyst', '', '', '', '', '', '', '', 1, 1)");
        }
        older.close();
        ApplicationStore migrated = store(directory);
        assertThat(count(migrated, "audit_event WHERE chain_hash IS NULL")).isEqualTo(3);
        assertThat(count(migrated, "audit_checkpoint WHERE number = 0 AND kind = 'BASE' AND row_id = 3"))
                .isEqualTo(1);
        AuditChain chain =
                new AuditChain(migrated, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
        assertThat(chain.append(ChainRows.of("first in the chain"))).isEqualTo(4);
        assertThat(chain.sign().broken()).isEmpty();
    }

    @Test
    void chainOfBeforeThereWereTracesIsVerifiedAndContinues() {
        ApplicationStore older = store(directory);
        AuditChain before =
                new AuditChain(older, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
        before.append(ChainRows.of("a", "b"));
        before.sign();
        execute(older, "ALTER TABLE audit_event DROP COLUMN trace_id");
        execute(older, "DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '7'");
        older.close();
        ApplicationStore migrated = store(directory);
        AuditChain chain =
                new AuditChain(migrated, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
        chain.append(ChainRows.of("c"));
        assertThat(chain.sign().broken()).isEmpty();
        assertThat(count(migrated, "audit_event WHERE trace_id = ''")).isEqualTo(3);
    }

    @Test
    void foreignDatabaseIsRefused() {
        ApplicationStore first = store(directory);
        execute(first, "DROP TABLE \"flyway_schema_history\"");
        first.close();
        assertThatThrownBy(() -> store(directory).jdbi())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("not a store of this platform");
    }

    @Test
    void messageNamesThePlaceAndNoSecret() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> store(file).jdbi())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(file.toString());
    }
}
