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
 * One use of a connection, from borrowing to returning it, on a thread of its own. A pool or a driver can block a
 * thread without limit where no request to cancel reaches it: while it borrows, tests, rolls back or returns a
 * connection. The caller waits for a limited time, and a connection that comes too late is returned at once. If the
 * caller has stopped waiting and the use does not end soon, its connection is aborted. Servers bind connections to
 * threads, so a connection never changes its thread. Thread-safe, for one use.
 *
 * @param <T> the result
 */
final class JdbcCall<T> implements Runnable {

    /**
     * How long to wait for a connection: as long as a statement may run. Not less than the platform's own pools need to
     * report an error or to open a first connection, and not so long that a few hanging databases block every call.
     */
    static final Duration LEAST_PATIENCE = ConnectionPools.LONGEST_WAIT.plusSeconds(2);

    static final Duration MOST_PATIENCE = Duration.ofSeconds(15);

    /** How long the watch may take to end the work, first by cancelling and then by aborting the connection. */
    static final Duration FOR_THE_WATCH = StatementTimeout.PATIENCE.multipliedBy(2);

    /** How long a finished answer waits until its connection is returned. */
    static final Duration FOR_THE_RETURN = Duration.ofSeconds(1);

    /** Makes a connection ready for use. */
    interface Borrowing {
        /**
         * @param onBorrowed gets the connection before it is prepared, because preparing can already hang
         * @throws ToolException if no connection is available
         */
        BorrowedConnection borrow(Consumer<BorrowedConnection> onBorrowed);
    }

    /** Work with a connection. */
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
     * Runs the work on one of the threads.
     *
     * @throws SQLException if no connection came in time, or there is no place or thread to wait for one
     * @throws ToolException the exception of borrowing or of the work; or if the call was cancelled, or did not end in
     *     time
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
            throw new SQLException("no thread is available", e);
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
        } catch (Throwable e) { // the caller gets it, even an error of the JVM
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
        } catch (Throwable e) { // the caller gets it before the connection is returned, which can take long
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
                // never 0, which would wait without end
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
            throw new SQLTimeoutException(
                    "no connection within " + patience(limit).toSeconds() + " s");
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

    /** The watch's time begins now. */
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
