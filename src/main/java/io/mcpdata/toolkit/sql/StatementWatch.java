package io.mcpdata.toolkit.sql;

import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends a statement that runs too long or is no longer wanted. It asks again and again, because a driver lets a request
 * that comes a moment before the statement starts go by; once closed it never asks, because the connection may be in
 * other hands by then. Thread-safe.
 */
final class StatementWatch implements AutoCloseable {

    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    private final Statement statement;
    private final Duration limit;
    private final Cancellation cancellation;
    private final long started = System.nanoTime();
    private final Future<?> ticks;
    private boolean closed;

    StatementWatch(
            Statement statement,
            Duration limit,
            Cancellation cancellation,
            Supplier<ScheduledExecutorService> scheduler) {
        this.statement = statement;
        this.limit = limit;
        this.cancellation = cancellation;
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, limit.toMillis() / 4));
        this.ticks = scheduler.get().scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        cancellation.onCancel(this::look);
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

    private synchronized void look() {
        if (closed || !(isCancelled() || isTimedOut())) {
            return;
        }
        try {
            statement.cancel();
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
