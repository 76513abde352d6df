package io.mcpdata.toolkit.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A statement that can be cancelled however early. A driver passes over a cancellation that comes a moment before the
 * statement begins to run, so it is repeated until the statement has ended. Thread-safe.
 */
final class RunningStatement implements AutoCloseable {

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 50;

    private final Statement statement;
    private final CountDownLatch ended = new CountDownLatch(1);

    RunningStatement(Statement statement) {
        this.statement = statement;
    }

    /** Blocks until the statement has ended, a second at most. */
    void cancel() {
        try {
            for (int i = 0; i < ATTEMPTS && ended.getCount() > 0; i++) {
                statement.cancel();
                if (ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (SQLException e) {
            // it has ended in the meantime: there is nothing left to cancel
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that it has ended; the statement itself is its owner's to close. */
    @Override
    public void close() {
        ended.countDown();
    }
}
