package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditPosition;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.testing.InMemoryAuditLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, and what is left of one that failed. */
final class AuditExportTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final AtomicLong nanos = new AtomicLong();
    private final ExportPermits permits = new ExportPermits(nanos::get);
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void pagesAreOneFileAndOneAuditRow() throws IOException {
        export(AuditExportFormat.CSV, page(1, true), last -> page(2, false)).write(file);
        assertThat(text()).isEqualTo("""
                id,occurred_at,request_id,type,outcome,caller,identity,method,credential_id,persona,roles,client_address,\
                user_agent,category,rule,tool,connection,parameters,duration_micros,row_count,trace_id\r
                1,2026-01-02T03:04:05.678901Z,r,TOOL_CALL,SUCCESS,etl,,,,,a b,,,,,"x,""y\""",'=1+1,{},5,,\r
                2,2026-01-02T03:04:05.678901Z,r,TOOL_CALL,SUCCESS,etl,,,,,a b,,,,,"x,""y\""",'=1+1,{},5,,\r
                """);
        assertThat(audit.row().category()).isEqualTo("audit_exported");
        assertThat(audit.row().rows()).isEqualTo(2);
        assertThat(audit.row().parameters()).isEqualTo("{\"format\":\"csv\"}");
        assertThat(permits.take()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(AuditExportFormat.class)
    void exportThatFailsHalfWaySaysSoInItsLastLineAndHasItsAuditRow(AuditExportFormat format) {
        AuditExport export = export(format, page(1, true), last -> {
            throw new IllegalStateException("the store has failed");
        });
        assertThatThrownBy(() -> export.write(file)).isInstanceOf(IOException.class);
        String[] lines = text().split("\n");
        assertThat(lines[lines.length - 1])
                .startsWith(format == AuditExportFormat.CSV ? "INCOMPLETE: " : "{\"incomplete\":\"INCOMPLETE: ");
        if (format == AuditExportFormat.CSV) {
            assertThat(lines[lines.length - 1].chars().filter(c -> c == ',')).hasSize(20);
        }
        assertThat(audit.row().category()).isEqualTo("audit_export_failed");
        assertThat(audit.row().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(audit.row().rows()).isEqualTo(1);
    }

    @Test
    void exportWithoutItsAuditRowIsNotComplete() {
        audit.breakDown();
        assertThatThrownBy(() -> export(AuditExportFormat.CSV, page(1, false), last -> page(2, false))
                        .write(file))
                .isInstanceOf(IOException.class);
        assertThat(text()).contains("INCOMPLETE: ");
    }

    @Test
    void clientThatHasGoneEndsTheExport() throws IOException {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        export(AuditExportFormat.JSONL, page(1, true), last -> {
                    throw new AssertionError("no page is read for a client that has gone");
                })
                .write(gone);
        assertThat(audit.row().category()).isEqualTo("audit_export_disconnected");
        assertThat(permits.take()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1", "+1", "-1", "@a", "\t1"})
    void cellThatASpreadsheetWouldExecuteIsAText(String tool) {
        assertThat(AuditExportFormat.CSV.line(row(1, tool))).contains(",'" + tool + ",wh");
        assertThat(AuditExportFormat.CSV.line(row(1, "a" + tool))).contains(",a" + tool + ",wh");
    }

    @Test
    void thirdExportAtOnceIsRefusedAndAnAbandonedOneCountsForTenSeconds() {
        ExportPermits.Permit first = permits.take().orElseThrow();
        ExportPermits.Permit second = permits.take().orElseThrow();
        assertThat(permits.take()).isEmpty();
        assertThat(first.begin()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(permits.take()).isPresent();
        assertThat(permits.take()).isEmpty();
        assertThat(second.begin()).isFalse();
        first.close();
        assertThat(permits.take()).isPresent();
    }

    private AuditExport export(AuditExportFormat format, AuditPage first, Function<AuditPage, AuditPage> next) {
        return new AuditExport(
                format,
                first,
                next,
                permits.take().orElseThrow(),
                new AuditReads.Read(audit, AuditSubject.ANONYMOUS, "", new RequestOrigin("", "", "")),
                Map.of("format", format.label()));
    }

    private String text() {
        return file.toString(StandardCharsets.UTF_8);
    }

    private static AuditPage page(long id, boolean more) {
        return new AuditPage(
                List.of(row(id, "x,\"y\"")), more ? Optional.of(new AuditPosition(TIME, id)) : Optional.empty());
    }

    private static AuditRow row(long id, String tool) {
        return new AuditRow(
                id,
                TIME,
                "r",
                "TOOL_CALL",
                "SUCCESS",
                "etl",
                "",
                "",
                "",
                "",
                List.of("a", "b"),
                "",
                "",
                "",
                "",
                tool,
                tool.startsWith("x") ? "=1+1" : "wh",
                "{}",
                5,
                OptionalLong.empty(),
                "");
    }
}
