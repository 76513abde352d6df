package io.mcpdata.mcp.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StreamThreadsTest {

    private static final int CLIENTS = 250;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean none = new AtomicBoolean();
    private final CountDownLatch read = new CountDownLatch(1);
    private final StreamThreads threads = new StreamThreads(this::thread, nanos::get);

    @AfterEach
    void clientsReadAtLast() {
        read.countDown();
        threads.close();
    }

    private Thread thread(Runnable task) {
        if (none.get()) {
            throw new RejectedExecutionException("no thread left");
        }
        made.incrementAndGet();
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private void neverRead(int clients, CountDownLatch begun) {
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                begun.countDown();
                awaitForLong(read);
            });
        }
    }

    @Test
    void writesThatGetNoThreadAreCounted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(StreamThreads.AT_ONCE);
        assertThat(threads.waiting()).isZero();
        neverRead(StreamThreads.AT_ONCE + 5, begun);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.waiting()).isEqualTo(5);
    }

    private static void awaitForLong(CountDownLatch latch) {
        try {
            assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isServed(Duration atMost) throws InterruptedException {
        CountDownLatch served = new CountDownLatch(1);
        threads.execute(served::countDown);
        return served.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void clientsThatDoNotReadDoNotDelayOthers() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(CLIENTS);
        neverRead(CLIENTS, begun);
        while (begun.getCount() > 0) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            threads.makeUp();
            begun.await(10, TimeUnit.MILLISECONDS);
        }
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        threads.makeUp();

        assertThat(isServed(Duration.ofSeconds(10))).isTrue();
        assertThat(made).hasValueLessThanOrEqualTo(CLIENTS + StreamThreads.AT_ONCE);
    }

    @Test
    void clientsThatReadNeedNoMoreThreads() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            threads.execute(done::countDown);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        threads.makeUp();
        assertThat(made).hasValueLessThanOrEqualTo(StreamThreads.AT_ONCE);
    }

    @Test
    void thereIsABound() throws InterruptedException {
        neverRead(StreamThreads.MOST + 10, new CountDownLatch(0));
        for (int i = 0; i < 200 && made.get() < StreamThreads.MOST; i++) {
            Thread.sleep(10);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            threads.makeUp();
        }
        threads.makeUp();
        assertThat(made).hasValue(StreamThreads.MOST);
        read.countDown();
        assertThat(isServed(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void serverWithoutMoreThreadsKeepsServingWithThoseItGave() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(StreamThreads.AT_ONCE);
        neverRead(StreamThreads.AT_ONCE, begun);
        awaitForLong(begun);
        none.set(true);
        assertThat(isServed(Duration.ofMillis(100))).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        threads.makeUp();
        none.set(false);
        threads.makeUp();
        assertThat(isServed(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void serverWithoutAnyThreadRefusesAndNeverRunsTheTask() {
        none.set(true);
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> threads.execute(() -> ran.set(true))).isInstanceOf(RejectedExecutionException.class);
        assertThat(ran).isFalse();
    }

    @Test
    void whatWaitsAtTheEndIsDoneAndNothingMoreIsTaken() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(StreamThreads.AT_ONCE);
        CountDownLatch done = new CountDownLatch(1);
        neverRead(StreamThreads.AT_ONCE, begun);
        awaitForLong(begun);
        threads.execute(done::countDown);
        threads.close();
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        read.countDown();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
