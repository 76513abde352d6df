package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.DatabaseConfig;
import io.mcpdata.config.Secret;
import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresDatabaseTest {

    private static StoreUnavailableException refused(DatabaseConfig config) {
        return assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> PostgresDatabase.open(config))
                .actual();
    }

    private static DatabaseConfig url(String url) {
        return new DatabaseConfig(
                new ConnectionSource.Url(
                        new Secret(url), Optional.of("postgres"), Optional.of(new Secret("pass-word"))),
                "one");
    }

    @Test
    void serversThatStartAtOnceMigrateOnce() throws Exception {
        PostgresServer.Database empty = PostgresServer.newEmptyDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> opening = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "server" + i;
                opening.add(threads.submit(
                        () -> PostgresDatabase.open(empty.config(name)).close()));
            }
            for (Future<?> each : opening) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (PostgresDatabase opened = PostgresDatabase.open(empty.config("last"))) {
            List<String> versions = opened.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT version FROM flyway_schema_history WHERE success ORDER BY version")
                            .mapTo(String.class)
                            .list());
            assertThat(versions).containsExactly("7", "8");
        }
    }

    @Test
    void tablesOfANewerReleaseAreRefused() {
        PostgresServer.Database database = PostgresServer.newDatabase();
        database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success)"
                + " VALUES (9, '99', 'newer', 'SQL', 'V99__newer.sql', 'postgres', 1, TRUE)");
        assertThat(refused(database.config("one")))
                .hasMessage("the platform store has tables of version 99, which a newer release made, and this WAR"
                        + " knows version 8: start the newer WAR, or restore the backup of before the upgrade");
    }

    @Test
    void schemaWithOtherTablesIsRefused() {
        PostgresServer.Database database = PostgresServer.newEmptyDatabase();
        database.execute("CREATE TABLE orders (id INT)");
        assertThat(refused(database.config("one"))).hasMessageContaining("has other tables in its schema");
    }

    @Test
    void databaseThatTakesNoChangesIsRefused() {
        PostgresServer.Database database = PostgresServer.newDatabase();
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        assertThat(refused(database.config("one"))).hasMessageContaining("takes no changes");
    }

    @Test
    void urlThatTheDriverDoesNotAcceptIsNotShown() {
        StoreUnavailableException refused = refused(url("jdbc:postgresql://h:notaport/d?password=secret"));
        assertThat(refused).hasMessageContaining("database.url").hasNoCause();
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void passwordIsInNoErrorOfAServerThatDoesNotAnswer() {
        StoreUnavailableException refused = refused(url("jdbc:postgresql://127.0.0.1:1/d?password=secret"));
        for (Throwable link = refused; link != null; link = link.getCause()) {
            assertThat(String.valueOf(link.getMessage())).doesNotContain("secret", "pass-word");
        }
    }

    @Test
    void changeIsSafeWhereTheDatabaseWouldAcknowledgeBeforeTheDisk() {
        PostgresServer.Database database = PostgresServer.newDatabase();
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");
        try (PostgresDatabase opened = PostgresDatabase.open(database.config("one"))) {
            assertThat(opened.<String>durably(handle -> handle.createQuery("SHOW synchronous_commit")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("on");
        }
    }

    /** As after a failover to a standby, which is made the primary server later. */
    @ParameterizedTest
    @ValueSource(strings = {"pool of the platform", "pool of the server"})
    void changesSucceedAgainAsSoonAsTheDatabaseTakesThem(String kind) {
        PostgresServer.Database database = PostgresServer.newDatabase();
        try (HikariDataSource pool = pool(database);
                PostgresDatabase opened = kind.equals("pool of the server")
                        ? PostgresDatabase.open(pool, "one")
                        : PostgresDatabase.open(database.config("one"))) {
            assertThat(opened.answers()).isTrue();
            database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                    + database.name() + "' AND pid <> pg_backend_pid()");
            Eventually.within(Duration.ofSeconds(10), "it takes no changes", () -> !isAnswering(opened));
            assertThatExceptionOfType(JdbiException.class).isThrownBy(() -> write(opened));

            database.execute("BEGIN; SET TRANSACTION READ WRITE; ALTER DATABASE " + database.name()
                    + " RESET default_transaction_read_only; COMMIT");

            Eventually.within(Duration.ofSeconds(10), "it answers", () -> isAnswering(opened));
            Eventually.within(Duration.ofSeconds(10), "it takes changes", () -> isWritten(opened));
        }
    }

    private static HikariDataSource pool(PostgresServer.Database database) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(database.url());
        settings.setMaximumPoolSize(4);
        return new HikariDataSource(settings);
    }

    private static boolean isAnswering(PostgresDatabase opened) {
        try {
            return opened.answers();
        } catch (JdbiException e) {
            // a connection that was ended
            return true;
        }
    }

    /** False on another session of before. */
    private static boolean isWritten(PostgresDatabase opened) {
        try {
            return write(opened) == 1;
        } catch (JdbiException e) {
            return false;
        }
    }

    private static int write(PostgresDatabase opened) {
        return opened.durably(handle -> handle.execute("UPDATE api_key_revision SET revision = revision"));
    }

    @Test
    void copiesAreMadeByTheProgramsOfTheDatabase() {
        try (PostgresDatabase opened =
                PostgresDatabase.open(PostgresServer.newDatabase().config("one"))) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> opened.backUp(Instant.now()))
                    .withMessageContaining("pg_dump");
        }
    }
}
