package io.mcpdata.mcp.stream;

import io.mcpdata.audit.AuditEvent.Outcome;

/** Why a stream ended. */
public enum CloseReason {
    CLIENT_GONE("client_gone", Outcome.SUCCESS),
    IDLE("idle", Outcome.SUCCESS),
    SHUTDOWN("shutdown", Outcome.SUCCESS),
    /** Everything was sent. */
    COMPLETE("complete", Outcome.SUCCESS),
    /** The client ended its session. */
    ENDED_BY_CLIENT("ended_by_client", Outcome.SUCCESS),
    /** The client opened the stream of the same session again. */
    REPLACED("replaced", Outcome.SUCCESS),
    /** The caller opened more sessions than it may have; this one was not used for the longest time. */
    EVICTED("evicted", Outcome.SUCCESS),
    /** An administrator ended it; the caller may open another one. */
    CLOSED_BY_ADMINISTRATOR("closed_by_administrator", Outcome.SUCCESS),
    /** The client reads more slowly than events arise. */
    SLOW_READER("slow_reader", Outcome.ERROR),
    /** An error of the platform. */
    FAILED("failed", Outcome.ERROR),
    CREDENTIAL_EXPIRED("credential_expired", Outcome.DENIED),
    CREDENTIAL_REVOKED("credential_revoked", Outcome.DENIED),
    /** The caller's roles lead to no persona any more, or to one that may not connect. */
    PERSONA_LOST("persona_lost", Outcome.DENIED);

    private final String category;
    private final Outcome outcome;

    CloseReason(String category, Outcome outcome) {
        this.category = category;
        this.outcome = outcome;
    }

    /** The word in the audit row. */
    public String category() {
        return category;
    }

    public Outcome outcome() {
        return outcome;
    }
}
