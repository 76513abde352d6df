package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalRowsTest {

    private static final int FLOOD = 5_000;

    private final List<AuditEvent> written = new ArrayList<>();
    private boolean broken;
    private final RefusalRows rows = new RefusalRows(this::write, new MovableClock());

    private void write(AuditEvent row) {
        if (broken) {
            throw new AuditUnavailableException("broken", new IllegalStateException());
        }
        written.add(row);
    }

    private static AuditEvent refusal(String identity, String category, String address) {
        return AuditEvent.of(
                        Events.TIME,
                        Type.ACCESS_DENIED,
                        Outcome.DENIED,
                        new AuditSubject("a-caller", identity, "api_key", "0123456789ab", "viewer", List.of("viewer")),
                        new RequestOrigin("request", address, "test"))
                .because(category, "audit:read");
    }

    private void flood(String identity, String category) {
        for (int i = 0; i < FLOOD; i++) {
            rows.add(refusal(identity, category, "192.0.2.1"));
        }
    }

    @Test
    void singleRefusalHasItsRowAtOnce() {
        rows.add(refusal("api_key:one", "permission_missing", "192.0.2.1"));
        assertThat(written).containsExactly(refusal("api_key:one", "permission_missing", "192.0.2.1"));
        rows.report();
        assertThat(written).hasSize(1);
    }

    @Test
    void floodIsSummedUpInOneRowThatNamesCallerReasonNumberAndAddress() {
        flood("api_key:one", "permission_missing");
        int single = written.size();
        assertThat(single).isBetween(RefusalRows.ROWS_OF_CALLER, RefusalRows.ROWS_OF_CALLER + 10);

        rows.report();

        assertThat(written).hasSize(single + 1);
        AuditEvent sum = written.get(single);
        assertThat(sum.type()).isEqualTo(Type.ACCESS_DENIED);
        assertThat(sum.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(sum.category()).isEqualTo("permission_missing");
        assertThat(sum.rule()).isEqualTo("audit:read");
        assertThat(sum.subject().identity()).isEqualTo("api_key:one");
        assertThat(sum.origin().clientAddress()).isEqualTo("192.0.2.1");
        assertThat(sum.rows()).isEqualTo(FLOOD - single);
        assertThat(sum.parameters())
                .isEqualTo("{\"unlisted\":%d,\"addresses\":{\"192.0.2.1\":%d}}", FLOOD - single, FLOOD - single);
        rows.report();
        assertThat(written).hasSize(single + 1);
    }

    @Test
    void floodOfOneCallerTakesNoRowFromOthersNorFromOtherReasons() {
        flood("api_key:one", "permission_missing");
        written.clear();
        rows.add(refusal("api_key:two", "permission_missing", "192.0.2.1"));
        rows.add(refusal("api_key:one", "session_of_another", "192.0.2.1"));
        assertThat(written)
                .extracting(row -> row.subject().identity() + " " + row.category())
                .containsExactly("api_key:two permission_missing", "api_key:one session_of_another");
    }

    @Test
    void refusalsOfManyCallersAreBoundedAndAllCounted() {
        for (int i = 0; i < FLOOD; i++) {
            rows.add(refusal("oidc:https://issuer.example " + i, "permission_missing", "192.0.2." + i % 200));
        }
        long single = written.size();
        assertThat(single).isBetween(200L, 400L);
        rows.report();
        List<AuditEvent> sums = written.subList((int) single, written.size());
        assertThat(sums).hasSize(RefusalSums.MOST_CALLERS + 1);
        assertThat(sums.stream().mapToLong(AuditEvent::rows).sum()).isEqualTo(FLOOD - single);
        assertThat(sums.get(sums.size() - 1).subject()).isEqualTo(AuditSubject.ANONYMOUS);
    }

    @Test
    void refusalsWithoutACallerAreCountedByAddress() {
        for (int i = 0; i < 100; i++) {
            rows.add(refusal("", "host_refused", "192.0.2.1"));
        }
        written.clear();
        rows.add(refusal("", "host_refused", "192.0.2.2"));
        assertThat(written).hasSize(1);
    }

    @Test
    void whatAFailingStoreDoesNotTakeIsCountedOn() {
        broken = true;
        flood("api_key:one", "permission_missing");
        flood("api_key:two", "permission_missing");
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(rows::report);
        broken = false;
        rows.report();
        assertThat(written).extracting(AuditEvent::rows).containsExactly((long) FLOOD, (long) FLOOD);
    }
}
