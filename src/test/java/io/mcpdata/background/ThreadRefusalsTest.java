package io.mcpdata.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadRefusalsTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final Deque<Runnable> queued = new ArrayDeque<>();

    private static RuntimeException failure(Class<? extends Throwable> type) throws ReflectiveOperationException {
        Throwable made = type.getConstructor(String.class).newInstance("as if");
        if (made instanceof Error error) {
            throw error;
        }
        return (RuntimeException) made;
    }

    private static <T> T fail(Class<? extends Throwable> type) {
        try {
            throw failure(type);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class, RejectedExecutionException.class})
    void allWaysToGiveNoThreadAreOne(Class<? extends Throwable> way) {
        assertThatThrownBy(() -> ThreadRefusals.threads(task -> fail(way)).newThread(runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> ThreadRefusals.executor(task -> fail(way)).execute(runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void noThreadAtAllIsARefusalToo() {
        assertThatThrownBy(() -> ThreadRefusals.threads(task -> null).newThread(runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatSaysSomethingElseIsNotHidden() {
        assertThatThrownBy(() -> ThreadRefusals.threads(task -> fail(NoClassDefFoundError.class))
                        .newThread(runs::incrementAndGet))
                .isInstanceOf(NoClassDefFoundError.class);
        assertThatThrownBy(() -> ThreadRefusals.executor(task -> fail(NoClassDefFoundError.class))
                        .execute(runs::incrementAndGet))
                .isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void threadsAndTasksThatAreGivenRunOnce() throws InterruptedException {
        Thread thread = ThreadRefusals.threads(Thread::new).newThread(runs::incrementAndGet);
        thread.start();
        thread.join();
        assertThat(runs).hasValue(1);

        ThreadRefusals.executor(queued::add).execute(runs::incrementAndGet);
        queued.remove().run();
        assertThat(runs).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                OutOfMemoryError.class,
                RejectedExecutionException.class,
                NoClassDefFoundError.class
            })
    void taskThatWasRefusedNeverRunsThoughItIsInTheQueue(Class<? extends Throwable> way) {
        Executor refusing = ThreadRefusals.executor(task -> {
            queued.add(task);
            fail(way);
        });

        assertThatThrownBy(() -> refusing.execute(runs::incrementAndGet)).isInstanceOf(Throwable.class);
        queued.remove().run();

        assertThat(runs).hasValue(0);
    }

    @Test
    void taskThatHasBegunIsNotRefused() {
        Executor late = ThreadRefusals.executor(task -> {
            task.run();
            throw new OutOfMemoryError("as if");
        });

        assertThatCode(() -> late.execute(runs::incrementAndGet)).doesNotThrowAnyException();
        assertThat(runs).hasValue(1);
    }
}
