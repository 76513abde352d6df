package io.mcpdata.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** The H2 database in the data directory, open and migrated. Thread-safe. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
    private static final int CONNECTIONS = 4;
    private static final int LONGEST_STATEMENT_SECONDS = 10;

    private final StoreDirectory directory;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private EmbeddedDatabase(StoreDirectory directory, HikariDataSource pool) {
        this.directory = directory;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        // not for the migrations, which may take their time
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(LONGEST_STATEMENT_SECONDS);
    }

    /** @throws StoreUnavailableException naming the place and what to do */
    static EmbeddedDatabase open(Path dataDirectory) {
        StoreDirectory directory = StoreDirectory.claim(dataDirectory);
        @Nullable HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(settings(directory.database()));
            migrate(pool);
            directory.closeToOthers();
            return new EmbeddedDatabase(directory, pool);
        } catch (IOException | RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            release(directory);
            throw unavailable(directory.database(), e);
        }
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
        release(directory);
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure(EmbeddedDatabase.class.getClassLoader())
                .dataSource(pool)
                .resourceProvider(new MigrationScripts())
                .locations(new String[0])
                // there are none, and looking for them in the WAR makes Open Liberty log an error
                .callbackLocations(new String[0])
                // by default, what a newer release has made of the tables would pass
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    private static HikariConfig settings(Path file) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("platform-store");
        settings.setDriverClassName("org.h2.Driver");
        // WRITE_DELAY=0: a committed row survives the process; DB_CLOSE_ON_EXIT: we close, not a JVM hook of H2's
        settings.setJdbcUrl("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        settings.setUsername("platform");
        settings.setPassword("");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setConnectionTimeout(5_000);
        return settings;
    }

    private static StoreUnavailableException unavailable(Path file, Exception cause) {
        for (@Nullable Throwable link = cause; link != null; link = link.getCause()) {
            if (link instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return StoreDirectory.inUse(file, cause);
            }
        }
        return new StoreUnavailableException(
                "the platform store " + file + ".mv.db cannot be used: it is damaged, not a store of this platform, or"
                        + " a newer release's. Restore it from a backup or move it away; a new one is made then",
                cause);
    }

    private static void release(StoreDirectory directory) {
        try {
            directory.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the lock of the platform store was not released", e);
        }
    }
}
