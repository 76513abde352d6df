package io.mcpdata.toolkit.sql;

import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Ends what runs too long on a connection or is no longer wanted. A statement is asked again and again, because a driver
 * lets a request that comes a moment before the statement starts go by; if asking does not help, as over a network that
 * has gone dead, the connection is given up. Once closed it does nothing, because the connection may be in other hands by
 * then. Asking can take as long as the database hangs, so it never runs on the scheduler's few threads nor on the thread
 * of who cancels. Thread-safe.
 */
final class StatementWatch implements AutoCloseable {

    /** How long a statement may take to obey. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    /**
     * Whose threads it uses.
     *
     * @param scheduler looks again and again
     * @param asking runs what asks for the end
     */
    record Threads(Supplier<ScheduledExecutorService> scheduler, Executor asking) {}

    /** Asks for the end. */
    private interface Ending {
        void ask() throws SQLException;
    }

    private final Ending first;
    private final Ending last;
    private final Duration limit;
    private final Cancellation cancellation;
    private final long started = System.nanoTime();
    private final Executor askingThreads;
    private final Future<?> ticks;
    private final AtomicBoolean asking = new AtomicBoolean();
    private long asked;
    private volatile boolean closed;

    private StatementWatch(Ending first, Ending last, Duration limit, Cancellation cancellation, Threads threads) {
        this.first = first;
        this.last = last;
        this.limit = limit;
        this.cancellation = cancellation;
        this.askingThreads = threads.asking();
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, limit.toMillis() / 4));
        this.ticks = threads.scheduler().get().scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        cancellation.onCancel(this::look);
    }

    static StatementWatch over(Statement statement, Duration limit, Cancellation cancellation, Threads threads)
            throws SQLException {
        Connection connection = statement.getConnection();
        return new StatementWatch(
                statement::cancel, () -> connection.abort(Runnable::run), limit, cancellation, threads);
    }

    /** For questions about the database, which JDBC cannot cancel: their end is the connection's. */
    static StatementWatch over(DatabaseMetaData metadata, Duration limit, Cancellation cancellation, Threads threads)
            throws SQLException {
        Ending abort = () -> metadata.getConnection().abort(Runnable::run);
        return new StatementWatch(abort, abort, limit, cancellation, threads);
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
            throw timedOut();
        }
    }

    /** What to tell about an error of the statement. */
    ToolException readable(SQLException e) {
        if (isCancelled()) {
            return cancelled();
        }
        return isTimedOut() || SqlErrors.isTimeout(e) ? timedOut() : SqlErrors.readable(e);
    }

    private ToolException timedOut() {
        return new ToolException(
                "timeout",
                "The query ran longer than this connection allows (" + limit.toMillis() / 1000.0
                        + " seconds); narrow it down.");
    }

    private static ToolException cancelled() {
        return new ToolException("cancelled", "The query was cancelled.");
    }

    private void look() {
        if (closed || !(isCancelled() || isTimedOut()) || !asking.compareAndSet(false, true)) {
            return;
        }
        try {
            askingThreads.execute(() -> {
                try {
                    ask();
                } finally {
                    asking.set(false);
                }
            });
        } catch (RuntimeException | OutOfMemoryError e) {
            // no thread to be had: the next look asks again, unless the application ends and its pools with it
            asking.set(false);
        }
    }

    private synchronized void ask() {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        asked = asked == 0 ? now : asked;
        try {
            (now - asked < PATIENCE.toNanos() ? first : last).ask();
        } catch (SQLException | RuntimeException e) {
            // it has ended in the meantime, or the next look asks again
            return;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticks.cancel(false);
    }
}
