package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Counts audit events, also those that the configuration keeps out of the trail. Thread-safe. */
final class AuditMetrics {

    private final Counter events;
    private final Counter calls;
    private final Histogram durations;
    private final Counter failures;
    private final Counter refusedLogins;

    AuditMetrics(Metrics metrics) {
        events = metrics.counter(
                "mcp_events", "Audit events by type, outcome and category", "type", "outcome", "category");
        calls = metrics.counter(
                "mcp_calls",
                "Calls of clients to toolkits; a tool that does not exist for the caller has no name here",
                "type",
                "tool",
                "persona",
                "outcome");
        durations = metrics.durations("mcp_call_duration_seconds", "How long calls took", "type", "tool");
        refusedLogins = metrics.counter(
                "mcp_authentication_failures",
                "Refused credentials by method, where it is known, and reason",
                "method",
                "category");
        failures = metrics.counter("mcp_audit_write_failures", "Batches of audit rows that the store did not take");
    }

    /** @param waitingMillis the age of the oldest row that waits; zero if none waits */
    static void queue(Metrics metrics, IntSupplier waiting, LongSupplier waitingMillis) {
        metrics.gauge("mcp_audit_rows_waiting", "Audit rows that are not written yet", waiting::getAsInt);
        metrics.gauge(
                "mcp_audit_lag_seconds",
                "The age of the oldest audit row that is not written yet",
                () -> waitingMillis.getAsLong() / 1000.0);
    }

    void count(AuditEvent event) {
        String outcome = event.outcome().name();
        events.labelValues(event.type().name(), outcome, event.category()).inc();
        if (event.type() == Type.LOGIN_FAILURE) {
            // a row that sums up refusals has their number
            refusedLogins
                    .labelValues(event.subject().method(), event.category())
                    .inc(Math.max(1, event.rows()));
        }
        if (event.type().isCall()) {
            // a client may name any tool; only one that was called or failed is known to exist
            String tool = event.outcome() == Outcome.DENIED ? "" : event.tool();
            calls.labelValues(event.type().name(), tool, event.subject().persona(), outcome)
                    .inc();
            if (event.outcome() != Outcome.DENIED) {
                durations
                        .labelValues(event.type().name(), tool)
                        .observe(event.duration().toNanos() / 1e9);
            }
        }
    }

    void writeFailed() {
        failures.inc();
    }
}
