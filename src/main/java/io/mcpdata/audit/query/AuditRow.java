package io.mcpdata.audit.query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stored audit row, as it was written: redacted, and cut to the length of its columns. Strings are empty where they do
 * not apply. Immutable.
 *
 * @param id the number of the row; a row that is written later has a higher one
 * @param roles the roles of the caller's credential
 * @param parameters JSON, which may have been cut
 * @param durationMicros microseconds; zero where it does not apply
 * @param rowCount rows that the call returned; empty where it does not apply
 * @param traceId the trace that the client named, or that an agent of the server began
 */
public record AuditRow(
        long id,
        Instant occurredAt,
        String requestId,
        String type,
        String outcome,
        String caller,
        String identity,
        String method,
        String credentialId,
        String persona,
        List<String> roles,
        String clientAddress,
        String userAgent,
        String category,
        String rule,
        String tool,
        String connection,
        String parameters,
        long durationMicros,
        OptionalLong rowCount,
        String traceId) {

    public AuditRow {
        roles = List.copyOf(roles);
    }

    /** The members by their names in {@code docs/audit-row.schema.json}: texts, numbers, a list, and null without a number. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("occurred_at", occurredAt.toString());
        members.put("request_id", requestId);
        members.put("type", type);
        members.put("outcome", outcome);
        members.put("caller", caller);
        members.put("identity", identity);
        members.put("method", method);
        members.put("credential_id", credentialId);
        members.put("persona", persona);
        members.put("roles", roles);
        members.put("client_address", clientAddress);
        members.put("user_agent", userAgent);
        members.put("category", category);
        members.put("rule", rule);
        members.put("tool", tool);
        members.put("connection", connection);
        members.put("parameters", parameters);
        members.put("duration_micros", durationMicros);
        members.put("row_count", rowCount.isPresent() ? rowCount.getAsLong() : null);
        members.put("trace_id", traceId);
        return members;
    }
}
