package io.mcpdata.store;

import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.DatabaseConfig;
import io.mcpdata.config.Secret;
import io.mcpdata.testing.EarlierPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of a JVM, which ends with it; each test has a database of its own. */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    static {
        newDatabase("migrated", "template0");
        PostgresDatabase.open(new Database("migrated").config("template")).close();
    }

    private PostgresServer() {}

    /** A database of the server. */
    public record Database(String name) {

        public String url() {
            return SERVER.getJdbcUrl("postgres", name);
        }

        public DatabaseConfig config(String instance) {
            return PostgresServer.config(url(), instance);
        }

        /** Runs a statement as the owner of the server. */
        public void execute(String sql) {
            PostgresServer.execute(name, sql);
        }
    }

    static DatabaseConfig config(String url, String instance) {
        return new DatabaseConfig(
                new ConnectionSource.Url(new Secret(url), Optional.empty(), Optional.empty()), instance);
    }

    /** With the tables of the platform. */
    public static Database newDatabase() {
        return newDatabase("test" + DATABASES.incrementAndGet(), "migrated");
    }

    /** Without any table. */
    public static Database newEmptyDatabase() {
        return newDatabase("test" + DATABASES.incrementAndGet(), "template0");
    }

    /** Ends it before the JVM does, which has no time at its end to delete many databases. */
    static void close() throws IOException {
        SERVER.close();
    }

    private static Database newDatabase(String name, String template) {
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
        return new Database(name);
    }

    private static void execute(String database, String sql) {
        try (Connection owner = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            if (EarlierPostgres.isGiven()) {
                return EarlierPostgres.start();
            }
            return EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
