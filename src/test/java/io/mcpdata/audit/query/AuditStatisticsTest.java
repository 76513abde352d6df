package io.mcpdata.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Over the real, migrated store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // JUnit sets the fields before the first test of each product
@ParameterizedClass
@EnumSource(StoreProduct.class)
final class AuditStatisticsTest {

    private static final Instant DAY = Instant.parse("2026-01-02T00:00:00Z");

    @Parameter
    private StoreProduct product;

    private TemporaryStore store;
    private AuditStatistics statistics;

    @BeforeParameterizedClassInvocation
    void open(StoreProduct opened, @TempDir Path directory) {
        store = TemporaryStore.of(opened, directory);
        statistics = new AuditStatistics(store, new ReadPermits(), 150, 30);
    }

    @AfterParameterizedClassInvocation
    void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        store.jdbi().useHandle(handle -> handle.execute("DELETE FROM audit_event"));
    }

    @Test
    void callsAreCountedAndMeasuredAndRefusalsAreNotMeasured() {
        for (int i = 1; i <= 100; i++) {
            call(DAY.plusSeconds(i)).with("duration_micros", i * 1_000L).in(store);
        }
        call(DAY).with("outcome", "ERROR").with("duration_micros", 1_000_000L).in(store);
        call(DAY).with("outcome", "DENIED").in(store);
        call(DAY)
                .with("type", "ACCESS_DENIED")
                .with("outcome", "DENIED")
                .with("row_count", 40L)
                .in(store);
        call(DAY).with("type", "KEY_CHANGE").with("duration_micros", 9_000_000L).in(store);
        assertThat(of(AuditInterval.DAY, Optional.empty()))
                .containsExactly(
                        new AuditFigures(DAY, "", "", 102, 41, 1, OptionalLong.of(51_000), OptionalLong.of(96_000)));
    }

    /** As many rows as are allowed, and a multiple of those of a statement; many at one time. */
    @Test
    void rowsOfSeveralStatementsAreCountedOnce() {
        for (int i = 0; i < 150; i++) {
            call(DAY.plusSeconds(i / 50)).with("duration_micros", 1_000L * i).in(store);
        }
        call(DAY.minusSeconds(1)).in(store);
        call(DAY.plus(Duration.ofDays(1))).in(store);
        assertThat(of(AuditInterval.DAY, Optional.empty()))
                .containsExactly(
                        new AuditFigures(DAY, "", "", 150, 0, 0, OptionalLong.of(74_500), OptionalLong.of(141_550)));
    }

    @Test
    void intervalsBeginAtWholeTimesAndThoseWithoutRowsAreLeftOut() {
        call(DAY.plusSeconds(59)).in(store);
        call(DAY.plusSeconds(60)).in(store);
        call(DAY.plus(Duration.ofHours(5)).plusSeconds(1)).in(store);
        assertThat(of(AuditInterval.MINUTE, Optional.empty()))
                .extracting(AuditFigures::time)
                .containsExactly(DAY, DAY.plusSeconds(60), DAY.plus(Duration.ofHours(5)));
        assertThat(of(AuditInterval.HOUR, Optional.empty()))
                .extracting(AuditFigures::calls)
                .containsExactly(2L, 1L);
    }

    @Test
    void everyGroupIsCountedByItsValueAndCallersByTheirIdentity() {
        for (String end : List.of("a", "b")) {
            call(DAY)
                    .with("tool", "tool-" + end)
                    .with("persona", "persona-" + end)
                    .with("connection", "connection-" + end)
                    .with("caller", "same name")
                    .with("identity", "identity-" + end)
                    .in(store);
        }
        for (AuditGroup group : List.of(AuditGroup.TOOL, AuditGroup.PERSONA, AuditGroup.CONNECTION)) {
            String word = group.name().toLowerCase(Locale.ROOT);
            assertThat(of(AuditInterval.DAY, Optional.of(group)))
                    .extracting(AuditFigures::group)
                    .containsExactly(word + "-a", word + "-b");
        }
        assertThat(of(AuditInterval.DAY, Optional.of(AuditGroup.CALLER)))
                .extracting(figures -> figures.group() + " " + figures.name())
                .containsExactly("identity-a same name", "identity-b same name");
        assertThat(of(AuditInterval.DAY, Optional.of(AuditGroup.OUTCOME)))
                .extracting(AuditFigures::group)
                .containsExactly("SUCCESS");
    }

    @Test
    void tooManyGroupsAndTooManyRowsAreRefused() {
        for (int i = 0; i < 101; i++) {
            call(DAY).with("tool", "t" + i).in(store);
        }
        AuditReadRefused groups =
                catchThrowableOfType(AuditReadRefused.class, () -> of(AuditInterval.DAY, Optional.of(AuditGroup.TOOL)));
        assertThat(groups).hasMessageStartingWith("by: found more than 100 groups; expected at most 100");
        assertThat(groups.isPassing()).isFalse();
        for (int i = 0; i < 50; i++) {
            call(DAY).in(store);
        }
        assertThat(catchThrowableOfType(AuditReadRefused.class, () -> of(AuditInterval.DAY, Optional.empty())))
                .hasMessageStartingWith("since: found more than 150 rows; expected at most 150");
    }

    private static StoredRow call(Instant time) {
        return new StoredRow(time);
    }

    private List<AuditFigures> of(AuditInterval interval, Optional<AuditGroup> by) {
        AuditFilter day = new AuditFilter(
                Optional.of(DAY), Optional.of(DAY.plus(Duration.ofDays(1))), Map.of(), Optional.empty());
        return statistics.of(day, interval, by);
    }
}
