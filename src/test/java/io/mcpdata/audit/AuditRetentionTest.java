package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.StoreUnavailableException;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // JUnit sets the fields before the first test of each product
@ParameterizedClass
@EnumSource(StoreProduct.class)
final class AuditRetentionTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Parameter
    private StoreProduct product;

    private TemporaryStore store;
    private AuditChain chain;
    private AuditRows rows;
    private final List<AuditEvent> told = new ArrayList<>();
    private InMemoryActiveConfiguration configuration;
    private String server;

    @BeforeParameterizedClassInvocation
    void open(StoreProduct opened, @TempDir Path directory) {
        store = TemporaryStore.of(opened, directory);
        server = "server: {data_dir: '" + directory + "'}\n";
        configuration = InMemoryActiveConfiguration.of(server);
        chain = new AuditChain(store, configuration);
        rows = new AuditRows(new DurableRows(store, chain));
    }

    @AfterParameterizedClassInvocation
    void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        store.jdbi().useHandle(handle -> handle.execute("DELETE FROM audit_event"));
        told.clear();
    }

    private void sweep(String audit) {
        configuration.change(server + "audit: " + audit);
        new AuditRetention(configuration, chain, told::add, new PeriodicTasks(), CLOCK).sweep();
    }

    private static AuditEvent aged(String tool, Duration age) {
        return AuditEvent.of(NOW.minus(age), Type.TOOL_CALL, Outcome.SUCCESS, Events.SUBJECT, Events.ORIGIN)
                .withCall(tool, "", "");
    }

    private List<String> tools() {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT tool FROM audit_event ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void rowsAreDeletedAlsoWhereDigitsAreWrittenOtherwise() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            rows.insert(List.of(aged("old", Duration.ofDays(31)), aged("young", Duration.ofDays(29))));

            sweep("{retention_days: 30}");

            assertThat(tools()).containsExactly("young");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void rowsOlderThanTheRetentionGoAndTheOthersStay() {
        rows.insert(List.of(
                aged("ancient", Duration.ofDays(400)),
                aged("just over", Duration.ofDays(30).plusSeconds(1)),
                aged("just under", Duration.ofDays(30)),
                aged("new", Duration.ZERO)));
        sweep("{retention_days: 30}");
        assertThat(tools()).containsExactly("just under", "new");
    }

    @Test
    void expiredRowStaysWhileAnEarlierRowDoes() {
        rows.insert(List.of(
                aged("ancient", Duration.ofDays(400)),
                aged("young", Duration.ofDays(29)),
                aged("old", Duration.ofDays(31))));
        sweep("{retention_days: 30}");
        assertThat(tools()).containsExactly("young", "old");
        sweep("{retention_days: 28}");
        assertThat(tools()).isEmpty();
    }

    @Test
    void deletionHasARowOfItsOwn() {
        rows.insert(List.of(aged("a", Duration.ofDays(31)), aged("b", Duration.ofDays(32))));
        sweep("{retention_days: 30}");
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(Type.RETENTION);
            assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(event.rows()).isEqualTo(2);
            assertThat(event.rule()).isEqualTo("audit.retention_days: 30");
            assertThat(event.parameters()).isEqualTo("{\"before\":\"2026-05-16T12:00:00Z\"}");
        });
    }

    @Test
    void nothingDeletedIsNothingToTell() {
        rows.insert(List.of(aged("new", Duration.ZERO)));
        sweep("{retention_days: 30}");
        assertThat(told).isEmpty();
    }

    @Test
    void zeroKeepsRowsWithoutLimit() {
        rows.insert(List.of(aged("ancient", Duration.ofDays(4_000))));
        sweep("{retention_days: 0}");
        assertThat(tools()).containsExactly("ancient");
    }

    @Test
    void retentionInForceIsAskedEachTime() {
        rows.insert(List.of(aged("a", Duration.ofDays(10))));
        sweep("{retention_days: 30}");
        assertThat(tools()).hasSize(1);
        sweep("{retention_days: 9}");
        assertThat(tools()).isEmpty();
    }

    @Test
    void withoutAConfigurationNothingIsDeleted() {
        rows.insert(List.of(aged("ancient", Duration.ofDays(4_000))));
        new AuditRetention(InMemoryActiveConfiguration.none(), chain, told::add, new PeriodicTasks(), CLOCK).sweep();
        assertThat(tools()).hasSize(1);
    }

    @Test
    void manyRowsGoInSeveralTransactions() {
        rows.insert(IntStream.range(0, 25)
                .mapToObj(i -> aged("t" + i, Duration.ofDays(100)))
                .toList());
        rows.insert(List.of(aged("new", Duration.ZERO)));
        assertThat(new ExpiredRows(chain, CLOCK, 10).delete(30, Duration.ofMinutes(1)))
                .isEqualTo(new ExpiredRows.Deleted(NOW.minus(Duration.ofDays(30)), 25, true));
        assertThat(tools()).containsExactly("new");
    }

    @Test
    void thousandsOfRowsGoInSeconds() {
        for (int i = 0; i < 10; i++) {
            rows.insert(IntStream.range(0, 1_000)
                    .mapToObj(row -> aged("t" + row, Duration.ofDays(100).plusSeconds(row)))
                    .toList());
        }
        long begin = System.nanoTime();
        assertThat(new ExpiredRows(chain, CLOCK, 1_000)
                        .delete(30, Duration.ofMinutes(10))
                        .rows())
                .isEqualTo(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void runEndsWhenItsTimeIsOverAndTheFirstRowsHaveGoneFirst() {
        rows.insert(IntStream.range(0, 25)
                .mapToObj(i -> aged("t" + i, Duration.ofDays(100 - i)))
                .toList());
        assertThat(new ExpiredRows(chain, CLOCK, 10).delete(30, Duration.ZERO))
                .isEqualTo(new ExpiredRows.Deleted(NOW.minus(Duration.ofDays(30)), 10, false));
        assertThat(tools()).hasSize(15).contains("t10", "t24").doesNotContain("t0", "t9");
    }

    @Test
    void storeThatIsDownEndsNoSchedule() {
        PlatformStore down = new PlatformStore() {
            @Override
            public Jdbi jdbi() {
                throw new StoreUnavailableException("down");
            }

            @Override
            public <T> T durably(Function<Handle, T> change) {
                return jdbi().inTransaction(change::apply);
            }

            @Override
            public boolean available() {
                return false;
            }
        };
        new AuditRetention(configuration, new AuditChain(down, configuration), told::add, new PeriodicTasks(), CLOCK)
                .sweep();
        assertThat(told).isEmpty();
    }
}
