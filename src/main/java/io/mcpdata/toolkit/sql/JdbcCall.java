package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something done with a connection from its first moment to its last on a thread lent for that, because a pool or a driver
 * can keep a thread without any limit where no request to cancel reaches it: while it lends, tries, rolls back or takes
 * back a connection. Who asked waits no longer than is fair, and a connection that comes too late goes back at once. A use
 * that nobody waits for any more loses its connection if it does not end soon. Servers bind connections to threads, so a
 * connection never changes its thread. Thread-safe, for one use.
 *
 * @param <T> what comes of it
 */
final class JdbcCall<T> implements Runnable {

    /**
     * How long a connection is waited for: as long as a statement may run, but not so little that a pool of ours could
     * not say itself what it lacks or a cold one not connect, nor so much that a few frozen databases hold every call.
     */
    static final Duration LEAST_PATIENCE = ConnectionPools.LONGEST_WAIT.plusSeconds(2);

    static final Duration MOST_PATIENCE = Duration.ofSeconds(15);

    /** What a watch needs to end what has begun, by asking and then by giving up the connection. */
    static final Duration FOR_THE_WATCH = StatementTimeout.PATIENCE.multipliedBy(2);

    /** How long an answer that is there waits for its connection to go back. */
    static final Duration FOR_THE_RETURN = Duration.ofSeconds(1);

    /** Makes a connection ready for use. */
    interface Borrowing {
        /**
         * @param lent is told of the connection before it is made ready, which can hang already
         * @throws ToolException if there is none to be had
         */
        BorrowedConnection borrow(Consumer<BorrowedConnection> lent);
    }

    /** Something done with a connection. */
    interface Work<T> {
        T with(BorrowedConnection connection) throws SQLException;
    }

    private enum Phase {
        BORROWING,
        WORKING,
        GIVING_BACK,
        OVER
    }

    private final BorrowedConnections source;
    private final Borrowing borrowing;
    private final Work<T> work;
    private final Duration limit;
    private final SqlCaller caller;
    private final Cancellation cancellation;
    private Phase phase = Phase.BORROWING;
    private long since;
    private boolean givenUp;
    private @Nullable BorrowedConnection held;
    private @Nullable T value;
    private @Nullable Throwable failure;

    JdbcCall(BorrowedConnections source, Borrowing borrowing, Work<T> work, Duration limit, SqlCaller caller) {
        this.source = source;
        this.borrowing = borrowing;
        this.work = work;
        this.limit = limit;
        this.caller = caller;
        this.cancellation = caller.cancellation();
    }

    /**
     * Does it, on one of the threads.
     *
     * @throws SQLException if no connection came in time, or there is no place or thread to wait for one
     * @throws ToolException whatever borrowing or the work threw; or if it was cancelled, or did not end in time
     */
    T on(Executor threads) throws SQLException {
        if (!source.enter(caller)) {
            throw StatementTimeout.cancelled();
        }
        since = System.nanoTime();
        begin(threads);
        cancellation.onCancel(this::cancelled);
        return outcome();
    }

    private void begin(Executor threads) throws SQLException {
        boolean begun = false;
        try {
            threads.execute(this);
            begun = true;
        } catch (RejectedExecutionException e) {
            throw new SQLException("there is no thread for it", e);
        } finally {
            if (!begun) {
                source.leave();
                source.ended(caller);
            }
        }
    }

    @Override
    public void run() {
        try {
            use();
        } catch (Throwable e) { // who asked is told of it, even of an error of the JVM's
            failed(e);
        } finally {
            over();
        }
    }

    private void use() {
        BorrowedConnection connection;
        try {
            connection = borrowing.borrow(this::holds);
        } finally {
            source.leave();
        }
        try (connection) {
            if (goesOn(Phase.WORKING)) {
                work(connection);
            }
        }
    }

    private void work(BorrowedConnection connection) {
        try {
            done(work.with(connection));
        } catch (SQLException e) {
            failed(SqlErrors.readable(e));
        } catch (Throwable e) { // who asked is told of it before the connection goes back, which can take its time
            failed(e);
        }
    }

    private synchronized T outcome() throws SQLException {
        while (phase != Phase.OVER) {
            long left = allowed().toNanos() - (System.nanoTime() - since);
            if (left <= 0) {
                return giveUp();
            }
            try {
                // never 0, which would be without an end
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                abandon();
                throw StatementTimeout.cancelled();
            }
        }
        return known();
    }

    private Duration allowed() {
        return switch (phase) {
            case BORROWING -> cancellation.isCancelled() ? Duration.ZERO : patience(limit);
            case WORKING -> cancellation.isCancelled() ? FOR_THE_WATCH : limit.plus(FOR_THE_WATCH);
            case GIVING_BACK, OVER -> FOR_THE_RETURN;
        };
    }

    static Duration patience(Duration limit) {
        if (limit.compareTo(LEAST_PATIENCE) < 0) {
            return LEAST_PATIENCE;
        }
        return limit.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : limit;
    }

    private T giveUp() throws SQLException {
        abandon();
        if (phase == Phase.GIVING_BACK) {
            return known();
        }
        if (cancellation.isCancelled()) {
            throw StatementTimeout.cancelled();
        }
        if (phase == Phase.BORROWING) {
            throw new SQLTimeoutException("it lends no connection");
        }
        throw StatementTimeout.timedOut(limit);
    }

    private void abandon() {
        if (phase != Phase.OVER) {
            givenUp = true;
            source.gaveUp();
            if (held != null) {
                held.abandon();
            }
        }
    }

    private synchronized void holds(BorrowedConnection connection) {
        held = connection;
        if (givenUp) {
            connection.abandon();
        }
    }

    private T known() {
        T known = value;
        if (known != null) {
            return known;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }

    /** The time that the watch needs begins now. */
    private synchronized void cancelled() {
        if (phase == Phase.WORKING) {
            since = System.nanoTime();
        }
        notifyAll();
    }

    private synchronized boolean goesOn(Phase next) {
        phase = next;
        since = System.nanoTime();
        notifyAll();
        return !givenUp;
    }

    private synchronized void done(T result) {
        value = result;
        goesOn(Phase.GIVING_BACK);
    }

    private synchronized void failed(Throwable e) {
        if (value == null && failure == null) {
            failure = e;
            goesOn(Phase.GIVING_BACK);
        }
    }

    private synchronized void over() {
        phase = Phase.OVER;
        source.ended(caller);
        if (givenUp) {
            source.endedLate();
        }
        notifyAll();
    }
}
