package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.audit.query.AuditVerification;
import io.mcpdata.audit.query.ReadPermits;
import io.mcpdata.config.InMemoryActiveConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Stores that earlier versions of the tables made, opened by this one: nothing is lost, and the chain is verified. */
final class EarlierStoresTest {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** From here on rows are in the chain. */
    private static final int CHAIN = 6;

    private static final int KEYS = 3;

    @TempDir
    Path directory;

    private static void migrate(DataSource database, MigrationScripts scripts, int version) {
        Flyway.configure(EarlierStoresTest.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(scripts)
                .locations(new String[0])
                .callbackLocations(new String[0])
                .target(Integer.toString(version))
                .load()
                .migrate();
    }

    private static List<String> versions(Jdbi database) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT \"version\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL"
                                + " ORDER BY \"installed_rank\"")
                .mapTo(String.class)
                .list());
    }

    /** With the columns that the first version had. */
    private static void insertRow(Jdbi database, String tool) {
        database.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO audit_event (occurred_at, request_id, type, outcome, caller, method, credential_id,"
                                + " persona, roles, client_address, user_agent, category, rule, tool, connection,"
                                + " parameters, duration_micros, row_count) VALUES (TIMESTAMP WITH TIME ZONE"
                                + " '2026-01-31 10:00:00Z', 'request-1', 'TOOL_CALL', 'SUCCESS', 'etl', 'api_key',"
                                + " '0123456789ab', 'analyst', 'analyst', '192.0.2.7', 'curl/8', '', '', :tool,"
                                + " 'warehouse', :parameters, 1234, 7)")
                .bind("tool", tool)
                .bind("parameters", "{\"sql\":\"" + "x".repeat(4_000) + "\"}")
                .execute());
    }

    private static void insertKeys(Jdbi database) {
        database.useHandle(handle -> {
            handle.execute("INSERT INTO api_key (key_id, digest, name, roles, expires_at, allowed_networks, created_at,"
                    + " created_by) VALUES ('0123456789ab', '01', 'etl', 'analyst', now() + INTERVAL '1' DAY,"
                    + " '10.0.0.0/8', now(), 'root')");
            handle.execute("INSERT INTO api_key (key_id, digest, name, roles, allowed_networks, created_at, created_by,"
                    + " revoked_at) VALUES ('ba9876543210', 'ba', 'old', 'viewer', '', now(), 'root', now())");
            handle.execute("INSERT INTO api_key_use VALUES ('0123456789ab', now(), '192.0.2.7', 42)");
            handle.execute("UPDATE api_key_revision SET revision = 17 WHERE id = 1");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void embeddedStoreOfEveryEarlierVersionKeepsItsRowsAndKeys(int version) {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:" + directory.resolve("store/platform"));
        file.setUser("platform");
        file.setPassword("");
        Jdbi older = Jdbi.create(file);
        // rows of this version are those of before the chain: what is in the chain is written by its code alone
        migrate(file, MigrationScripts.embedded(), Math.min(version, CHAIN - 1));
        List.of("first", "second", "third").forEach(tool -> insertRow(older, tool));
        if (version >= KEYS) {
            insertKeys(older);
        }
        migrate(file, MigrationScripts.embedded(), version);
        assertThat(versions(older)).hasSize(version);

        try (TemporaryStore store = new TemporaryStore(directory)) {
            assertThat(versions(store.jdbi())).containsExactly("1", "2", "3", "4", "5", "6", "7");
            AuditChain chain =
                    new AuditChain(store, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}"));
            assertThat(chain.append(ChainRows.of("fourth"))).isEqualTo(4);
            assertThat(chain.sign().broken()).isEmpty();
            ReadPermits permits = new ReadPermits();
            AuditReader reader = new AuditReader(store, permits);
            AuditPage page = reader.page(AuditFilter.NONE, reader.newest(), Optional.empty(), 10, LONGEST);
            assertThat(page.rows()).extracting(AuditRow::tool).containsExactly("fourth", "third", "second", "first");
            AuditRow first = page.rows().get(3);
            assertThat(first.caller()).isEqualTo("etl");
            assertThat(first.identity()).isEmpty();
            assertThat(first.parameters()).hasSizeGreaterThan(4_000);
            assertThat(first.occurredAt()).isEqualTo("2026-01-31T10:00:00Z");
            assertThat(new AuditVerification(store, permits, chain)
                            .verify(Optional.empty(), Optional.empty())
                            .isVerified())
                    .isTrue();
            if (version >= KEYS) {
                assertThat(texts(
                                store,
                                "SELECT name || ' ' || (revoked_at IS NULL) || ' ' || (expires_at IS NULL) || ' '"
                                        + " || created_by_identity FROM api_key ORDER BY key_id"))
                        .containsExactly("etl TRUE FALSE ", "old FALSE TRUE ");
                assertThat(texts(store, "SELECT use_count FROM api_key_use")).containsExactly("42");
                assertThat(texts(store, "SELECT revision FROM api_key_revision"))
                        .containsExactly("17");
            } else {
                assertThat(texts(store, "SELECT name FROM api_key")).isEmpty();
                assertThat(texts(store, "SELECT revision FROM api_key_revision"))
                        .containsExactly("1");
            }
        }
    }

    private static List<String> texts(PlatformStore store, String sql) {
        return store.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private static List<String> columns(Jdbi database) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns"
                                + " WHERE table_schema = 'public' ORDER BY 1")
                .mapTo(String.class)
                .list());
    }

    private static Jdbi at(PostgresServer.Database database) {
        return Jdbi.create(dataSource(database));
    }

    private static DataSource dataSource(PostgresServer.Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.url());
        return source;
    }

    @Test
    void storeOnPostgresOfBeforeSharedTasksKeepsItsRowsAndKeys() {
        PostgresServer.Database real = PostgresServer.newEmptyDatabase();
        migrate(dataSource(real), MigrationScripts.postgresql(), 7);
        PostgresServer.Database database = PostgresServer.newDatabase();
        InMemoryActiveConfiguration configuration =
                InMemoryActiveConfiguration.of("server: {data_dir: '" + directory + "'}");
        try (TemporaryStore before = TemporaryStore.on(database, "one")) {
            AuditChain chain = new AuditChain(before, configuration);
            chain.append(ChainRows.of("first", "second"));
            assertThat(chain.sign().broken()).isEmpty();
            before.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO api_key (key_id, digest, name, roles, allowed_networks, created_at, created_by,"
                                    + " created_by_identity, created_by_credential) VALUES ('0123456789ab', '01', 'etl',"
                                    + " 'analyst', '', now(), 'root', 'api_key:1', '1')"));
        }
        database.execute("DROP TABLE platform_server, task_answer, task, export_part, export, caller_rate");
        database.execute("DELETE FROM flyway_schema_history WHERE version = '8'");
        assertThat(columns(at(database))).as("as version 7 made them").isEqualTo(columns(at(real)));
        assertThat(versions(at(database))).containsExactly("7");

        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            assertThat(versions(store.jdbi())).containsExactly("7", "8");
            assertThat(texts(store, "SELECT name FROM api_key")).containsExactly("etl");
            assertThat(texts(store, "SELECT count(*) FROM task")).containsExactly("0");
            AuditChain chain = new AuditChain(store, configuration);
            chain.append(ChainRows.of("third"));
            assertThat(chain.sign().broken()).isEmpty();
            ReadPermits permits = new ReadPermits();
            AuditReader reader = new AuditReader(store, permits);
            assertThat(reader.page(AuditFilter.NONE, reader.newest(), Optional.empty(), 10, LONGEST)
                            .rows())
                    .extracting(AuditRow::tool)
                    .containsExactly("third", "second", "first");
            assertThat(new AuditVerification(store, permits, chain)
                            .verify(Optional.empty(), Optional.empty())
                            .isVerified())
                    .isTrue();
        }
    }
}
