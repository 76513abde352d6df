package io.mcpdata.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** The H2 database in the data directory, open and migrated. Thread-safe. */
final class EmbeddedDatabase implements StoreDatabase {

    private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
    private static final int CONNECTIONS = 4;
    private static final int LONGEST_STATEMENT_SECONDS = 10;
    private static final String USER = "platform";

    /**
     * RETENTION_TIME: after how many milliseconds H2 reuses the space of outdated pages; with its default of 45 s ten
     * thousand rows fill 250 MB. MAX_COMPACT_TIME: how long closing may take to give space back. DB_CLOSE_ON_EXIT: the
     * platform closes the database, not a hook of H2. TRACE_LEVEL_FILE: errors are in the server's log.
     */
    private static final String SETTINGS =
            ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=1000;MAX_COMPACT_TIME=2000;TRACE_LEVEL_FILE=0";

    /** Changes nothing, but fails if the database cannot be written. */
    private static final String WRITE = "UPDATE api_key_revision SET revision = revision WHERE id = 1";

    private final StoreDirectory directory;
    private final HikariDataSource pool;
    private final BrokenDatabase broken;
    private final StoreFile file;
    private final StoreProgress progress;
    private final Jdbi jdbi;

    private EmbeddedDatabase(StoreDirectory directory, HikariDataSource pool, BrokenDatabase broken)
            throws IOException {
        this.directory = directory;
        this.pool = pool;
        this.broken = broken;
        this.file = StoreFile.of(directory.file());
        this.jdbi = Jdbi.create(pool);
        this.progress = new StoreProgress(jdbi, directory.mark());
        // not for the migrations, which may take longer
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(LONGEST_STATEMENT_SECONDS);
    }

    /** @throws StoreUnavailableException naming the directory and what to do */
    static EmbeddedDatabase open(Path dataDirectory) {
        return open(dataDirectory, DurableFiles.prefix());
    }

    /** @param files the H2 file systems through which the database is written */
    static EmbeddedDatabase open(Path dataDirectory, String files) {
        StoreDirectory directory = StoreDirectory.claim(dataDirectory);
        String url = "jdbc:h2:" + files + directory.database() + SETTINGS;
        BrokenDatabase broken = new BrokenDatabase();
        @Nullable HikariDataSource pool = null;
        try {
            // a pool that cannot connect would wait, and fill the log
            checkAndCompact(url, directory.file());
            pool = new HikariDataSource(settings(url, broken));
            Migrations.apply(pool, MigrationScripts.embedded());
            directory.closeToOthers();
            directory.forceNames();
            EmbeddedDatabase opened = new EmbeddedDatabase(directory, pool, broken);
            opened.durably(handle -> handle.execute(WRITE));
            return opened;
        } catch (IOException | SQLException | RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            release(directory);
            throw e instanceof StoreUnavailableException known ? known : unavailable(directory.database(), e);
        }
    }

    @Override
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public boolean answers() {
        return jdbi.withHandle(handle ->
                        handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                == 1;
    }

    @Override
    public void used() {
        progress.writeIfDue();
    }

    @Override
    public StoreMark reached() {
        return progress.written();
    }

    @Override
    public Optional<String> missing(StoreMark known) {
        return progress.compare(known);
    }

    @Override
    public <T> T durably(Function<Handle, T> change) {
        T made = jdbi.withHandle(handle -> {
            T result = handle.inTransaction(change::apply);
            // each write of H2 is on the disk when it returns; a checkpoint makes H2 write
            handle.execute("CHECKPOINT");
            return result;
        });
        progress.changed();
        if (!file.isInPlace()) {
            throw new StoreUnavailableException(replaced());
        }
        return made;
    }

    @Override
    public StoreBackup backUp(Instant now) throws IOException {
        return BackupFile.in(directory.backups(), now).write(jdbi);
    }

    @Override
    public @Nullable StoreUnavailableException failure() {
        Throwable cause = broken.cause();
        if (cause != null) {
            return new StoreUnavailableException(
                    "the platform store " + directory.file() + " has failed and is opened again: check the space and"
                            + " the health of its disk",
                    cause);
        }
        return file.isInPlace() ? null : new StoreUnavailableException(replaced());
    }

    @Override
    public void suspect(Throwable error) {
        broken.notice(error);
    }

    @Override
    public void close() {
        if (failure() == null) {
            progress.writeNow();
        }
        pool.close();
        release(directory);
    }

    private String replaced() {
        return "the file of the platform store " + directory.file()
                + " was deleted or replaced while in use; the store is opened again as it is now";
    }

    /** H2 gives space back when the last connection closes; a killed server did not get that far. */
    private static void checkAndCompact(String url, Path file) throws SQLException, IOException {
        long before = Files.exists(file) ? Files.size(file) : 0;
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", "");
        new Driver().connect(url, properties).close();
        if (before > Files.size(file)) {
            LOG.log(Level.INFO, "platform store compacted from {0} to {1} bytes", before, Files.size(file));
        }
    }

    private static HikariConfig settings(String url, BrokenDatabase broken) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("platform-store");
        settings.setDriverClassName("org.h2.Driver");
        settings.setJdbcUrl(url);
        settings.setUsername(USER);
        settings.setPassword("");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setConnectionTimeout(5_000);
        settings.setExceptionOverride(broken);
        return settings;
    }

    private static StoreUnavailableException unavailable(Path database, Exception cause) {
        for (@Nullable Throwable link = cause; link != null; link = link.getCause()) {
            if (link instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return StoreDirectory.inUse(database, cause);
            }
        }
        if (!BrokenDatabase.isDamage(cause) && BrokenDatabase.isFailure(cause)) {
            return new StoreUnavailableException(
                    "the platform store " + database + ".mv.db cannot be read or written: check the space and the"
                            + " health of its disk, or restore it from a backup",
                    cause);
        }
        return new StoreUnavailableException(
                "the platform store " + database
                        + ".mv.db cannot be used: it is damaged or not a store of this platform."
                        + " Restore it from a backup or move it away; a new one is made then",
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
