package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final AtomicInteger borrowing = new AtomicInteger();
    private final AtomicInteger goingBack = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Set<String> touchedBy = ConcurrentHashMap.newKeySet();
    private final BorrowedConnections source = new BorrowedConnections(
            InMemoryConfiguration.pooled("frozen"),
            () -> new BorrowedConnections.Opened(pool(), closed::incrementAndGet),
            ConnectionPools.LONGEST_WAIT);
    private volatile CountDownLatch borrowingIsAllowed = new CountDownLatch(0);
    private volatile CountDownLatch prepares = new CountDownLatch(0);
    private volatile CountDownLatch works = new CountDownLatch(0);
    private volatile CountDownLatch rollsBack = new CountDownLatch(0);
    private volatile CountDownLatch goesBack = new CountDownLatch(0);
    private volatile boolean obeys = true;
    private volatile @Nullable Error notReadOnly;

    @AfterEach
    void thaw() {
        borrowingIsAllowed.countDown();
        prepares.countDown();
        works.countDown();
        rollsBack.countDown();
        goesBack.countDown();
        callers.shutdown();
        threads.close();
    }

    @Test
    void connectionNeverChangesItsThread() throws Exception {
        for (int i = 0; i < 3; i++) {
            touchedBy.clear();
            String worker = use(MINUTES, new Cancellation(), connection -> {
                connection.jdbc().rollback();
                return Thread.currentThread().getName();
            });
            assertThat(touchedBy)
                    .containsExactly(worker)
                    .doesNotContain(Thread.currentThread().getName());
            assertThat(givenBack).hasValue(i + 1);
        }
    }

    @Test
    void whoCancelsIsAnsweredAtOnceAndALateConnectionGoesBackUnused() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        AtomicInteger used = new AtomicInteger();
        Future<Throwable> answer = begin(MINUTES, cancellation, connection -> used.incrementAndGet());
        until(() -> borrowing.get() == 1);

        cancellation.cancel();

        assertCancelled(answer);
        assertThat(givenBack).hasValue(0);
        borrowingIsAllowed.countDown();
        until(() -> givenBack.get() == 1);
        source.retire();
        until(() -> closed.get() == 1);
        assertThat(used).hasValue(0);
    }

    @Test
    void connectionIsWaitedForNoLongerThanIsFair() {
        borrowingIsAllowed = new CountDownLatch(1);
        long began = System.nanoTime();

        assertThatThrownBy(() -> use(Duration.ofMillis(100), new Cancellation(), connection -> 1))
                .isInstanceOf(SQLTimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(JdbcCall.LEAST_PATIENCE, JdbcCall.LEAST_PATIENCE.plus(AT_ONCE));
    }

    @ParameterizedTest
    @CsvSource({"PT0.1S, PT7S", "PT7S, PT7S", "PT10S, PT10S", "PT15S, PT15S", "PT30S, PT15S", "PT24H, PT15S"})
    void fairIsTheTimeoutWithinBounds(Duration timeout, Duration fair) {
        assertThat(JdbcCall.patience(timeout)).isEqualTo(fair);
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
        assertThat(answer.get(10, TimeUnit.SECONDS)).isNull();
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
        Future<Connection> borrowed = callers.submit(slow::borrow);
        until(() -> borrowing.get() == 1);

        long began = System.nanoTime();
        slow.retire();
        slow.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);

        opens.countDown();
        assertThat(catchThrowable(() -> borrowed.get(10, TimeUnit.SECONDS))).isNull();
        assertThat(closed).as("what was opened after the end is closed").hasValue(1);
    }

    @Test
    void frozenDatabaseKeepsAFewThreadsAndTheNextCallsAreRefusedAtOnceUntilItThaws() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        List<Future<Throwable>> answers = new ArrayList<>();
        for (int i = 0; i < 3 * BorrowedConnections.PLACES; i++) {
            answers.add(begin(MINUTES, cancellation, connection -> 1));
        }
        until(() -> borrowing.get() == BorrowedConnections.PLACES);
        Thread.sleep(200);
        assertThat(borrowing).as("no more than have a place").hasValue(BorrowedConnections.PLACES);

        cancellation.cancel();
        for (Future<Throwable> answer : answers) {
            assertCancelled(answer);
        }
        for (int i = 0; i < 100; i++) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> 1))
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessage("8 abandoned calls still running");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        }
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
            assertThat(answer.get(10, TimeUnit.SECONDS)).isNull();
        }
        assertThat(givenBack).hasValue(64);
    }

    @Test
    void callerDoesNotWaitForeverForWorkThatCannotBeEnded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        long began = System.nanoTime();
        try {
            ToolException e = catchThrowableOfType(
                    ToolException.class,
                    () -> use(Duration.ofMillis(200), new Cancellation(), connection -> await(end)));
            assertThat(e.category()).isEqualTo("timeout");
            assertThat(e).hasMessageContaining("0.2 seconds");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(JdbcCall.FOR_THE_WATCH, JdbcCall.FOR_THE_WATCH.plus(AT_ONCE));
        } finally {
            end.countDown();
        }
        until(() -> givenBack.get() == 1);
    }

    @Test
    void answerDoesNotWaitForAConnectionThatDoesNotGoBack() throws Exception {
        obeys = false;
        rollsBack = new CountDownLatch(1);
        for (int i = 0; i < BorrowedConnections.MOST_GIVEN_UP; i++) {
            assertServed();
        }
        assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> 1))
                .hasMessage("8 abandoned calls still running");

        rollsBack.countDown();
        until(() -> givenBack.get() == BorrowedConnections.MOST_GIVEN_UP);
        until(() -> catchThrowable(() -> use(MINUTES, new Cancellation(), connection -> 1)) == null);
    }

    @Test
    void connectionThatDoesNotGoBackIsGivenUpAndItsPlaceIsFreeAgain() throws Exception {
        rollsBack = new CountDownLatch(1);
        long began = System.nanoTime();
        assertServed();

        until(() -> givenBack.get() == 1);

        assertThat(aborted).hasValue(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(StatementTimeout.PATIENCE);
        for (int i = 0; i < 2 * BorrowedConnections.MOST_GIVEN_UP; i++) {
            assertServed();
        }
    }

    @Test
    void connectionThatGoesBackLateButByItselfIsNotGivenUp() throws Exception {
        rollsBack = new CountDownLatch(1);
        assertServed();
        assertThat(givenBack).hasValue(0);

        rollsBack.countDown();

        until(() -> givenBack.get() == 1);
        Thread.sleep(StatementTimeout.PATIENCE.plusSeconds(1).toMillis());
        assertThat(aborted).as("another caller may use it").hasValue(0);
    }

    @Test
    void abandonedWorkLosesItsConnection() throws Exception {
        works = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Throwable> answer = begin(MINUTES, new Cancellation(), connection -> {
            begun.countDown();
            return await(works);
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        callers.shutdownNow();

        assertCancelled(answer);
        assertGivenUp();
    }

    @Test
    void connectionThatHangsWhileItIsMadeReadyIsGivenUp() throws Exception {
        prepares = new CountDownLatch(1);

        cancelWhileItBorrows();

        assertGivenUp();
    }

    @Test
    void connectionThatComesTooLateAndHangsIsGivenUp() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        prepares = new CountDownLatch(1);
        cancelWhileItBorrows();

        borrowingIsAllowed.countDown();

        assertGivenUp();
    }

    private void cancelWhileItBorrows() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<Throwable> answer = begin(MINUTES, cancellation, connection -> 1);
        until(() -> borrowing.get() == 1);
        cancellation.cancel();
        assertCancelled(answer);
    }

    private void assertGivenUp() throws Exception {
        until(() -> givenBack.get() == 1);
        assertThat(aborted).hasValue(1);
    }

    /** Servers wait for the connections of their pools longer than they have time to stop. */
    @Test
    void endOfTheApplicationGivesUpAtOnceWhatHangs() throws Exception {
        // no call continues before all are abandoned
        rollsBack = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            assertServed();
        }
        long began = System.nanoTime();

        threads.close();

        assertThat(aborted).hasValue(3);
        assertThat(givenBack).hasValue(3);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(StatementTimeout.PATIENCE);
    }

    @Test
    void failureOfTheWorkDoesNotWaitForItEither() {
        rollsBack = new CountDownLatch(1);
        long began = System.nanoTime();

        ToolException e = catchThrowableOfType(
                ToolException.class,
                () -> use(MINUTES, new Cancellation(), connection -> {
                    throw new SQLException("no such table", "42000");
                }));

        assertThat(e.category()).isEqualTo("sql_error");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(JdbcCall.FOR_THE_RETURN.plus(AT_ONCE));
    }

    @Test
    void evenAnErrorOfTheJvmReachesWhoAskedAndLeavesThePlace() throws Exception {
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
    void evenAnErrorOfTheDriverGivesTheConnectionBack() throws Exception {
        Error error = new NoClassDefFoundError("as if");
        notReadOnly = error;
        assertThatThrownBy(() -> use(MINUTES, new Cancellation(), connection -> 1))
                .isSameAs(error);
        assertThat(givenBack).hasValue(1);
    }

    @Test
    void withoutAThreadNothingIsWaitedForAndThePlaceIsLeft() throws Exception {
        Executor none = task -> {
            throw new RejectedExecutionException("as if");
        };
        for (int i = 0; i < 2 * BorrowedConnections.PLACES; i++) {
            assertThatThrownBy(() -> use(none, MINUTES, new Cancellation(), connection -> 1))
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessage("no thread is available");
        }
        assertServed();
        assertThat(borrowing).hasValue(1);
    }

    @Test
    void endOfTheApplicationReachesWhoWaits() throws Exception {
        borrowingIsAllowed = new CountDownLatch(1);
        Future<Throwable> answer = begin(MINUTES, new Cancellation(), connection -> 1);
        until(() -> borrowing.get() == 1);

        callers.shutdownNow();

        assertCancelled(answer);
    }

    /** A waiting thread gets the interrupt only when the lock is free, and the use may end before that. */
    @Test
    void interruptionInTheMomentOfTheEndIsNotTakenForAUseThatHangs() throws Exception {
        for (int i = 0; i < 4 * BorrowedConnections.MOST_GIVEN_UP; i++) {
            goesBack = new CountDownLatch(1);
            JdbcCall<Integer> use = new JdbcCall<>(
                    source, this::borrow, connection -> 1, MINUTES, SqlCaller.platform(new Cancellation()));
            FutureTask<Throwable> ended = new FutureTask<>(() -> catchThrowable(() -> use.on(threads.using())));
            Thread caller = new Thread(ended);
            caller.start();
            int returning = i + 1;
            until(() -> goingBack.get() == returning);
            // which of two that wait for a lock comes first depends on the JVM
            List<Runnable> order = List.of(caller::interrupt, goesBack::countDown);
            synchronized (use) {
                order.get(i % 2).run();
                Thread.sleep(20);
                order.get(1 - i % 2).run();
                Thread.sleep(20);
            }
            assertThat(ended).succeedsWithin(10, TimeUnit.SECONDS);
        }
        assertServed();
    }

    private void assertServed() throws SQLException {
        Integer one = use(MINUTES, new Cancellation(), connection -> 1);
        assertThat(one).isEqualTo(1);
    }

    private static void assertCancelled(Future<Throwable> answer) throws Exception {
        assertThat(answer.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(ToolException.class)
                .hasMessage("The query was cancelled.");
    }

    private <T> Future<Throwable> begin(Duration limit, Cancellation cancellation, JdbcCall.Work<T> work) {
        return callers.submit(() -> catchThrowable(() -> use(limit, cancellation, work)));
    }

    private <T> T use(Duration limit, Cancellation cancellation, JdbcCall.Work<T> work) throws SQLException {
        return use(threads.using(), limit, cancellation, work);
    }

    private <T> T use(Executor on, Duration limit, Cancellation cancellation, JdbcCall.Work<T> work)
            throws SQLException {
        return new JdbcCall<>(source, this::borrow, work, limit, SqlCaller.platform(cancellation)).on(on);
    }

    private BorrowedConnection borrow(Consumer<BorrowedConnection> onBorrowed) {
        try {
            BorrowedConnection connection = new BorrowedConnection(source, source.borrow(), threads.aborting());
            onBorrowed.accept(connection);
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
            touchedBy.add(Thread.currentThread().getName());
            return switch (method) {
                case "isReadOnly" -> {
                    Error error = notReadOnly;
                    if (error != null) {
                        throw error;
                    }
                    yield false;
                }
                case "getMetaData" -> metadata();
                case "getAutoCommit" -> await(prepares);
                case "rollback" -> await(rollsBack);
                case "close" -> {
                    goingBack.incrementAndGet();
                    await(goesBack);
                    yield givenBack.incrementAndGet();
                }
                default -> null;
            };
        });
    }

    /** For a connection whose hanging calls end when it is aborted, unless the driver ignores the abort. */
    private DatabaseMetaData metadata() {
        Connection drivers = proxy(Connection.class, method -> {
            if (!method.equals("abort")) {
                throw new AssertionError(method);
            }
            aborted.incrementAndGet();
            if (!obeys) {
                return null;
            }
            prepares.countDown();
            works.countDown();
            rollsBack.countDown();
            return null;
        });
        return proxy(DatabaseMetaData.class, method -> method.equals("getConnection") ? drivers : null);
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
