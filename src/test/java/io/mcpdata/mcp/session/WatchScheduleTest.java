package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.gateway.FailingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WatchScheduleTest {

    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch looks = new CountDownLatch(3);
    private final WatchSchedule schedule = new WatchSchedule(this::thread, looks::countDown, Duration.ofMillis(5));

    private Thread thread(Runnable task) {
        Thread made = new Thread(task);
        threads.add(made);
        return made;
    }

    @Test
    void looksRepeatedlyOnOneThreadOfItsOwnUntilStopped() throws Exception {
        schedule.ensureRunning();
        schedule.ensureRunning();
        assertThat(looks.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).hasSize(1);

        schedule.stop();
        threads.get(0).join();
        schedule.ensureRunning();
        assertThat(threads).as("no thread after the end").hasSize(1);
    }

    @Test
    void changeOfListsIsLookedAtWithoutThePauseOnceThereIsAStream() throws Exception {
        Semaphore look = new Semaphore(0);
        WatchSchedule slow = new WatchSchedule(this::thread, look::release, Duration.ofDays(1));
        try {
            slow.lookNow();
            assertThat(threads).isEmpty();
            slow.ensureRunning();
            slow.lookNow();
            assertThat(look.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(threads).hasSize(1);
        } finally {
            slow.stop();
        }
        slow.lookNow();
        assertThat(look.availablePermits()).isZero();
    }

    @Test
    void looksThatDiedBeginAgainWithTheNextStream() throws Exception {
        Semaphore look = new Semaphore(0);
        WatchSchedule dying = new WatchSchedule(
                this::thread,
                () -> {
                    look.release();
                    throw new OutOfMemoryError("as if");
                },
                Duration.ofMillis(5));
        try {
            dying.ensureRunning();
            assertThat(look.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            do {
                dying.ensureRunning();
            } while (!look.tryAcquire(20, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
            assertThat(System.nanoTime()).as("it looked again in time").isLessThan(end);
            assertThat(threads).hasSize(1);
        } finally {
            dying.stop();
        }
    }

    @Test
    void threadThatCannotBeginRefusesTheStreamAndTheNextStreamTriesAgain() throws Exception {
        Duration pause = Duration.ofMillis(200);
        BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        WatchSchedule late = new WatchSchedule(new FailingThreads(3), () -> seen.add(System.nanoTime()), pause);
        try {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(late::ensureRunning).isInstanceOf(RejectedExecutionException.class);
            }
            late.ensureRunning();
            long before = seen.take();
            for (int i = 0; i < 4; i++) {
                long next = seen.take();
                // a slow machine makes the pause longer, a second task makes it shorter
                assertThat(Duration.ofNanos(next - before))
                        .as("nothing of the refused attempts is left")
                        .isGreaterThanOrEqualTo(pause);
                before = next;
            }
        } finally {
            late.stop();
        }
    }

    @Test
    void serverThatGivesNoThreadRefusesTheStream() {
        WatchSchedule none = new WatchSchedule(
                task -> {
                    throw new IllegalStateException("the factory is shut down");
                },
                looks::countDown,
                Duration.ofMillis(5));

        assertThatThrownBy(none::ensureRunning).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(new WatchSchedule(task -> null, looks::countDown, Duration.ofMillis(5))::ensureRunning)
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void nothingRunsBeforeTheFirstStream() {
        schedule.stop();
        assertThat(threads).isEmpty();
    }
}
