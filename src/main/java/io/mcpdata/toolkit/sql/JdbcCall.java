package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One use of a connection, from borrowing to returning it, on the thread of the call. A pool or a driver can block that
 * thread without limit where no request to cancel reaches it: while it borrows or tests a connection. The gateway then
 * answers the caller at the deadline that is set here, and a connection that comes too late is returned at once.
 *
 * @param <T> the result
 */
final class JdbcCall<T> {

    private static final Logger LOG = System.getLogger(JdbcCall.class.getName());

    /**
     * How long to wait for a connection: as long as a statement may run. Not less than the platform's own pools need to
     * report an error or to open a first connection, and not so long that a few hanging databases block every call.
     */
    static final Duration LEAST_PATIENCE = ConnectionPools.LONGEST_WAIT.plusSeconds(2);

    static final Duration MOST_PATIENCE = Duration.ofSeconds(15);

    /** How long the watch may take to end the work, first by cancelling and then by aborting the connection. */
    static final Duration FOR_THE_WATCH = StatementTimeout.PATIENCE.multipliedBy(2);

    /** Makes a connection ready for use. */
    interface Borrowing {
        /** @throws ToolException if no connection is available */
        BorrowedConnection borrow();
    }

    /** Work with a connection. */
    interface Work<T> {
        T with(BorrowedConnection connection) throws SQLException;
    }

    private final BorrowedConnections source;
    private final Borrowing borrowing;
    private final Work<T> work;
    private final Duration limit;

    JdbcCall(BorrowedConnections source, Borrowing borrowing, Work<T> work, Duration limit) {
        this.source = source;
        this.borrowing = borrowing;
        this.work = work;
        this.limit = limit;
    }

    /**
     * @param tasks runs the use as a task that the server knows, on the calling thread
     * @param late the error for a caller whose connection does not come in time
     * @throws SQLException if there is no place to wait for a connection, or the server takes no task
     * @throws ToolException the exception of borrowing or of the work; or if the call was cancelled or is answered
     */
    T on(Executor tasks, SqlCaller caller, Supplier<ToolException> late) throws SQLException {
        FutureTask<T> task = new FutureTask<>(() -> use(caller, late));
        try {
            tasks.execute(task);
        } catch (RuntimeException e) {
            if (!task.isDone()) {
                throw new SQLException("the server takes no task", e);
            }
            // the use has its outcome: Open Liberty reports here that the transaction of an aborted connection is gone
            LOG.log(Level.DEBUG, "the server could not complete a task that used a connection", e);
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the application ends", e);
        } catch (ExecutionException e) {
            @Nullable Throwable failure = e.getCause();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof SQLException sql) {
                throw sql;
            }
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
    }

    private T use(SqlCaller caller, Supplier<ToolException> late) throws SQLException {
        Cancellation call = caller.cancellation();
        if (!source.enter(caller)) {
            throw Cancellation.cancelled();
        }
        try (BorrowedConnection connection = borrow(call, late)) {
            call.answerWithin(limit.plus(FOR_THE_WATCH), () -> StatementTimeout.timedOut(limit));
            return work(connection);
        } finally {
            source.ended(caller);
        }
    }

    private BorrowedConnection borrow(Cancellation call, Supplier<ToolException> late) {
        try {
            call.answerWithin(patience(limit), late);
            return borrowing.borrow();
        } finally {
            source.leave();
        }
    }

    private T work(BorrowedConnection connection) {
        try {
            return work.with(connection);
        } catch (SQLException e) {
            throw SqlErrors.readable(e);
        }
    }

    static Duration patience(Duration limit) {
        if (limit.compareTo(LEAST_PATIENCE) < 0) {
            return LEAST_PATIENCE;
        }
        return limit.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : limit;
    }
}
