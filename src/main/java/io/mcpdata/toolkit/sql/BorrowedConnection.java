package io.mcpdata.toolkit.sql;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A read-only connection without auto-commit. Closing rolls back, restores what was set and gives the connection back
 * to its pool, which may be the server's and used by others. Belongs to one thread; others may only give it up.
 */
final class BorrowedConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(BorrowedConnection.class.getName());

    private final BorrowedConnections source;
    private final Connection jdbc;
    private final Executor aborting;
    private volatile Connection drivers;
    private boolean wasReadOnly;
    private boolean wasAutoCommit;
    private @Nullable InspectedDatabase database;
    private boolean sessionLimited;
    private boolean unusable;
    private boolean gone;

    /**
     * Takes the connection over.
     *
     * @param aborting threads that giving it up may hold as long as it likes
     */
    BorrowedConnection(BorrowedConnections source, Connection jdbc, Executor aborting) {
        this.source = source;
        this.jdbc = jdbc;
        this.drivers = jdbc;
        this.aborting = aborting;
    }

    /**
     * The driver's own connection where the pool shows it, else the pool's. WildFly hands out what the driver tells about
     * the database, and with it the driver's connection. Payara wraps that, too, in a class that no application sees.
     */
    private static @Nullable Object behind(DatabaseMetaData metadata) throws SQLException {
        try {
            return metadata.getClass().getMethod("getActualConnection").invoke(metadata);
        } catch (ReflectiveOperationException e) {
            return metadata.getConnection();
        }
    }

    private void findTheDrivers() {
        try {
            drivers = behind(jdbc.getMetaData()) instanceof Connection own ? own : jdbc;
        } catch (SQLException e) {
            // only an abort would need it, and the pool's own does for most
            LOG.log(Level.DEBUG, "a pool does not show the connection of its driver", e);
        }
    }

    /** Makes it read-only and ends auto-commit, or gives it back. */
    void prepare() throws SQLException {
        try {
            findTheDrivers();
            wasReadOnly = jdbc.isReadOnly();
            wasAutoCommit = jdbc.getAutoCommit();
            jdbc.setReadOnly(true);
            jdbc.setAutoCommit(false);
        } catch (SQLException | RuntimeException | Error e) {
            giveBack();
            throw e;
        }
    }

    /**
     * Begins the read-only transaction where the driver does not, or gives the connection back.
     *
     * @throws io.mcpdata.gateway.ToolException if the database account is refused
     */
    void begin(DatabaseInspection inspection) throws SQLException {
        try {
            database = inspection.of(jdbc);
            execute(database.limits().beginning());
        } catch (SQLException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    BorrowedConnections source() {
        return source;
    }

    /** What is known of its database. */
    InspectedDatabase database() {
        if (database == null) {
            throw new IllegalStateException("not begun");
        }
        return database;
    }

    /** Has the database end the statement by itself; the statement to send. */
    String limited(String sql, Duration timeout) throws SQLException {
        DatabaseLimits limits = database().limits();
        limitSession(limits.beforeStatement(timeout));
        return limits.around(sql, timeout);
    }

    /** Has the database end by itself what the driver asks about it. */
    void limitLook(Duration timeout) throws SQLException {
        limitSession(database().limits().beforeLook(timeout));
    }

    private void limitSession(List<String> settings) throws SQLException {
        sessionLimited |= !settings.isEmpty();
        execute(settings);
    }

    private void execute(List<String> statements) throws SQLException {
        for (String sql : statements) {
            try (Statement statement = jdbc.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** What the driver has read of it is not whole: it must not be used again. */
    void isUnusable() {
        unusable = true;
    }

    Connection jdbc() {
        return jdbc;
    }

    /**
     * Gives the connection up, so that whatever hangs on it ends; does nothing once it is on its way back or given up, because
     * the driver's own may be in other hands then. That comes first, where the pool shows it: Payara's pool waits for the
     * statement that is to be ended, and whoever wants one of its connections waits for the pool. Then the pool is told.
     */
    synchronized void abort() throws SQLException {
        if (gone) {
            return;
        }
        try {
            if (drivers != jdbc) {
                drivers.abort(Runnable::run);
            }
        } finally {
            jdbc.abort(Runnable::run);
        }
        gone();
    }

    /** Nobody waits for it any more: it is given up unless it soon goes back by itself. */
    void abandon() {
        try {
            aborting.execute(this::abortUnlessItGoesBack);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "there is no thread to give up a connection: " + SqlErrors.forTheLog(e));
        }
    }

    private void abortUnlessItGoesBack() {
        try {
            awaitReturn();
            abort();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection could not be given up", e);
        }
    }

    private synchronized void awaitReturn() {
        long end = System.nanoTime() + StatementTimeout.PATIENCE.toNanos();
        try {
            for (long left = StatementTimeout.PATIENCE.toNanos(); !gone && left > 0; left = end - System.nanoTime()) {
                // never 0, which would be without an end
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            // the application ends, and its server must not wait for a database
            return;
        }
    }

    /**
     * The rollback takes back what a statement may have set, because PostgreSQL undoes settings with their transaction. A
     * session that may hold more, or cannot be put in order, is closed: no other caller gets it.
     */
    @Override
    public void close() {
        boolean clean = false;
        try {
            jdbc.rollback();
            if (sessionLimited) {
                execute(database().limits().restoring());
                jdbc.rollback();
            }
            clean = !unusable && (database == null || !database.closesSessions());
            jdbc.setAutoCommit(wasAutoCommit);
            jdbc.setReadOnly(wasReadOnly);
        } catch (SQLException e) {
            // the statement's own outcome matters more
            LOG.log(Level.DEBUG, "a connection could not be rolled back", e);
            clean = false;
        } finally {
            if (!clean) {
                discard();
            }
            giveBack();
        }
    }

    private void discard() {
        try {
            jdbc.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection could not be closed", e);
        }
    }

    private void giveBack() {
        // after an abort that is under way
        gone();
        source.giveBack(jdbc);
    }

    private synchronized void gone() {
        gone = true;
        notifyAll();
    }
}
