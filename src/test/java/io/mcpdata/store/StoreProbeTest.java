package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StoreProbeTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.shutdown();
    }

    private boolean hang() {
        try {
            return end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answerOfTheStoreIsTheAnswer() {
        assertThat(new StoreProbe(() -> true, threads, Duration.ofSeconds(10)).answers())
                .isTrue();
        assertThat(new StoreProbe(() -> false, threads, Duration.ofSeconds(10)).answers())
                .isFalse();
    }

    @Test
    void storeThatHangsIsNotAvailableAndKeepsOneThread() {
        AtomicInteger questions = new AtomicInteger();
        StoreProbe probe = new StoreProbe(
                () -> {
                    questions.incrementAndGet();
                    return hang();
                },
                threads,
                PATIENCE);
        for (int i = 0; i < 20; i++) {
            assertThat(probe.answers()).isFalse();
        }
        assertThat(questions).hasValue(1);
        end.countDown();
        long begin = System.nanoTime();
        while (!probe.answers()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void withoutAThreadTheProbeAnswersFalse() {
        StoreProbe probe = new StoreProbe(
                () -> true,
                task -> {
                    throw new RejectedExecutionException("at its end");
                },
                PATIENCE);
        assertThat(probe.answers()).isFalse();
        assertThat(probe.answers()).isFalse();
    }

    @Test
    void questionThatFailsIsAskedAgainTheNextTime() {
        AtomicInteger questions = new AtomicInteger();
        StoreProbe probe = new StoreProbe(
                () -> {
                    if (questions.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first time");
                    }
                    return true;
                },
                threads,
                Duration.ofSeconds(10));
        assertThat(probe.answers()).isFalse();
        assertThat(probe.answers()).isTrue();
    }
}
