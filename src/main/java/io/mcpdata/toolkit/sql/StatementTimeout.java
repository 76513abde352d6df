package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a statement or query that runs too long or is no longer wanted. A request to cancel is repeated, because a
 * driver ignores one that comes just before the statement starts. If cancelling does not help, for example over a dead
 * network, the connection is aborted, even while a request to cancel is still being sent. Does nothing after closing,
 * because another caller may have the connection then. Cancelling can block as long as the database hangs, so it runs
 * neither on the scheduler's few threads nor on the caller's thread. Thread-safe.
 */
final class StatementTimeout implements AutoCloseable {

    /** How long a statement may take to end after a request to cancel. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    /**
     * The threads to use.
     *
     * @param ticks repeat the check
     */
    record Threads(StatementTicks ticks, Executor cancelling, Executor aborting) {

        static Threads of(Supplier<ScheduledExecutorService> scheduler, SqlThreads threads) {
            return new Threads(new StatementTicks(scheduler), threads.cancelling(), threads.aborting());
        }
    }

    /** Cancels or aborts the statement. */
    interface Ending {
        void ask() throws SQLException;
    }

    private final Request first;
    private final Request last;
    private final Duration limit;
    private final Cancellation cancellation;
    private final long started = System.nanoTime();
    private final StatementTicks.Repetition checks;
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
        this.checks = threads.ticks().repeat(this::look, pause);
        cancellation.onCancel(this::look);
    }

    /** @param abort aborts the statement's connection */
    static StatementTimeout over(
            Statement statement, Ending abort, Duration limit, Cancellation cancellation, Threads threads) {
        return new StatementTimeout(statement, abort, limit, cancellation, threads);
    }

    /**
     * For the driver's queries about the database, which JDBC cannot cancel: only an abort of the connection ends them.
     */
    static StatementTimeout over(Ending abort, Duration limit, Cancellation cancellation, Threads threads) {
        return new StatementTimeout(null, abort, limit, cancellation, threads);
    }

    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    boolean isTimedOut() {
        return System.nanoTime() - started >= limit.toNanos();
    }

    /** @throws ToolException if the statement should not continue */
    void check() {
        if (isCancelled()) {
            throw Cancellation.cancelled();
        }
        if (isTimedOut()) {
            throw timedOut(limit);
        }
    }

    /** The tool's error for an error of the statement. */
    ToolException readable(SQLException e) {
        if (isCancelled()) {
            return Cancellation.cancelled();
        }
        return isTimedOut() || SqlErrors.isTimeout(e) ? timedOut(limit) : SqlErrors.readable(e);
    }

    static ToolException timedOut(Duration limit) {
        return new ToolException(
                "timeout",
                "The query ran longer than this connection allows (" + limit.toMillis() / 1000.0
                        + " seconds); narrow it down.");
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
     * Waits for a request to cancel that is being sent, so that it cannot cancel another caller's statement. If that
     * takes too long, the connection is aborted, so that no other caller gets it.
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
        checks.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One kind of request; only one at a time is being sent. Guarded by the watch's lock. */
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
                // no thread is available: the next check tries again, unless the application ends and closes its pools
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
                // the statement has ended in the meantime, or the next check tries again
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
