package io.mcpdata.audit.query;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A stored audit row, as it was written: redacted, and cut to the length of its columns. Strings are empty where they do
 * not apply. Immutable.
 *
 * @param id the number of the row; a row that is written later has a higher one
 * @param roles the roles of the caller's credential
 * @param parameters JSON, which may have been cut
 * @param durationMicros microseconds; zero where it does not apply
 * @param rowCount rows that the call returned; empty where it does not apply
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
        OptionalLong rowCount) {

    public AuditRow {
        roles = List.copyOf(roles);
    }
}
