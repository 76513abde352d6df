package io.mcpdata.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    void looksAgainAndAgainOnOneThreadOfItsOwnUntilStopped() throws Exception {
        schedule.ensureRunning();
        schedule.ensureRunning();
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).hasSize(1);

        schedule.stop();
        threads.get(0).join();
        schedule.ensureRunning();
        assertThat(threads).as("no thread after the end").hasSize(1);
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
    void nothingRunsBeforeTheFirstStream() {
        schedule.stop();
        assertThat(threads).isEmpty();
    }
}
