package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.config.ConfigurationRejected;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoredAuditLogTest {

    private final List<AuditEvent> rows = Collections.synchronizedList(new ArrayList<>());
    private final List<StoredAuditLog> opened = new ArrayList<>();

    private StoredAuditLog log(String yaml, Consumer<List<AuditEvent>> store) {
        StoredAuditLog log =
                new StoredAuditLog(InMemoryActiveConfiguration.of(yaml), store, Thread::new, Optional::empty);
        opened.add(log);
        return log;
    }

    private StoredAuditLog log(String yaml) {
        return log(yaml, rows::addAll);
    }

    /** A store that takes no rows until the latch is down. */
    private Consumer<List<AuditEvent>> storeBehind(CountDownLatch latch) {
        return events -> {
            try {
                assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            rows.addAll(events);
        };
    }

    private static void down(List<AuditEvent> events) {
        throw new IllegalStateException("the store is down");
    }

    @AfterEach
    void close() {
        opened.forEach(StoredAuditLog::close);
    }

    @Test
    void strictRowIsDurableBeforeTheCallContinues() {
        log("audit: {mode: strict}").record(Events.call("sql_query"));
        assertThat(rows).hasSize(1);
    }

    @Test
    void batchedSuccessDoesNotWaitForTheStore() {
        CountDownLatch latch = new CountDownLatch(1);
        StoredAuditLog log = log("audit: {mode: batched}", storeBehind(latch));
        log.record(Events.call("a"));
        log.record(Events.of(Type.STREAM_OPEN, Outcome.SUCCESS));
        assertThat(rows).isEmpty();
        latch.countDown();
        log.applicationEnds(this);
        assertThat(rows).hasSize(2);
    }

    @Test
    void endOfAStreamNeverWaitsForTheStore() {
        CountDownLatch latch = new CountDownLatch(1);
        StoredAuditLog log = log("audit: {mode: strict}", storeBehind(latch));
        for (Outcome outcome : Outcome.values()) {
            log.record(Events.of(Type.STREAM_CLOSE, outcome));
            log.record(Events.of(Type.SESSION_CLOSE, outcome));
        }
        assertThat(rows).isEmpty();
        latch.countDown();
        log.applicationEnds(this);
        assertThat(rows).hasSize(2 * Outcome.values().length);
    }

    @ParameterizedTest
    @EnumSource(
            value = Type.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STREAM_CLOSE", "SESSION_CLOSE"}) // no client waits for these
    void refusalOfAnyKindIsDurableBeforeItIsAnswered(Type type) {
        StoredAuditLog log = log("audit: {mode: batched}");
        log.record(Events.of(type, Outcome.DENIED));
        assertThat(rows).hasSize(1);
        log.record(Events.of(type, Outcome.ERROR));
        assertThat(rows).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_CHANGE", "CONFIGURATION_CHANGE", "LOGIN_FAILURE", "ACCESS_DENIED"})
    void administrativeChangeIsDurableBeforeItIsAnswered(Type type) {
        log("audit: {mode: batched}").record(Events.of(type, Outcome.SUCCESS));
        assertThat(rows).hasSize(1);
    }

    @Test
    void storeThatIsDownStopsWhatMustBeAudited() {
        StoredAuditLog strict = log("audit: {mode: strict}", StoredAuditLogTest::down);
        assertThatThrownBy(() -> strict.record(Events.call("a")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessage("an audit row could not be written");
        StoredAuditLog batched = log("audit: {mode: batched}", StoredAuditLogTest::down);
        assertThatThrownBy(() -> batched.record(Events.denial())).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> batched.record(Events.of(Type.KEY_CHANGE, Outcome.SUCCESS)))
                .isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void rowOfAnAnsweredCallIsTriedAgainAndNoOther() {
        AtomicBoolean broken = new AtomicBoolean(true);
        StoredAuditLog log = log("audit: {mode: batched}", events -> {
            if (broken.get()) {
                throw new IllegalStateException("down");
            }
            rows.addAll(events);
        });
        log.record(Events.call("answered"));
        assertThatThrownBy(() -> log.record(Events.of(Type.KEY_CHANGE, Outcome.SUCCESS)))
                .as("it is rolled back, so that its row must not follow")
                .isInstanceOf(AuditUnavailableException.class);
        broken.set(false);
        log.applicationEnds(this);
        assertThat(rows).singleElement().satisfies(row -> assertThat(row.tool()).isEqualTo("answered"));
    }

    @Test
    void callsFailWhenTooManyRowsWaitForTheStore() {
        StoredAuditLog log = log("audit: {mode: batched}", StoredAuditLogTest::down);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40_000; i++) {
                        log.record(Events.call("a"));
                    }
                })
                .isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void callsAreLeftOutWhenToldSoButNeverTheirRefusals() {
        StoredAuditLog log = log("audit: {log_tool_calls: false, mode: strict}");
        log.record(Events.call("a"));
        assertThat(rows).isEmpty();
        log.record(Events.denial());
        log.record(Events.of(Type.TOOL_CALL, Outcome.ERROR));
        log.record(Events.of(Type.STREAM_OPEN, Outcome.SUCCESS));
        log.record(Events.of(Type.LOGIN_FAILURE, Outcome.DENIED));
        assertThat(rows).hasSize(4);
    }

    @Test
    void switchedOffNothingIsStoredAndNothingFails() {
        StoredAuditLog log = log("audit: {enabled: false, mode: strict}", StoredAuditLogTest::down);
        log.record(Events.call("a"));
        log.record(Events.denial());
        assertThat(rows).isEmpty();
    }

    @Test
    void changesOfTheConfigurationGetTheirRows() {
        StoredAuditLog log = log("audit: {}");
        log.changed(new ConfigurationChanged(
                PlatformConfig.denyAll(),
                PlatformConfig.denyAll(),
                List.of("persona p added", "limits.heartbeat changed")));
        log.rejected(new ConfigurationRejected(List.of("platform.yaml:3: x")));
        assertThat(rows).extracting(AuditEvent::type).containsOnly(Type.CONFIGURATION_CHANGE);
        assertThat(rows).extracting(AuditEvent::outcome).containsExactly(Outcome.SUCCESS, Outcome.ERROR);
        assertThat(rows)
                .extracting(AuditEvent::category)
                .containsExactly("configuration_changed", "configuration_rejected");
        assertThat(rows.get(0).parameters()).isEqualTo("persona p added; limits.heartbeat changed");
    }

    @Test
    void whatTheStoreLacksGetsItsRowOnceTheStoreTakesIt() {
        AtomicBoolean broken = new AtomicBoolean(true);
        StoredAuditLog log = new StoredAuditLog(
                InMemoryActiveConfiguration.of("audit: {}"),
                events -> {
                    if (broken.get()) {
                        throw new IllegalStateException("down");
                    }
                    rows.addAll(events);
                },
                Thread::new,
                () -> Optional.of("the store lacks its newest rows"));
        opened.add(log);
        log.tellLoss();
        assertThat(rows).isEmpty();
        broken.set(false);
        log.tellLoss();
        log.tellLoss();
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.type()).isEqualTo(Type.STORE_LOSS);
            assertThat(row.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(row.category()).isEqualTo("rows_missing");
            assertThat(row.parameters()).isEqualTo("the store lacks its newest rows");
        });
    }

    @Test
    void threadsThatWaitForTheirRowsDoNotKeepThemFromBeingWritten() throws Exception {
        StoredAuditLog log = log("audit: {mode: strict}");
        ExecutorService twoThreads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 50; i++) {
                twoThreads.execute(() -> log.record(Events.call("a")));
            }
        } finally {
            twoThreads.shutdown();
        }
        assertThat(twoThreads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(rows).hasSize(50);
    }

    @Test
    void rowAfterTheEndIsStillWritten() {
        StoredAuditLog log = log("audit: {}");
        log.close();
        log.record(Events.call("late"));
        log.record(Events.denial());
        assertThat(rows).hasSize(2);
    }

    @Test
    void interruptedThreadContinuesOnceItsRowIsWritten() {
        CountDownLatch latch = new CountDownLatch(1);
        StoredAuditLog log = log("audit: {mode: strict}", storeBehind(latch));
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(latch::countDown);
        Thread.currentThread().interrupt();
        log.record(Events.call("a"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(rows).hasSize(1);
    }

    @Test
    void interruptedThreadStaysInterruptedAndDoesNotContinueWithoutItsRow() {
        CountDownLatch latch = new CountDownLatch(1);
        StoredAuditLog log = log("audit: {mode: strict}", storeBehind(latch));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> log.record(Events.call("a"))).isInstanceOf(AuditUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        latch.countDown();
    }
}
