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
 * A read-only connection without auto-commit. Closing rolls back, restores the changed settings and returns the
 * connection to its pool, which may be the server's and shared with other applications. Belongs to one thread; other
 * threads may only abort it.
 */
final class BorrowedConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(BorrowedConnection.class.getName());

    /** How long the database may take for the rollback and the settings before a return. */
    private static final Duration TO_RETURN = Duration.ofSeconds(5);

    private final BorrowedConnections source;
    private final Connection jdbc;
    private final int longestWait;
    private volatile Connection drivers;
    /** The pool's own limit; negative if the driver has none that can be set. */
    private int poolsWait = -1;

    private boolean wasReadOnly;
    private boolean wasAutoCommit;
    private @Nullable InspectedDatabase database;
    private SessionIdentity identity = SessionIdentity.NONE;
    private DatabaseIdentity caller = DatabaseIdentity.NONE;
    private boolean sessionLimited;
    private boolean unusable;
    private boolean gone;

    /**
     * Takes ownership of the connection.
     *
     * @param longest how long the driver may wait for one answer of the database
     */
    BorrowedConnection(BorrowedConnections source, Connection jdbc, Duration longest) {
        this.source = source;
        this.jdbc = jdbc;
        this.drivers = jdbc;
        this.longestWait = millis(longest);
    }

    /**
     * The driver's own connection where the pool shows it, else the pool's. WildFly passes on the driver's metadata
     * object, and with it the driver's connection. Payara wraps that too, in a class that no application sees.
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
            // only an abort needs it, and for most pools the pool's own connection is enough
            LOG.log(Level.DEBUG, "a pool does not show the connection of its driver", e);
        }
    }

    /**
     * A wait that takes longer breaks the connection, so a database that does not answer keeps the thread of a call for a
     * limited time. Drivers of embedded databases have no such limit.
     */
    private void limitWaits() {
        try {
            poolsWait = jdbc.getNetworkTimeout();
            limitWaits(longestWait);
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            poolsWait = -1;
            LOG.log(Level.DEBUG, "a driver has no limit for its waits", e);
        }
    }

    /** A shorter limit of the pool stays. */
    private void limitWaits(int atMost) throws SQLException {
        if (poolsWait >= 0) {
            jdbc.setNetworkTimeout(Runnable::run, poolsWait == 0 ? atMost : Math.min(poolsWait, atMost));
        }
    }

    private static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }

    /** Makes the connection read-only and ends auto-commit; aborts and returns the connection if that fails. */
    void prepare() throws SQLException {
        try {
            findTheDrivers();
            limitWaits();
            wasReadOnly = jdbc.isReadOnly();
            wasAutoCommit = jdbc.getAutoCommit();
            jdbc.setReadOnly(true);
            jdbc.setAutoCommit(false);
        } catch (SQLException | RuntimeException | Error e) {
            discard();
            giveBack(true);
            throw e;
        }
    }

    /**
     * Begins the read-only transaction where the driver does not, and sets the caller's identity; if that fails, closes
     * the connection and returns it.
     *
     * @throws io.mcpdata.gateway.ToolException if the database refuses the identity, or its account is refused
     */
    void begin(DatabaseInspection inspection, DatabaseIdentity ofCaller) throws SQLException {
        try {
            caller = ofCaller;
            identity = source.identity(caller, jdbc);
            database = inspection.of(jdbc, this::identify);
            execute(database.limits().beginning());
            identify();
        } catch (SQLException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** A session whose identity is set only in part is never used again. */
    private void identify() throws SQLException {
        boolean usable = !unusable;
        unusable = true;
        try {
            identity.set();
        } catch (SQLException e) {
            if (SqlErrors.endsTheResult(e) || StatementFailures.isOfPreparedStatements(e)) {
                throw e;
            }
            throw source.identityRefused("the database refused " + caller + ": " + SqlErrors.forTheLog(e));
        }
        unusable = !usable;
    }

    /** Rolls back, because PostgreSQL answers nothing more in a failed transaction, for more questions of the same caller. */
    void beginAgain() throws SQLException {
        jdbc.rollback();
        identify();
    }

    /** The inspection's result for the connection's database. */
    InspectedDatabase database() {
        if (database == null) {
            throw new IllegalStateException("not begun");
        }
        return database;
    }

    /** Tells the database to end the statement by itself; returns the statement to send. */
    String limited(String sql, Duration timeout) throws SQLException {
        DatabaseLimits limits = database().limits();
        limitSession(limits.beforeStatement(timeout));
        return limits.around(sql, timeout);
    }

    /** Tells the database to end the driver's own queries by itself. */
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

    /** The driver has not read a result to its end: the connection must not be used again. */
    void isUnusable() {
        unusable = true;
    }

    Connection jdbc() {
        return jdbc;
    }

    /**
     * Aborts the connection, so that a hanging call on it ends. Does nothing once the connection is being returned or
     * aborted, because another caller may already have the driver's connection. If the pool shows the driver's
     * connection, that one is aborted first: Payara's pool waits for the hanging statement, and its other callers wait
     * for the pool. Then the pool's connection is aborted.
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

    /** Aborts it on another thread, because an abort may block for any time. */
    void abort(Executor aborting) {
        try {
            aborting.execute(() -> {
                try {
                    abort();
                } catch (SQLException | RuntimeException e) {
                    LOG.log(Level.DEBUG, "a connection could not be aborted", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "no thread is available to abort a connection: " + SqlErrors.forTheLog(e));
        }
    }

    /**
     * The rollback also undoes settings that a statement may have changed, because PostgreSQL undoes settings with
     * their transaction. Then the caller's identity is cleared where it outlives the transaction. A session that may keep
     * other state, or cannot be reset, is closed, so that no other caller gets it.
     */
    @Override
    public void close() {
        boolean clean = false;
        try {
            limitWaits(millis(TO_RETURN));
            jdbc.rollback();
            identity.clear();
            if (sessionLimited) {
                execute(database().limits().restoring());
                jdbc.rollback();
            }
            clean = !unusable && (database == null || !database.closesSessions());
            jdbc.setAutoCommit(wasAutoCommit);
            jdbc.setReadOnly(wasReadOnly);
            limitWaits(poolsWait);
        } catch (SQLException | RuntimeException e) {
            // the statement's own result matters more
            LOG.log(Level.DEBUG, "a connection could not be rolled back", e);
            clean = false;
        } finally {
            giveBack(clean || discard() || identity.isNone());
        }
    }

    /** Whether it is closed in the database. */
    private boolean discard() {
        try {
            jdbc.abort(Runnable::run);
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection could not be closed", e);
            return false;
        }
    }

    private void giveBack(boolean intoThePool) {
        // waits for an abort that is under way
        gone();
        source.giveBack(this, intoThePool);
    }

    private synchronized void gone() {
        gone = true;
    }
}
