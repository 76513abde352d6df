package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.LentThreads;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StatementWatchTest {

    private static final Connection UNTOUCHED = (Connection) Proxy.newProxyInstance(
            StatementWatchTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
                throw new AssertionError(method.getName());
            });

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final LentThreads cancelling = new LentThreads(64, 64, Thread::new);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch databaseAnswers = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() {
        databaseAnswers.countDown();
        cancelling.close();
        scheduler.shutdownNow();
    }

    @Test
    void databaseThatHangsHoldsNeitherTheSchedulerNorWhoCancels() throws Exception {
        try (StatementWatch late = watch(Duration.ofMillis(20), new Cancellation())) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(late.isTimedOut()).isTrue();
            Future<String> other = scheduler.submit(() -> "served");
            assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("served");

            Cancellation cancellation = new Cancellation();
            try (StatementWatch unwanted = watch(Duration.ofHours(1), cancellation)) {
                cancellation.cancel();
                assertThat(unwanted.isCancelled()).isTrue();
                // before the watch is closed, which waits for a request that is on its way
                databaseAnswers.countDown();
            }
        }
    }

    @Test
    void oneRequestAtATimeIsOnItsWay() throws Exception {
        try (StatementWatch late = watch(Duration.ofMillis(20), new Cancellation())) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(300);
            assertThat(requests).hasValue(1);
            databaseAnswers.countDown();
            while (requests.get() < 2) {
                Thread.sleep(10);
            }
            assertThat(late.isTimedOut()).isTrue();
        }
    }

    private StatementWatch watch(Duration limit, Cancellation cancellation) throws SQLException {
        return StatementWatch.over(
                hanging(), limit, cancellation, new StatementWatch.Threads(() -> scheduler, cancelling));
    }

    /** A statement whose cancellation waits for its database. */
    private Statement hanging() {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return UNTOUCHED;
                    }
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
