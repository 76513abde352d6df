package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import java.time.Instant;
import java.util.List;

/** Events for tests. */
final class Events {

    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    static final AuditSubject SUBJECT = new AuditSubject(
            "etl", "api_key:0123456789ab", "api_key", "0123456789ab", "analyst", List.of("analyst", "write"));
    static final RequestOrigin ORIGIN = new RequestOrigin(
            "r1", "192.0.2.7", "curl/8", TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    private Events() {}

    static AuditEvent of(Type type, Outcome outcome) {
        return AuditEvent.of(TIME, type, outcome, SUBJECT, ORIGIN);
    }

    /** A successful call of this tool. */
    static AuditEvent call(String tool) {
        return of(Type.TOOL_CALL, Outcome.SUCCESS).withCall(tool, "warehouse", "{}");
    }

    static AuditEvent denial() {
        return of(Type.TOOL_CALL, Outcome.DENIED).because("tool_denied", "tools.deny[x]");
    }
}
