package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.ToolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source, opened when first used, and how many of its connections are lent. Once retired it lends no more, and
 * closes when the last connection comes back, so that a changed entry ends no running statement. However its database
 * hangs, a few threads at most wait for its connections. Thread-safe.
 */
final class BorrowedConnections {

    /** As many as may wait for a connection at once; others wait for a place, which costs no thread but their own. */
    static final int PLACES = 8;

    /** So many uses that nobody waits for any more may hang; then nothing is begun before one of them ends. */
    static final int MOST_GIVEN_UP = 8;

    private static final Logger LOG = System.getLogger(BorrowedConnections.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** A data source and how to be rid of it. */
    record Opened(DataSource data, AutoCloseable closing) {}

    /** The source lends no more, because another one has taken its place. */
    static final class RetiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetiredException() {
            super("the entry has just changed");
        }
    }

    /** Makes the data source. */
    interface Opening {
        Opened open() throws SQLException, NamingException;
    }

    private final String name;
    private final ConnectionSource source;
    private final DatabaseInspection inspection;
    private final Opening opening;
    private final Duration patience;
    private final Object oneOpening = new Object();
    private final Semaphore places = new Semaphore(PLACES, true);
    private final CallerShares shares = new CallerShares();
    private @Nullable Opened opened;
    private int lent;
    private int givenUp;
    private boolean retired;
    private boolean closed;

    /** @param patience how long callers wait for a place, as long as a pool of ours takes to say that it has none */
    BorrowedConnections(ConnectionConfig config, Opening opening, Duration patience) {
        this.name = config.name();
        this.source = config.source();
        this.inspection = new DatabaseInspection(name, config.allowPrivilegedAccount());
        this.opening = opening;
        this.patience = patience;
    }

    boolean isOf(ConnectionConfig config) {
        return source.equals(config.source()) && inspection.allowsPrivileged() == config.allowPrivilegedAccount();
    }

    DatabaseInspection inspection() {
        return inspection;
    }

    /**
     * Takes one of the caller's share of uses, to be given back with {@link #ended}, and a place among those who wait for a
     * connection, to be left with {@link #leave}.
     *
     * @return whether there is one; false as soon as it is unwanted
     * @throws ToolException if the caller has so many uses already, and none ends meanwhile
     * @throws SQLException if there is none within the time a pool of ours takes to say so, or if so much of this source
     *     hangs that it is not worth waiting
     */
    boolean enter(SqlCaller caller) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        boolean shared = false;
        boolean entered = false;
        try {
            do {
                if (caller.cancellation().isCancelled()) {
                    return false;
                }
                refuseIfItHangs();
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

    /** A use that had {@link #enter entered} is over, and its connection is back. */
    void ended(SqlCaller caller) {
        shares.giveBack(caller.identity());
    }

    void leave() {
        places.release();
    }

    /** Nobody waits any more for a use that goes on. */
    synchronized void gaveUp() {
        givenUp++;
    }

    /** Such a use has ended after all. */
    synchronized void endedLate() {
        givenUp--;
    }

    private synchronized void refuseIfItHangs() throws SQLException {
        if (givenUp >= MOST_GIVEN_UP) {
            throw new SQLException(givenUp + " uses of it hang");
        }
    }

    /** A connection, to be given back with {@link #giveBack}; waits for the pool, never for other data sources. */
    Connection lend() throws SQLException, NamingException {
        begin();
        try {
            return data().getConnection();
        } catch (SQLException | NamingException | RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection of " + name + " did not close", e);
        } finally {
            end();
        }
    }

    /** Lends no more; closes once everything has come back. */
    synchronized void retire() {
        retired = true;
        closeIfIdle();
    }

    /** Closes now, whoever still uses it. */
    synchronized void close() {
        retired = true;
        closed = true;
        closeIfIdle();
    }

    private synchronized void begin() {
        if (retired) {
            throw new RetiredException();
        }
        lent++;
    }

    /** Opening can take as long as a server or a database likes: nobody who retires or closes waits for that. */
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
        lent--;
        closeIfIdle();
    }

    private void closeIfIdle() {
        Opened known = opened;
        if (!retired || (lent > 0 && !closed) || known == null) {
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
