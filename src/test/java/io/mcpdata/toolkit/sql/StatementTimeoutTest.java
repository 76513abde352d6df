package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.gateway.Cancellation;
import java.lang.reflect.Proxy;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
final class StatementTimeoutTest {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final ExecutorService callers = Executors.newSingleThreadExecutor();
    private final BoundedExecutor cancelling = new BoundedExecutor(2, 64, Thread::new);
    private final BoundedExecutor aborting = new BoundedExecutor(1, 64, Thread::new);
    private volatile CountDownLatch aborts = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch databaseAnswers = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() {
        databaseAnswers.countDown();
        cancelling.close();
        aborting.close();
        callers.shutdown();
        scheduler.shutdownNow();
    }

    @Test
    void databaseThatHangsHoldsNeitherTheSchedulerNorWhoCancels() throws Exception {
        try (StatementTimeout late = watch(Duration.ofMillis(20), new Cancellation())) {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(late.isTimedOut()).isTrue();
            Future<String> other = scheduler.submit(() -> "served");
            assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("served");

            Cancellation cancellation = new Cancellation();
            try (StatementTimeout unwanted = watch(Duration.ofHours(1), cancellation)) {
                cancellation.cancel();
                assertThat(unwanted.isCancelled()).isTrue();
                // before the watch is closed, which waits for a request that is being sent
                databaseAnswers.countDown();
            }
        }
    }

    @Test
    void oneRequestAtATimeIsOnItsWay() throws Exception {
        try (StatementTimeout late = watch(Duration.ofMillis(20), new Cancellation())) {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(300);
            assertThat(requests).hasValue(1);
            databaseAnswers.countDown();
            for (int i = 0; i < 1_000 && requests.get() < 2; i++) {
                Thread.sleep(10);
            }
            assertThat(requests).hasValueGreaterThan(1);
            assertThat(late.isTimedOut()).isTrue();
            assertThat(aborts.getCount()).as("not before it had time to obey").isEqualTo(1);
        }
    }

    /** Two requests hang and no thread for cancelling is left: the second statement gets no request. */
    @Test
    void requestThatNeverComesBackKeepsNoConnectionFromBeingGivenUp() throws Exception {
        aborts = new CountDownLatch(3);
        try (StatementTimeout one = watch(Duration.ofMillis(20), new Cancellation());
                StatementTimeout two = watch(Duration.ofMillis(20), new Cancellation());
                StatementTimeout three = watch(Duration.ofMillis(20), new Cancellation())) {
            assertThat(aborts.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(requests).as("asked by a thread").hasValue(2);
            assertThat(List.of(one, two, three)).allMatch(StatementTimeout::isTimedOut);
        }
        assertThat(databaseAnswers.getCount())
                .as("closing waits for no request over a connection that is gone")
                .isEqualTo(1);
    }

    @Test
    void closingWaitsForARequestThatIsOnItsWaySoThatItMeetsNoOtherCaller() throws Exception {
        StatementTimeout late = watch(Duration.ofMillis(20), new Cancellation());
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        Future<?> closing = callers.submit(late::close);

        assertThatThrownBy(() -> closing.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        databaseAnswers.countDown();
        closing.get(60, TimeUnit.SECONDS);
        Thread.sleep(300);
        assertThat(requests).as("nothing after the end").hasValue(1);
        assertThat(aborts.getCount()).as("a connection that answers stays").isEqualTo(1);
    }

    @Test
    void requestThatNeverComesBackHoldsNoConnectionWhoseStatementHasEnded() throws Exception {
        StatementTimeout late = watch(Duration.ofMillis(20), new Cancellation());
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        Future<?> closing = callers.submit(late::close);

        closing.get(StatementTimeout.PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
        assertThat(aborts.getCount())
                .as("given up, because the request could meet who has the connection next")
                .isZero();
        assertThat(databaseAnswers.getCount()).isEqualTo(1);
    }

    private StatementTimeout watch(Duration limit, Cancellation cancellation) {
        return StatementTimeout.over(
                hanging(),
                () -> aborts.countDown(),
                limit,
                cancellation,
                new StatementTimeout.Threads(new StatementTicks(() -> scheduler), cancelling, aborting));
    }

    /** A statement whose cancellation waits for its database. */
    private Statement hanging() {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("cancel")) {
                        throw new AssertionError(method.getName());
                    }
                    requests.incrementAndGet();
                    asked.countDown();
                    databaseAnswers.await();
                    return null;
                });
    }
}
