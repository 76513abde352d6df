package io.mcpdata.audit;

import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes events as rows, one transaction per batch; the rows survive a crash of the machine. Thread-safe. */
final class AuditRows {

    private static final String INSERT = """
            INSERT INTO audit_event (occurred_at, request_id, type, outcome, caller, identity, method, credential_id, persona,
                roles, client_address, user_agent, category, rule, tool, connection, parameters, duration_micros, row_count)
            VALUES (:time, :request, :type, :outcome, :caller, :identity, :method, :credential, :persona,
                :roles, :address, :agent, :category, :rule, :tool, :connection, :parameters, :duration, :rows)""";

    private final DurableRows rows;

    AuditRows(DurableRows rows) {
        this.rows = rows;
    }

    void insert(List<AuditEvent> events) {
        rows.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            events.forEach(event -> bind(batch, event));
            batch.execute();
        });
    }

    private static void bind(PreparedBatch batch, AuditEvent event) {
        AuditSubject subject = event.subject();
        RequestOrigin origin = event.origin();
        batch.bind("time", event.time().atOffset(ZoneOffset.UTC))
                .bind("request", AuditText.safe(origin.requestId(), 64))
                .bind("type", event.type().name())
                .bind("outcome", event.outcome().name())
                .bind("caller", AuditText.safe(subject.caller(), 256))
                .bind("identity", AuditText.encoded(subject.identity(), 1024))
                .bind("method", AuditText.safe(subject.method(), 16))
                .bind("credential", AuditText.safe(subject.credentialId(), 256))
                .bind("persona", AuditText.safe(subject.persona(), 128))
                .bind("roles", AuditText.safe(String.join(" ", subject.roles()), 1024))
                .bind("address", AuditText.safe(origin.clientAddress(), 64))
                .bind("agent", AuditText.safe(origin.userAgent(), 256))
                .bind("category", AuditText.safe(event.category(), 64))
                .bind("rule", AuditText.safe(event.rule(), 256))
                .bind("tool", AuditText.safe(event.tool(), 128))
                .bind("connection", AuditText.safe(event.connection(), 128))
                .bind("parameters", AuditText.safe(event.parameters(), 8192))
                .bind("duration", event.duration().toNanos() / 1_000)
                .bind("rows", event.rows())
                .add();
    }
}
