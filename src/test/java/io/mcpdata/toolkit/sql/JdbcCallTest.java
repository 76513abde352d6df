package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.Deadlines;
import io.mcpdata.gateway.ToolException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a database that can be frozen. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
final class JdbcCallTest {

    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger borrowing = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Set<Thread> touchedBy = ConcurrentHashMap.newKeySet();
    private final BorrowedConnections source = new BorrowedConnections(
            InMemoryConfiguration.pooled("frozen"),
            () -> new BorrowedConnections.Opened(pool(), closed::incrementAndGet),
            ConnectionPools.LONGEST_WAIT);
    private volatile CountDownLatch borrowingIsAllowed = new CountDownLatch(0);
    private volatile @Nullable Error notReadOnly;

    @AfterEach
    void thaw() {
        borrowingIsAllowed.countDown();
        callers.shutdown();
    }

    @Test
    void connectionIsUsedOnTheThreadOfTheCallAlone() throws Exception {
        for (int i = 0; i < 3; i++) {
            use(MINUTES, new Cancellation(), connection -> {
                connection.jdbc().rollback();
                return 1;
            });
            assertThat(touchedBy).containsExactly(Thread.currentThread());
            assertThat(givenBack).hasValue(i + 1);
        }
    }

    @Test
    void cancelledCallIsAnsweredAtOnceAndALateConnectionGoesBackUnused() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        AtomicInteger used = new AtomicInteger();
        Future<Throwable> call = begin(MINUTES, cancellation, connection -> used.incrementAndGet());
        until(() -> borrowing.get() == 1);

        cancellation.cancel();

        assertThat(Deadlines.await(cancellation, AT_ONCE)).hasMessage("The query was cancelled.");
        assertThat(givenBack).hasValue(0);
        borrowingIsAllowed.countDown();
        assertThat(call.get(60, TimeUnit.SECONDS)).isInstanceOf(ToolException.class);
        assertThat(givenBack).hasValue(1);
        source.retire();
        until(() -> closed.get() == 1);
        assertThat(used).hasValue(0);
    }

    @Test
    void connectionIsWaitedForNoLongerThanIsFair() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Cancellation call = new Cancellation();
        begin(Duration.ofMillis(100), call, connection -> 1);
        until(() -> borrowing.get() == 1);
        long began = System.nanoTime();

        assertThat(Deadlines.await(call, Duration.ofSeconds(30))).hasMessage("no connection");

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(JdbcCall.LEAST_PATIENCE.minusSeconds(1), JdbcCall.LEAST_PATIENCE.plus(AT_ONCE));
    }

    @ParameterizedTest
    @CsvSource({"PT0.1S, PT7S", "PT7S, PT7S", "PT10S, PT10S", "PT15S, PT15S", "PT30S, PT15S", "PT24H, PT15S"})
    void fairIsTheTimeoutWithinBounds(Duration timeout, Duration fair) {
        assertThat(JdbcCall.patience(timeout)).isEqualTo(fair);
    }

    @Test
    void workThatCannotBeEndedIsAnsweredAfterTheTimeOfItsWatch() throws Exception {
        CountDownLatch works = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Cancellation call = new Cancellation();
        Future<Throwable> use = begin(Duration.ofMillis(200), call, connection -> {
            works.countDown();
            return await(end);
        });
        assertThat(works.await(60, TimeUnit.SECONDS)).isTrue();
        long began = System.nanoTime();

        ToolException e = Deadlines.await(call, Duration.ofSeconds(30));

        assertThat(e.category()).isEqualTo("timeout");
        assertThat(e).hasMessageContaining("0.2 seconds");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(JdbcCall.FOR_THE_WATCH.minusSeconds(1), JdbcCall.FOR_THE_WATCH.plus(AT_ONCE));
        end.countDown();
        assertThat(use.get(60, TimeUnit.SECONDS)).isNull();
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void sourceThatIsRetiredMeanwhileClosesOnlyOnceALateConnectionIsBack() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Future<Throwable> answer = begin(MINUTES, new Cancellation(), connection -> 1);
        until(() -> borrowing.get() == 1);

        source.retire();

        assertThat(closed).hasValue(0);
        assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> 1))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("has just changed");
        borrowingIsAllowed.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS)).isNull();
        until(() -> closed.get() == 1);
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void retiringAndClosingWaitForNoSourceThatIsBeingOpened() throws Exception {
        CountDownLatch opens = new CountDownLatch(1);
        BorrowedConnections slow = new BorrowedConnections(
                InMemoryConfiguration.pooled("slow"),
                () -> {
                    borrowing.incrementAndGet();
                    await(opens);
                    return new BorrowedConnections.Opened(pool(), closed::incrementAndGet);
                },
                ConnectionPools.LONGEST_WAIT);
        Future<BorrowedConnection> borrowed = callers.submit(() -> slow.borrow(MINUTES));
        until(() -> borrowing.get() == 1);

        long began = System.nanoTime();
        slow.retire();
        slow.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);

        opens.countDown();
        assertThat(catchThrowable(() -> borrowed.get(60, TimeUnit.SECONDS))).isNull();
        assertThat(closed).as("what was opened after the end is closed").hasValue(1);
    }

    @Test
    void frozenDatabaseKeepsAFewThreadsAndAllAreServedOnceItThaws() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        List<Future<Throwable>> calls = new ArrayList<>();
        for (int i = 0; i < 3 * BorrowedConnections.PLACES; i++) {
            calls.add(begin(MINUTES, cancellation, connection -> 1));
        }
        until(() -> borrowing.get() == BorrowedConnections.PLACES);
        Thread.sleep(200);
        assertThat(borrowing).as("no more than have a place").hasValue(BorrowedConnections.PLACES);

        cancellation.cancel();
        until(() -> calls.stream().filter(Future::isDone).count() == 2 * BorrowedConnections.PLACES);
        assertThat(Deadlines.await(cancellation, AT_ONCE).category()).isEqualTo("cancelled");
        assertThat(borrowing).hasValue(BorrowedConnections.PLACES);

        borrowingIsAllowed.countDown();
        until(() -> givenBack.get() == BorrowedConnections.PLACES);
        for (int i = 0; i < 3 * BorrowedConnections.PLACES; i++) {
            assertServed();
        }
    }

    @Test
    void crowdIsToldSoAsByAPoolOfOurs() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        for (int i = 0; i < BorrowedConnections.PLACES; i++) {
            begin(MINUTES, new Cancellation(), connection -> 1);
        }
        until(() -> borrowing.get() == BorrowedConnections.PLACES);

        Throwable e = catchThrowable(() -> use(MINUTES, new Cancellation(), connection -> 1));

        assertThat(e).isInstanceOf(SQLTransientConnectionException.class).matches(ConnectionPools::isExhausted);
    }

    @Test
    void manyAtOnceAreAllServed() throws Exception {
        List<Future<Throwable>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(begin(MINUTES, new Cancellation(), connection -> 1));
        }
        for (Future<Throwable> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isNull();
        }
        assertThat(givenBack).hasValue(64);
    }

    @Test
    void evenAnErrorOfTheJvmReachesTheCallerAndLeavesThePlace() throws Exception {
        for (int i = 0; i < 2 * BorrowedConnections.PLACES; i++) {
            assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> {
                        throw new OutOfMemoryError("as if");
                    }))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("as if");
        }
        assertServed();
    }

    @Test
    void evenAnErrorOfTheDriverGivesTheConnectionBack() {
        Error error = new NoClassDefFoundError("as if");
        notReadOnly = error;
        assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> 1))
                .isSameAs(error);
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void errorOfTheDatabaseIsReadable() {
        assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> {
                    throw new SQLException("no such table", "42000");
                }))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no such table");
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void serverThatTakesNoTaskKeepsNoPlace() throws Exception {
        for (int i = 0; i < 2 * BorrowedConnections.PLACES; i++) {
            assertThatThrownBy(() -> new JdbcCall<>(source, this::borrow, connection -> 1, MINUTES)
                            .on(
                                    task -> {
                                        throw new IllegalStateException("the application ends");
                                    },
                                    SqlCaller.platform(new Cancellation()),
                                    Cancellation::cancelled))
                    .isExactlyInstanceOf(SQLException.class);
        }
        assertServed();
        assertThat(borrowing).hasValue(1);
    }

    private void assertServed() throws SQLException {
        Integer one = use(MINUTES, new Cancellation(), connection -> 1);
        assertThat(one).isEqualTo(1);
    }

    private <T> Future<Throwable> begin(Duration limit, Cancellation cancellation, JdbcCall.Work<T> work) {
        return callers.submit(() -> catchThrowable(() -> use(limit, cancellation, work)));
    }

    /** Open Liberty completes the local transaction of a task after it, and cannot if the connection was aborted. */
    @Test
    void taskThatTheServerCannotCompleteKeepsItsOutcome() throws Exception {
        Executor fails = task -> {
            task.run();
            throw new IllegalStateException("Resource(s) failed to complete");
        };

        assertThat(new JdbcCall<>(source, this::borrow, connection -> 7, MINUTES)
                        .on(fails, SqlCaller.platform(new Cancellation()), Cancellation::cancelled))
                .isEqualTo(7);
        assertThatThrownBy(() -> new JdbcCall<>(
                                source,
                                this::borrow,
                                connection -> {
                                    throw StatementTimeout.timedOut(MINUTES);
                                },
                                MINUTES)
                        .on(fails, SqlCaller.platform(new Cancellation()), Cancellation::cancelled))
                .hasMessageContaining("ran longer than this connection allows");
    }

    private <T> T use(Duration limit, Cancellation cancellation, JdbcCall.Work<T> work) throws SQLException {
        return new JdbcCall<>(source, this::borrow, work, limit)
                .on(
                        Runnable::run,
                        SqlCaller.platform(cancellation),
                        () -> new ToolException("connection_unavailable", "no connection"));
    }

    private BorrowedConnection borrow() {
        try {
            BorrowedConnection connection = source.borrow(MINUTES);
            connection.prepare();
            return connection;
        } catch (Exception e) {
            throw new ToolException("connection_unavailable", String.valueOf(e.getMessage()), e);
        }
    }

    private DataSource pool() {
        return proxy(DataSource.class, method -> {
            if (!method.equals("getConnection")) {
                throw new AssertionError(method);
            }
            borrowing.incrementAndGet();
            await(borrowingIsAllowed);
            return connection();
        });
    }

    private Connection connection() {
        return proxy(Connection.class, method -> {
            touchedBy.add(Thread.currentThread());
            return switch (method) {
                case "isReadOnly" -> {
                    Error error = notReadOnly;
                    if (error != null) {
                        throw error;
                    }
                    yield false;
                }
                case "getMetaData" -> proxy(DatabaseMetaData.class, asked -> null);
                case "getAutoCommit" -> true;
                case "getNetworkTimeout" -> 0;
                case "close" -> givenBack.incrementAndGet();
                default -> null;
            };
        });
    }

    private interface Answer {
        @Nullable
        Object to(String method) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                JdbcCallTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    @Nullable Object given = answer.to(method.getName());
                    return method.getReturnType() == void.class ? null : given;
                }));
    }

    /** Waits as a driver waits for its database: an interrupt changes nothing. */
    private static boolean await(CountDownLatch latch) {
        long end = System.nanoTime() + Duration.ofSeconds(50).toNanos();
        while (true) {
            try {
                return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    private static void until(BooleanSupplier happened) throws InterruptedException {
        for (int i = 0; i < 1_000 && !happened.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(happened.getAsBoolean()).isTrue();
    }
}
