package io.mcpdata.config;

/**
 * Section {@code audit}.
 *
 * @param logToolCalls whether successful tool calls get a row; refusals, failed logins and changes always do
 * @param retentionDays rows older than this are deleted; 0 keeps them without limit
 */
public record AuditConfig(boolean enabled, boolean logToolCalls, int retentionDays, Mode mode) {

    public static final AuditConfig DEFAULT = new AuditConfig(true, true, 90, Mode.BATCHED);

    /** When a row must be durable. Refusals and administrative changes are always strict. */
    public enum Mode {
        /** Before the answer. */
        STRICT,
        /** Within a documented time after the answer. */
        BATCHED
    }
}
