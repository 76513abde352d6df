package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With a pool that, as Payara's, holds its lock while a statement runs, and shows the driver's connection in its own
 * way.
 */
@Timeout(30)
final class BorrowedConnectionTest {

    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final ReentrantLock pools = new ReentrantLock();
    private final CountDownLatch statementRuns = new CountDownLatch(1);
    private final CountDownLatch driverEnds = new CountDownLatch(1);
    private final CountDownLatch abortBegins = new CountDownLatch(1);
    private final CountDownLatch closes = new CountDownLatch(1);
    private volatile CountDownLatch mayAbort = new CountDownLatch(0);
    private volatile CountDownLatch mayClose = new CountDownLatch(0);
    private volatile @Nullable SQLException driverFails;
    private volatile @Nullable SQLException metadataFails;
    private volatile boolean showsTheDrivers = true;
    private volatile boolean waitsAreLimited = true;
    private volatile boolean rollbackFails;
    private volatile int poolsWait;
    private final List<Object> waits = new CopyOnWriteArrayList<>();
    private BorrowedConnections source;
    private BorrowedConnection borrowed;

    @BeforeEach
    void borrow() throws Exception {
        Connection connection = proxy(Connection.class, this::pooled);
        source = new BorrowedConnections(
                InMemoryConfiguration.pooled("pooled"),
                () -> new BorrowedConnections.Opened(proxy(DataSource.class, method -> connection), () -> {}),
                ConnectionPools.LONGEST_WAIT);
        borrowed = source.borrow(LONGEST);
        borrowed.prepare();
    }

    @AfterEach
    void stop() {
        driverEnds.countDown();
        mayAbort.countDown();
        mayClose.countDown();
        others.shutdown();
    }

    @Test
    void connectionOfAPoolThatHoldsItsLockWhileAStatementHangsIsGivenUp() throws Exception {
        Future<?> statement = begin(() -> borrowed.jdbc().commit());
        assertThat(statementRuns.await(60, TimeUnit.SECONDS)).isTrue();

        begin(borrowed::abort).get(60, TimeUnit.SECONDS);

        statement.get(60, TimeUnit.SECONDS);
        assertThat(happened).containsExactly("driver's aborted", "pool's aborted");
    }

    @Test
    void connectionIsOfUseAndCanBeGivenUpWhereThePoolDoesNotShowTheDrivers() throws Exception {
        showsTheDrivers = false;
        borrowed.prepare();
        borrowed.abort();
        assertThat(happened).containsExactly("pool's aborted");
    }

    @Test
    void connectionIsOfUseWhereThePoolTellsNothingOfTheDatabase() throws Exception {
        BorrowedConnection silent = source.borrow(LONGEST);
        metadataFails = new SQLException("as if");
        silent.prepare();
        silent.abort();
        assertThat(happened).containsExactly("pool's aborted");
    }

    @Test
    void poolIsToldEvenIfTheDriverCannotAbort() {
        driverFails = new SQLException("as if");
        assertThatThrownBy(borrowed::abort).hasMessage("as if");
        assertThat(happened).containsExactly("driver's aborted", "pool's aborted");
    }

    @Test
    void connectionGoesBackOnlyAfterAnAbortThatIsUnderWay() throws Exception {
        mayAbort = new CountDownLatch(1);
        Future<?> aborting = begin(borrowed::abort);
        assertThat(abortBegins.await(60, TimeUnit.SECONDS)).isTrue();
        Future<?> closing = begin(borrowed::close);

        assertThatThrownBy(() -> closing.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(happened).doesNotContain("closed");

        mayAbort.countDown();
        aborting.get(60, TimeUnit.SECONDS);
        closing.get(60, TimeUnit.SECONDS);
        assertThat(happened).endsWith("closed");
    }

    @Test
    void nothingIsAbortedOnceItIsOnItsWayBack() throws Exception {
        mayClose = new CountDownLatch(1);
        Future<?> closing = begin(borrowed::close);
        assertThat(closes.await(60, TimeUnit.SECONDS)).isTrue();

        borrowed.abort();

        mayClose.countDown();
        closing.get(60, TimeUnit.SECONDS);
        borrowed.abort();
        assertThat(happened).as("another caller may use it").containsExactly("closed");
    }

    @ParameterizedTest
    @CsvSource({"0, 40000 5000 0", "60000, 40000 5000 60000", "20000, 20000 5000 20000", "1000, 1000 1000 1000"})
    void driverWaitsOnlySoLongAndGetsThePoolsLimitBack(int pool, String expected) throws Exception {
        poolsWait = pool;
        waits.clear();
        BorrowedConnection limited = source.borrow(LONGEST);
        limited.prepare();
        limited.close();
        assertThat(waits.stream().map(String::valueOf)).containsExactly(expected.split(" "));
        assertThat(happened).as("not aborted").containsExactly("closed");
    }

    @Test
    void driverWithoutThatLimitIsOfUseToo() throws Exception {
        waitsAreLimited = false;
        BorrowedConnection unlimited = source.borrow(LONGEST);
        unlimited.prepare();
        unlimited.close();
        assertThat(happened).as("not aborted").containsExactly("closed");
    }

    /** Payara's pool gives an unchecked exception for a connection that its driver has closed. */
    @Test
    void connectionThatCannotBeRolledBackIsAbortedAndReturnedWithoutAnException() {
        rollbackFails = true;
        borrowed.close();
        assertThat(happened).containsExactly("pool's aborted", "closed");
    }

    @Test
    void endOfTheApplicationAbortsWhatIsHeld() throws Exception {
        Future<?> statement = begin(() -> borrowed.jdbc().commit());
        assertThat(statementRuns.await(60, TimeUnit.SECONDS)).isTrue();

        source.abort(others);

        statement.get(60, TimeUnit.SECONDS);
        assertThat(source.isIdle()).isFalse();
        borrowed.close();
        assertThat(source.isIdle()).isTrue();
        source.abort(others);
        assertThat(happened).containsOnlyOnce("driver's aborted");
    }

    private Future<?> begin(Step step) {
        return others.submit(() -> {
            step.take();
            return null;
        });
    }

    private @Nullable Object pooled(String method) throws Exception {
        switch (method) {
            case "getMetaData" -> {
                SQLException failure = metadataFails;
                if (failure != null) {
                    throw failure;
                }
                Connection drivers = proxy(Connection.class, this::drivers);
                return proxy(
                        PayarasMetadata.class,
                        asked -> asked.equals("getActualConnection") && showsTheDrivers ? drivers : null);
            }
            case "commit" ->
                locked(() -> {
                    statementRuns.countDown();
                    driverEnds.await();
                });
            case "abort" -> locked(() -> happened.add("pool's aborted"));
            case "close" -> {
                closes.countDown();
                mayClose.await();
                happened.add("closed");
            }
            case "getNetworkTimeout" -> {
                if (!waitsAreLimited) {
                    throw new SQLFeatureNotSupportedException("as if");
                }
                return poolsWait;
            }
            case "rollback" -> {
                if (rollbackFails) {
                    throw new UndeclaredThrowableException(new SQLException("closed"));
                }
            }
            default -> {
                return method.startsWith("set") || method.equals("rollback") ? null : false;
            }
        }
        return null;
    }

    private @Nullable Object drivers(String method) throws Exception {
        assertThat(method).isEqualTo("abort");
        abortBegins.countDown();
        mayAbort.await();
        happened.add("driver's aborted");
        driverEnds.countDown();
        SQLException failure = driverFails;
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    interface PayarasMetadata extends DatabaseMetaData {
        Connection getActualConnection();
    }

    private interface Step {
        void take() throws Exception;
    }

    private void locked(Step step) throws Exception {
        pools.lock();
        try {
            step.take();
        } finally {
            pools.unlock();
        }
    }

    private interface Answer {
        @Nullable
        Object to(String method) throws Exception;
    }

    private <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                BorrowedConnectionTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setNetworkTimeout")) {
                        waits.add(arguments[1]);
                        return null;
                    }
                    return answer.to(method.getName());
                }));
    }
}
