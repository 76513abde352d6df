package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends what runs too long on a connection or is no longer wanted. A statement is asked again and again, because a driver
 * lets a request that comes a moment before the statement starts go by; if asking does not help, as over a network that
 * has gone dead, the connection is given up, even while a request is still on its way. Once closed it does nothing more,
 * because the connection may be in other hands by then. Asking can take as long as the database hangs, so it never runs on
 * the scheduler's few threads nor on the thread of who cancels. Thread-safe.
 */
final class StatementTimeout implements AutoCloseable {

    /** How long a statement may take to obey. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    /**
     * Whose threads it uses.
     *
     * @param scheduler looks again and again
     */
    record Threads(Supplier<ScheduledExecutorService> scheduler, Executor cancelling, Executor aborting) {

        static Threads of(Supplier<ScheduledExecutorService> scheduler, SqlThreads lent) {
            return new Threads(scheduler, lent.cancelling(), lent.aborting());
        }
    }

    /** Asks for the end. */
    interface Ending {
        void ask() throws SQLException;
    }

    private final Request first;
    private final Request last;
    private final Duration limit;
    private final Cancellation cancellation;
    private final long started = System.nanoTime();
    private final Future<?> ticks;
    private long asked;
    private boolean aborted;
    private boolean closed;

    private StatementTimeout(
            @Nullable Statement statement, Ending abort, Duration limit, Cancellation cancellation, Threads threads) {
        this.last = new Request(() -> abort(abort), threads.aborting());
        this.first = statement == null ? last : new Request(statement::cancel, threads.cancelling());
        this.limit = limit;
        this.cancellation = cancellation;
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, limit.toMillis() / 4));
        this.ticks = threads.scheduler().get().scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        cancellation.onCancel(this::look);
    }

    /** @param abort gives up the statement's connection */
    static StatementTimeout over(
            Statement statement, Ending abort, Duration limit, Cancellation cancellation, Threads threads) {
        return new StatementTimeout(statement, abort, limit, cancellation, threads);
    }

    /** For questions about the database, which JDBC cannot cancel: their end is the connection's. */
    static StatementTimeout over(Ending abort, Duration limit, Cancellation cancellation, Threads threads) {
        return new StatementTimeout(null, abort, limit, cancellation, threads);
    }

    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    boolean isTimedOut() {
        return System.nanoTime() - started >= limit.toNanos();
    }

    /** @throws ToolException if the statement should not go on */
    void check() {
        if (isCancelled()) {
            throw cancelled();
        }
        if (isTimedOut()) {
            throw timedOut(limit);
        }
    }

    /** What to tell about an error of the statement. */
    ToolException readable(SQLException e) {
        if (isCancelled()) {
            return cancelled();
        }
        return isTimedOut() || SqlErrors.isTimeout(e) ? timedOut(limit) : SqlErrors.readable(e);
    }

    static ToolException timedOut(Duration limit) {
        return new ToolException(
                "timeout",
                "The query ran longer than this connection allows (" + limit.toMillis() / 1000.0
                        + " seconds); narrow it down.");
    }

    static ToolException cancelled() {
        return new ToolException("cancelled", "The query was cancelled.");
    }

    private void abort(Ending abort) throws SQLException {
        abort.ask();
        synchronized (this) {
            aborted = true;
        }
    }

    private synchronized void look() {
        if (isOver() || !(isCancelled() || isTimedOut())) {
            return;
        }
        long now = System.nanoTime();
        asked = asked == 0 ? now : asked;
        (now - asked < PATIENCE.toNanos() ? first : last).send();
    }

    private boolean isOver() {
        return closed && !last.running && (aborted || !first.running);
    }

    /**
     * Waits for a request that is on its way, so that it can meet nobody else's statement. One that takes too long costs the
     * connection, so that it meets nobody at all.
     */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (this) {
            closed = true;
            while (!isOver()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        ticks.cancel(false);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A way to ask, of which one at a time is on its way. Guarded by the watch. */
    private final class Request implements Runnable {

        private final Ending ending;
        private final Executor threads;
        private boolean sent;
        private boolean running;

        Request(Ending ending, Executor threads) {
            this.ending = ending;
            this.threads = threads;
        }

        void send() {
            if (sent) {
                return;
            }
            sent = true;
            try {
                threads.execute(this);
            } catch (RuntimeException | OutOfMemoryError e) {
                // no thread to be had: the next look asks again, unless the application ends and its pools with it
                sent = false;
            }
        }

        @Override
        public void run() {
            synchronized (StatementTimeout.this) {
                if (isOver()) {
                    return;
                }
                running = true;
            }
            try {
                ending.ask();
            } catch (SQLException | RuntimeException e) {
                // it has ended in the meantime, or the next look asks again
                return;
            } finally {
                synchronized (StatementTimeout.this) {
                    running = false;
                    sent = false;
                    StatementTimeout.this.notifyAll();
                }
            }
        }
    }
}
