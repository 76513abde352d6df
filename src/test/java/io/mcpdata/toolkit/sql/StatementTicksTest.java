package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.Eventually;
import io.mcpdata.toolkit.sql.StatementTicks.Repetition;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The repeated checks of running statements. */
final class StatementTicksTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final AtomicInteger scheduled = new AtomicInteger();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long pause, TimeUnit unit) {
            scheduled.incrementAndGet();
            return super.scheduleWithFixedDelay(task, first, pause, unit);
        }
    };
    private final StatementTicks ticks = new StatementTicks(() -> scheduler);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void manyStatementsNeedOneScheduledTask() {
        AtomicInteger checks = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            ticks.repeat(checks::incrementAndGet, 10).end();
        }
        Repetition first = ticks.repeat(checks::incrementAndGet, 10);
        Repetition second = ticks.repeat(() -> checks.addAndGet(1_000_000), 10);

        Eventually.within(LONGEST, "each is checked repeatedly", () -> checks.get() > 3_000_003);
        assertThat(scheduled).hasValue(1);
        first.end();
        second.end();
    }

    @Test
    void statementThatHasEndedIsNotCheckedAnyMore() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        Repetition ended = ticks.repeat(checks::incrementAndGet, 10);
        Eventually.within(LONGEST, "it is checked", () -> checks.get() > 0);
        ended.end();
        scheduler.submit(() -> {}).get();

        int then = checks.get();
        Thread.sleep(100);

        assertThat(checks).hasValue(then);
    }

    @Test
    void taskEndsWhenNoStatementRunsAndBeginsAgainWithTheNext() {
        ticks.repeat(() -> {}, 10).end();
        Eventually.within(
                LONGEST, "no task is left", () -> scheduler.getTaskCount() == scheduler.getCompletedTaskCount());

        AtomicInteger checks = new AtomicInteger();
        Repetition next = ticks.repeat(checks::incrementAndGet, 10);
        Eventually.within(LONGEST, "the next is checked", () -> checks.get() > 0);
        assertThat(scheduled).hasValue(2);
        next.end();
    }

    /** A scheduler that has lost its task, as after an error, may leave no statement without its timeout. */
    @Test
    void taskThatHasEndedByAnErrorBeginsAgain() {
        AtomicInteger checks = new AtomicInteger();
        Repetition failing = ticks.repeat(
                () -> {
                    throw new OutOfMemoryError("in a test");
                },
                10);
        Eventually.within(
                LONGEST, "the task has ended", () -> scheduler.getQueue().isEmpty());
        failing.end();

        Repetition next = ticks.repeat(checks::incrementAndGet, 10);

        Eventually.within(LONGEST, "the next is checked", () -> checks.get() > 0);
        next.end();
    }
}
