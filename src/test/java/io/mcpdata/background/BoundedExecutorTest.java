package io.mcpdata.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.gateway.FailingThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BoundedExecutorTest {

    private final AtomicInteger made = new AtomicInteger();
    private final BoundedExecutor threads = new BoundedExecutor(2, 3, task -> {
        made.incrementAndGet();
        return new Thread(task);
    });
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void letGo() {
        end.countDown();
        threads.close();
    }

    @Test
    void soManyCallsRunAtOnceAndTheOthersWait() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            threads.execute(this::slow);
        }

        await(2);
        assertThat(made).hasValue(2);
        end.countDown();
        await(5);
        assertThat(made).hasValue(2);
    }

    @Test
    void whatCannotEvenWaitIsRefusedAtOnce() {
        for (int i = 0; i < 5; i++) {
            threads.execute(this::slow);
        }

        assertThatThrownBy(() -> threads.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatIsInterruptedIsWaitedFor() throws InterruptedException {
        AtomicBoolean written = new AtomicBoolean();
        CountDownLatch never = new CountDownLatch(1);
        threads.execute(() -> {
            begun.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                write(written);
            }
        });
        await(1);
        threads.close();

        assertThat(threads.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(written).isTrue();
    }

    @Test
    void taskThatIgnoresItsInterruptIsNotAwaitedForever() throws InterruptedException {
        threads.execute(() -> {
            begun.incrementAndGet();
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        await(1);
        threads.close();

        assertThat(threads.awaitEnd(Duration.ofMillis(50))).isFalse();
    }

    /** Takes a moment, as a row does. */
    private static void write(AtomicBoolean written) {
        try {
            Thread.sleep(100);
            written.set(true);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted once", e);
        }
    }

    @Test
    void containerThatGivesNoThreadRefusesTheCall() {
        BoundedExecutor none = new BoundedExecutor(2, 3, task -> {
            throw new IllegalStateException("the factory is shut down");
        });

        assertThatThrownBy(() -> none.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void containerThatGivesNullRefusesTheCallToo() {
        BoundedExecutor none = new BoundedExecutor(2, 3, task -> null);

        assertThatThrownBy(() -> none.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void threadThatCannotBeginRefusesTheCallAndTheNextIsTried() throws InterruptedException {
        BoundedExecutor full = new BoundedExecutor(2, 3, new FailingThreads(1));
        try {
            assertThatThrownBy(() -> full.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
            full.execute(this::slow);
            await(1);
        } finally {
            end.countDown();
            full.close();
        }
    }

    @Test
    void withoutWaitingTheNextIsRefusedAndIdleThreadsAreUsedAgain() throws InterruptedException {
        BoundedExecutor eager = BoundedExecutor.withoutWaiting(2, task -> {
            made.incrementAndGet();
            return new Thread(task);
        });
        try {
            for (int i = 1; i <= 20; i++) {
                eager.execute(begun::incrementAndGet);
                await(i);
                Thread.sleep(5);
            }
            assertThat(made).hasValueLessThanOrEqualTo(2);
            eager.execute(this::slow);
            eager.execute(this::slow);
            assertThatThrownBy(() -> eager.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
        } finally {
            end.countDown();
            eager.close();
        }
    }

    @Test
    void closingInterruptsWhatStillRunsAndTakesNothingNew() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.execute(() -> {
            begun.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        await(1);

        threads.close();

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> threads.execute(this::slow)).isInstanceOf(RejectedExecutionException.class);
    }

    private void slow() {
        begun.incrementAndGet();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(int calls) throws InterruptedException {
        for (int i = 0; i < 500 && begun.get() < calls; i++) {
            Thread.sleep(10);
        }
        assertThat(begun).hasValue(calls);
    }
}
