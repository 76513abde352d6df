package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A table that another session locks while a call needs it.
 *
 * @param locking locks the table until its connection is closed
 * @param active how many statements of callers run in the database
 * @param threads run calls that are cancelled
 */
record LockedTable(Locking locking, Active active, ExecutorService threads) {

    /** Locks the table. */
    interface Locking {
        Connection locked() throws SQLException;
    }

    /** Counts statements. */
    interface Active {
        int statements() throws SQLException;
    }

    /** The call that needs the table. */
    interface Call {
        void with(Cancellation cancellation);
    }

    /** For a call whose connection has a timeout of two seconds. */
    void endsAtItsTimeout(Call call) throws Exception {
        try (Connection locked = locking.locked()) {
            long began = System.nanoTime();
            ToolException e = catchThrowableOfType(ToolException.class, () -> call.with(new Cancellation()));
            assertThat(e.category()).isEqualTo("timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3_900));
            assertNothingActive(Duration.ofMillis(1_500));
            assertThat(locked.isClosed()).isFalse();
        }
    }

    void endsWhenCancelled(Call call) throws Exception {
        try (Connection locked = locking.locked()) {
            Cancellation cancellation = new Cancellation();
            Future<ToolException> failure =
                    threads.submit(() -> catchThrowableOfType(ToolException.class, () -> call.with(cancellation)));
            while (active.statements() == 0) {
                assertThat(failure.isDone()).isFalse();
                Thread.sleep(10);
            }
            cancellation.cancel();
            long began = System.nanoTime();
            assertThat(failure.get(2, TimeUnit.SECONDS).category()).isEqualTo("cancelled");
            assertNothingActive(Duration.ofSeconds(2).minusNanos(System.nanoTime() - began));
            assertThat(locked.isClosed()).isFalse();
        }
    }

    private void assertNothingActive(Duration atMost) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (active.statements() > 0 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(active.statements()).isZero();
    }
}
