package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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
final class AuditRowsTest {

    @Parameter
    private StoreProduct product;

    private TemporaryStore store;
    private AuditRows rows;

    @BeforeParameterizedClassInvocation
    void open(StoreProduct opened, @TempDir Path directory) {
        store = TemporaryStore.of(opened, directory);
        rows = new AuditRows(new DurableRows(store, new AuditChain(store, InMemoryActiveConfiguration.none())));
    }

    @AfterParameterizedClassInvocation
    void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        store.jdbi().useHandle(handle -> handle.execute("DELETE FROM audit_event"));
    }

    private List<Map<String, Object>> all() {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM audit_event ORDER BY id")
                        .mapToMap()
                        .list());
    }

    @Test
    void everyPartOfAnEventHasItsColumn() {
        rows.insert(List.of(Events.of(Type.TOOL_CALL, Outcome.ERROR)
                .because("tool_failed", "tools.allow[*]")
                .withCall("sql_query", "warehouse", "{\"sql\":\"SELECT 1\"}")
                .withFigures(Duration.ofNanos(1_234_567), 42)));

        Map<String, Object> row = all().get(0);
        assertThat(row)
                .containsEntry("request_id", "r1")
                .containsEntry("type", "TOOL_CALL")
                .containsEntry("outcome", "ERROR")
                .containsEntry("caller", "etl")
                .containsEntry("identity", "api_key:0123456789ab")
                .containsEntry("method", "api_key")
                .containsEntry("credential_id", "0123456789ab")
                .containsEntry("persona", "analyst")
                .containsEntry("roles", "analyst write")
                .containsEntry("client_address", "192.0.2.7")
                .containsEntry("user_agent", "curl/8")
                .containsEntry("category", "tool_failed")
                .containsEntry("rule", "tools.allow[*]")
                .containsEntry("tool", "sql_query")
                .containsEntry("connection", "warehouse")
                .containsEntry("parameters", "{\"sql\":\"SELECT 1\"}")
                .containsEntry("duration_micros", 1_234L)
                .containsEntry("row_count", 42L)
                .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
                .hasSize(product == StoreProduct.H2 ? 22 : 23);
        assertThat(store.jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT occurred_at FROM audit_event")
                                .mapTo(OffsetDateTime.class)
                                .one())
                        .toInstant())
                .isEqualTo(Events.TIME);
    }

    @Test
    void whatDoesNotApplyIsEmpty() {
        rows.insert(List.of(AuditEvent.of(
                Events.TIME,
                Type.LOGIN_FAILURE,
                Outcome.DENIED,
                AuditSubject.ANONYMOUS,
                new RequestOrigin("", "", ""))));
        assertThat(all().get(0))
                .containsEntry("caller", "")
                .containsEntry("identity", "")
                .containsEntry("roles", "")
                .containsEntry("duration_micros", 0L)
                .containsEntry("row_count", -1L);
    }

    @Test
    void valuesLongerThanTheirColumnsAreCutAndNeverRefused() {
        String huge = "\u65e5\n".repeat(50_000);
        rows.insert(List.of(AuditEvent.of(
                        Events.TIME,
                        Type.TOOL_CALL,
                        Outcome.DENIED,
                        new AuditSubject(huge, huge, huge, huge, huge, List.of(huge, huge)),
                        new RequestOrigin(huge, huge, huge))
                .because(huge, huge)
                .withCall(huge, huge, huge)));
        Map<String, Object> row = all().get(0);
        assertThat((String) row.get("parameters"))
                .hasSize(8_192)
                .endsWith("\u2026")
                .doesNotContain("\n");
        assertThat((String) row.get("tool")).hasSize(128);
        assertThat((String) row.get("roles")).hasSize(1_024);
    }

    @Test
    void secretInAnyTextIsRedactedOnceMore() {
        String secret = "Bearer canary-4711 mcpdp_canary api_key=canary";
        rows.insert(List.of(AuditEvent.of(
                        Events.TIME,
                        Type.TOOL_CALL,
                        Outcome.DENIED,
                        new AuditSubject(secret, "", "", secret, secret, List.of(secret)),
                        new RequestOrigin(secret, secret, secret))
                .because(secret, secret)
                .withCall(secret, secret, secret)));
        assertThat(all().toString()).contains("[redacted]").doesNotContain("canary");
    }

    @Test
    void textCannotBecomeSql() {
        String hostile = "'); DROP TABLE audit_event; --";
        rows.insert(List.of(Events.call(hostile)));
        assertThat(all()).singleElement().satisfies(row -> assertThat(row).containsEntry("tool", hostile));
    }

    @Test
    void rowsKeepTheOrderOfTheirBatch() {
        rows.insert(List.of(Events.call("a"), Events.call("b"), Events.call("c")));
        rows.insert(List.of(Events.call("d")));
        assertThat(all()).extracting(row -> row.get("tool")).containsExactly("a", "b", "c", "d");
    }
}
