package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source, opened at its first use, and the number of its borrowed connections. Once retired it gives out no
 * connection, and it closes when the last one is returned, so that a changed entry ends no running statement. Even if
 * its database hangs, only a few threads wait for its connections. Thread-safe.
 */
final class BorrowedConnections {

    /**
     * How many threads may wait for a connection at once; other callers wait for a place, which blocks only their own
     * thread.
     */
    static final int PLACES = 8;

    private static final Logger LOG = System.getLogger(BorrowedConnections.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** A data source and the way to close it. */
    record Opened(DataSource data, AutoCloseable closing) {}

    /** The source gives no connection, because another source has replaced it. */
    static final class RetiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetiredException() {
            super("the entry has just changed");
        }
    }

    /** Creates the data source. */
    interface Opening {
        Opened open() throws SQLException, NamingException;
    }

    private final String name;
    private final ConnectionSource source;
    private final boolean allowPrivileged;
    private final Map<String, DatabaseInspection> inspections = new ConcurrentHashMap<>();
    private final Opening opening;
    private final Duration patience;
    private final Object oneOpening = new Object();
    private final Semaphore places = new Semaphore(PLACES, true);
    private final CallerShares shares = new CallerShares();
    private final RepeatedReports refusals = new RepeatedReports();
    private final Set<BorrowedConnection> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger entering = new AtomicInteger();
    private @Nullable Opened opened;
    private int borrowed;
    private boolean retired;
    private boolean closed;

    /** @param patience how long callers wait for a place: as long as the platform's own pools wait for a connection */
    BorrowedConnections(ConnectionConfig config, Opening opening, Duration patience) {
        this.name = config.name();
        this.source = config.source();
        this.allowPrivileged = config.allowPrivilegedAccount();
        this.opening = opening;
        this.patience = patience;
    }

    boolean isOf(ConnectionConfig config) {
        return source.equals(config.source()) && allowPrivileged == config.allowPrivilegedAccount();
    }

    /** How many connections are borrowed now. */
    synchronized int borrowed() {
        return borrowed;
    }

    /** Of the platform's own pool; empty if it is a pool of the server, or not open. */
    synchronized Optional<PoolState> pool() {
        if (opened == null || !(opened.data() instanceof HikariDataSource pool)) {
            return Optional.empty();
        }
        return Optional.ofNullable(pool.getHikariPoolMXBean())
                .map(counts -> new PoolState(
                        counts.getTotalConnections(),
                        pool.getMaximumPoolSize(),
                        entering.get() + counts.getThreadsAwaitingConnection()));
    }

    /**
     * The inspection of the database as one of its roles sees it: its rights and functions may differ.
     *
     * @param role empty for the account itself
     */
    DatabaseInspection inspection(Optional<String> role) {
        return inspections.computeIfAbsent(
                role.orElse(""), given -> new DatabaseInspection(name, given, allowPrivileged));
    }

    /** A result of any inspection, for what does not depend on the role. */
    Optional<InspectedDatabase> known() {
        return inspections.values().stream()
                .flatMap(inspection -> inspection.known().stream())
                .findFirst();
    }

    /**
     * Takes one of the caller's share of uses, to be returned with {@link #ended}, and a place among the threads that
     * wait for a connection, to be left with {@link #leave}.
     *
     * @return whether there is a place; false as soon as the use is unwanted
     * @throws ToolException if the caller has too many uses already, and none ends meanwhile
     * @throws SQLException if there is no place within the wait time of the platform's own pools
     */
    boolean enter(SqlCaller caller) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        boolean shared = false;
        boolean entered = false;
        entering.incrementAndGet();
        try {
            do {
                if (caller.cancellation().isCancelled()) {
                    return false;
                }
                shared = shared || shares.take(caller.identity());
                entered = shared && places.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                if (!shared) {
                    Thread.sleep(BETWEEN_LOOKS.toMillis());
                }
            } while (!entered && System.nanoTime() < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the application ends", e);
        } finally {
            entering.decrementAndGet();
            if (shared && !entered) {
                ended(caller);
            }
        }
        if (!shared) {
            throw tooMany();
        }
        if (!entered) {
            throw new SQLTransientConnectionException(PLACES + " others wait for a connection");
        }
        return true;
    }

    private ToolException tooMany() {
        return new ToolException(
                "connection_busy",
                "You have " + CallerShares.MOST + " statements running on " + name
                        + ", the most that one caller may have there; wait until one of them ends.");
    }

    /** A use that had {@link #enter entered} has ended, and its connection is returned. */
    void ended(SqlCaller caller) {
        shares.giveBack(caller.identity());
    }

    void leave() {
        places.release();
    }

    /**
     * A connection that is returned by closing it; waits for the pool, never for other data sources.
     *
     * @param longest how long the driver may wait for one answer of the database
     */
    BorrowedConnection borrow(Duration longest) throws SQLException, NamingException {
        begin();
        try {
            BorrowedConnection connection = new BorrowedConnection(this, data().getConnection(), longest);
            held.add(connection);
            return connection;
        } catch (SQLException | NamingException | RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** @throws ToolException if the product of the connection cannot be told this identity */
    SessionIdentity identity(DatabaseIdentity caller, Connection connection) throws SQLException {
        if (caller.isNone() && caller.tags().isEmpty()) {
            return SessionIdentity.NONE;
        }
        Dialect dialect = Dialect.of(String.valueOf(connection.getMetaData().getDatabaseProductName()));
        if (caller.isNone() && dialect != Dialect.TRINO) {
            return SessionIdentity.NONE;
        }
        Optional<String> problem = SessionIdentity.problem(caller, dialect);
        if (problem.isPresent()) {
            throw identityRefused(problem.get());
        }
        return SessionIdentity.of(caller, dialect, connection);
    }

    /** The error for a caller whose identity the database has not taken; the log names the reason, once a minute. */
    ToolException identityRefused(String why) {
        if (refusals.mayReport(why)) {
            LOG.log(Level.WARNING, "connections.{0}.identity: {1}. The caller is refused.", name, why);
        }
        return new ToolException(
                "identity_refused",
                "The database did not accept your identity on the connection " + name
                        + ". Tell the operator of this server: its log says why.");
    }

    /** @param intoThePool false if it could neither be cleaned nor closed: then the pool must not give it to another caller */
    void giveBack(BorrowedConnection connection, boolean intoThePool) {
        held.remove(connection);
        try {
            if (intoThePool) {
                connection.jdbc().close();
            } else {
                LOG.log(
                        Level.WARNING,
                        "connection " + name + ": a connection could neither be cleaned of its caller's identity nor"
                                + " closed; its pool does not get it back");
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection of " + name + " did not close", e);
        } finally {
            end();
        }
    }

    /** Gives out no more connections; closes once all of them are returned. */
    synchronized void retire() {
        retired = true;
        closeIfIdle();
    }

    /** Aborts the connections in use; an abort may block its thread for any time. */
    void abort(Executor aborting) {
        held.forEach(connection -> connection.abort(aborting));
    }

    synchronized boolean isIdle() {
        return borrowed == 0;
    }

    /** Closes now, even while connections are in use. */
    synchronized void close() {
        retired = true;
        closed = true;
        closeIfIdle();
    }

    private synchronized void begin() {
        if (retired) {
            throw new RetiredException();
        }
        borrowed++;
    }

    /** Opening can take as long as a server or a database likes, so retiring and closing do not wait for it. */
    private DataSource data() throws SQLException, NamingException {
        synchronized (oneOpening) {
            Opened known = opened();
            if (known == null) {
                known = opening.open();
                keep(known);
            }
            return known.data();
        }
    }

    private synchronized @Nullable Opened opened() throws SQLException {
        if (closed) {
            throw new SQLException("the application ends");
        }
        return opened;
    }

    private synchronized void keep(Opened fresh) {
        opened = fresh;
        closeIfIdle();
    }

    private synchronized void end() {
        borrowed--;
        closeIfIdle();
    }

    private void closeIfIdle() {
        Opened known = opened;
        if (!retired || (borrowed > 0 && !closed) || known == null) {
            return;
        }
        opened = null;
        try {
            known.closing().close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "connection " + name + " did not close: " + SqlErrors.forTheLog(e));
        }
    }
}
