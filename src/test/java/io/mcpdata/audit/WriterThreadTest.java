package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.gateway.FailingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class WriterThreadTest {

    private static final ThreadFactory NULL = task -> null;

    private static ThreadFactory throwing(Throwable failure) {
        return task -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    static Stream<ThreadFactory> factoriesThatFail() {
        return Stream.of(
                NULL,
                throwing(new IllegalStateException("the factory is shut down")),
                throwing(new OutOfMemoryError("unable to create native thread: as if")),
                throwing(new NoClassDefFoundError("as if")),
                new FailingThreads(1));
    }

    @ParameterizedTest
    @MethodSource("factoriesThatFail")
    void rowsAreWrittenWithoutAThreadAndBehindAThreadAgain(ThreadFactory failing) throws Exception {
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean broken = new AtomicBoolean(true);
        Thread[] writers = new Thread[2];
        try (WriterThread thread =
                new WriterThread(task -> broken.get() ? failing.newThread(task) : new Thread(task))) {
            GroupCommit commits = new GroupCommit(
                    events -> {
                        writers[written.size()] = Thread.currentThread();
                        events.forEach(event -> written.add(event.tool()));
                    },
                    thread,
                    10);

            commits.add(Events.call("a")).get(1, TimeUnit.SECONDS);
            broken.set(false);
            commits.add(Events.call("b")).get(60, TimeUnit.SECONDS);

            assertThat(commits.flush(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(written).containsExactly("a", "b");
        assertThat(writers[0]).isSameAs(Thread.currentThread());
        assertThat(writers[1]).isNotSameAs(Thread.currentThread());
    }

    @Test
    void serverThatGivesNoThreadIsToldAsARefusal() {
        try (WriterThread none = new WriterThread(NULL)) {
            assertThatThrownBy(() -> none.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void closingWaitsForWhatIsBeingWrittenAndTakesNothingNew() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean whole = new AtomicBoolean();
        WriterThread thread = new WriterThread(Thread::new);
        thread.execute(() -> {
            begun.countDown();
            try {
                Thread.sleep(500);
                whole.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        thread.close();

        assertThat(whole).isTrue();
        assertThatThrownBy(() -> thread.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
