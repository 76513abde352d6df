package io.mcpdata.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    void nothingRunsBeforeTheFirstStream() {
        schedule.stop();
        assertThat(threads).isEmpty();
    }
}
