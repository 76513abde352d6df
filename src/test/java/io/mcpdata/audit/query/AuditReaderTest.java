package io.mcpdata.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over the real, migrated store, with statements that look at three rows each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // JUnit sets the fields before the first test of each product
@ParameterizedClass
@EnumSource(StoreProduct.class)
final class AuditReaderTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Parameter
    private StoreProduct product;

    private TemporaryStore store;
    private AuditReader reader;

    @BeforeParameterizedClassInvocation
    void open(StoreProduct opened, @TempDir Path directory) {
        store = TemporaryStore.of(opened, directory);
        reader = new AuditReader(store, new ReadPermits(), 3);
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
    void everyColumnIsRead() {
        new StoredRow(TIME)
                .with("request_id", "r1")
                .with("type", "TOOL_CALL")
                .with("outcome", "ERROR")
                .with("caller", "etl")
                .with("identity", "api_key:0123456789ab")
                .with("method", "api_key")
                .with("credential_id", "0123456789ab")
                .with("persona", "analyst")
                .with("roles", "analyst write")
                .with("client_address", "192.0.2.7")
                .with("user_agent", "curl/8")
                .with("category", "tool_failed")
                .with("rule", "tools.allow[*]")
                .with("tool", "sql_query")
                .with("connection", "warehouse")
                .with("parameters", "{\"sql\":\"SELECT 1\"}")
                .with("duration_micros", 1_234L)
                .with("row_count", 42L)
                .in(store);
        long id = reader.newest();
        AuditRow expected = new AuditRow(
                id,
                TIME,
                "r1",
                "TOOL_CALL",
                "ERROR",
                "etl",
                "api_key:0123456789ab",
                "api_key",
                "0123456789ab",
                "analyst",
                List.of("analyst", "write"),
                "192.0.2.7",
                "curl/8",
                "tool_failed",
                "tools.allow[*]",
                "sql_query",
                "warehouse",
                "{\"sql\":\"SELECT 1\"}",
                1_234,
                OptionalLong.of(42),
                "");
        assertThat(reader.row(id)).contains(expected);
        assertThat(all(AuditFilter.NONE, 10)).containsExactly(expected);
        assertThat(reader.row(id + 1)).isEmpty();
    }

    @Test
    void emptyTrailHasNoPage() {
        assertThat(reader.page(AuditFilter.NONE, reader.newest(), Optional.empty(), 10, PATIENCE))
                .isEqualTo(new AuditPage(List.of(), Optional.empty()));
    }

    @Test
    void whatDoesNotApplyIsEmpty() {
        new StoredRow(TIME).in(store);
        AuditRow row = all(AuditFilter.NONE, 1).get(0);
        assertThat(row.roles()).isEmpty();
        assertThat(row.rowCount()).isEmpty();
    }

    /** Rows of one time, rows that were written late, and pages that end within a statement or between two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 100})
    void pagesTogetherAreAllRowsNewestFirst(int limit) {
        for (int second : new int[] {1, 2, 3, 3, 3, 3, 3, 9, 4, 5, 6}) {
            new StoredRow(TIME.plusSeconds(second)).with("tool", "t" + second).in(store);
        }
        List<AuditRow> rows = all(AuditFilter.NONE, limit);
        assertThat(rows)
                .extracting(AuditRow::tool)
                .containsExactly("t9", "t6", "t5", "t4", "t3", "t3", "t3", "t3", "t3", "t2", "t1");
        assertThat(rows).extracting(AuditRow::id).doesNotHaveDuplicates();
        assertThat(rows.subList(4, 9)).extracting(AuditRow::id).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void rowsThatAreWrittenMeanwhileAreNeitherDoubledNorSkipped() {
        for (int i = 0; i < 10; i++) {
            new StoredRow(TIME.plusSeconds(i)).with("tool", "old").in(store);
        }
        long newest = reader.newest();
        AuditPage first = reader.page(AuditFilter.NONE, newest, Optional.empty(), 4, PATIENCE);
        // newer, and older than the page: a row of a call that a failing store delayed
        new StoredRow(TIME.plusSeconds(60)).with("tool", "new").in(store);
        new StoredRow(TIME.plusSeconds(3)).with("tool", "new").in(store);
        AuditPage second = reader.page(AuditFilter.NONE, newest, first.next(), 4, PATIENCE);
        AuditPage third = reader.page(AuditFilter.NONE, newest, second.next(), 4, PATIENCE);
        List<AuditRow> rows = new ArrayList<>(first.rows());
        rows.addAll(second.rows());
        rows.addAll(third.rows());
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row.tool()).isEqualTo("old"));
        assertThat(rows).extracting(AuditRow::id).doesNotHaveDuplicates();
        assertThat(third.next()).isEmpty();
    }

    @Test
    void replacedStoreDoesNotLookLikeTheEndOfTheRows() {
        new StoredRow(TIME).in(store);
        long newest = reader.newest() + 1_000;
        assertThatThrownBy(() -> reader.page(AuditFilter.NONE, newest, Optional.empty(), 10, PATIENCE))
                .isInstanceOf(AuditReadRefused.class)
                .hasMessageContaining("the store was replaced");
    }

    @ParameterizedTest
    @EnumSource(AuditField.class)
    void eachColumnIsComparedAsAWhole(AuditField field) {
        String column = field.column();
        for (String value : List.of("wanted", "other", "wante", "wanted2", "%")) {
            new StoredRow(TIME).with(column, value).in(store);
            new StoredRow(TIME).with(column, "other").in(store);
        }
        assertThat(all(filter(Map.of(field, "wanted")), 2)).hasSize(1);
        assertThat(all(filter(Map.of(field, "%")), 2)).hasSize(1);
        assertThat(all(filter(Map.of(field, "' OR 1=1 --")), 2)).isEmpty();
    }

    @Test
    void conditionsAreMetTogether() {
        new StoredRow(TIME).with("tool", "a").with("caller", "x").in(store);
        new StoredRow(TIME).with("tool", "a").with("caller", "y").in(store);
        new StoredRow(TIME).with("tool", "b").with("caller", "x").in(store);
        assertThat(all(filter(Map.of(AuditField.TOOL, "a", AuditField.CALLER, "x")), 10))
                .hasSize(1);
    }

    @Test
    void textIsFoundInAnyCaseAndHasNoWildcards() {
        new StoredRow(TIME)
                .with("parameters", "{\"sql\":\"SELECT * FROM Orders\"}")
                .in(store);
        new StoredRow(TIME).with("parameters", "{\"sql\":\"SELECT 100%_\"}").in(store);
        assertThat(all(text("from orders"), 10)).hasSize(1);
        assertThat(all(text("100%_"), 10)).hasSize(1);
        assertThat(all(text("S%T"), 10)).isEmpty();
        assertThat(all(text("select"), 10)).hasSize(2);
    }

    @Test
    void firstTimeIsIncludedAndTheEndIsNot() {
        for (int second = 0; second < 10; second++) {
            new StoredRow(TIME.plusSeconds(second)).with("tool", "t" + second).in(store);
        }
        AuditFilter filter = new AuditFilter(
                Optional.of(TIME.plusSeconds(2)), Optional.of(TIME.plusSeconds(7)), Map.of(), Optional.empty());
        assertThat(all(filter, 2)).extracting(AuditRow::tool).containsExactly("t6", "t5", "t4", "t3", "t2");
    }

    private static AuditFilter filter(Map<AuditField, String> values) {
        return new AuditFilter(Optional.empty(), Optional.empty(), values, Optional.empty());
    }

    private static AuditFilter text(String text) {
        return new AuditFilter(Optional.empty(), Optional.empty(), Map.of(), Optional.of(text));
    }

    /** All pages with so many rows each. */
    private List<AuditRow> all(AuditFilter filter, int limit) {
        long newest = reader.newest();
        List<AuditRow> rows = new ArrayList<>();
        Optional<AuditPosition> at = Optional.empty();
        do {
            AuditPage page = reader.page(filter, newest, at, limit, PATIENCE);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.rows());
            at = page.next();
        } while (at.isPresent());
        return rows;
    }
}
