package io.mcpdata.audit;

import static java.util.Map.entry;

import io.mcpdata.audit.chain.ChainRow;
import io.mcpdata.audit.chain.TextColumn;
import java.util.List;
import java.util.Map;

/** Writes events as rows, one transaction per batch; the rows survive a crash of the machine. Thread-safe. */
final class AuditRows {

    private final DurableRows durable;

    AuditRows(DurableRows durable) {
        this.durable = durable;
    }

    /**
     * Writes the rows in the order of the events.
     *
     * @return the number of the last row; the rows before it have lower ones
     */
    long insert(List<AuditEvent> events) {
        return durable.append(events.stream().map(AuditRows::row).toList());
    }

    private static ChainRow row(AuditEvent event) {
        AuditSubject subject = event.subject();
        RequestOrigin origin = event.origin();
        return new ChainRow(
                event.time(),
                Map.ofEntries(
                        entry(TextColumn.REQUEST_ID, AuditText.safe(origin.requestId(), 64)),
                        entry(TextColumn.TYPE, event.type().name()),
                        entry(TextColumn.OUTCOME, event.outcome().name()),
                        entry(TextColumn.CALLER, AuditText.safe(subject.caller(), 256)),
                        entry(TextColumn.IDENTITY, AuditText.encoded(subject.identity(), 1024)),
                        entry(TextColumn.METHOD, AuditText.safe(subject.method(), 16)),
                        entry(TextColumn.CREDENTIAL_ID, AuditText.safe(subject.credentialId(), 256)),
                        entry(TextColumn.PERSONA, AuditText.safe(subject.persona(), 128)),
                        entry(TextColumn.ROLES, AuditText.safe(String.join(" ", subject.roles()), 1024)),
                        entry(TextColumn.CLIENT_ADDRESS, AuditText.safe(origin.clientAddress(), 64)),
                        entry(TextColumn.USER_AGENT, AuditText.safe(origin.userAgent(), 256)),
                        entry(TextColumn.CATEGORY, AuditText.safe(event.category(), 64)),
                        entry(TextColumn.RULE, AuditText.safe(event.rule(), 256)),
                        entry(TextColumn.TOOL, AuditText.safe(event.tool(), 128)),
                        entry(TextColumn.CONNECTION, AuditText.safe(event.connection(), 128)),
                        entry(TextColumn.PARAMETERS, AuditText.safe(event.parameters(), 8192)),
                        entry(TextColumn.TRACE_ID, origin.traceId())),
                event.duration().toNanos() / 1_000,
                event.rows());
    }
}
