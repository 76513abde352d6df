package io.mcpdata.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * One audit row. Immutable; made with {@link #of}, refined with the {@code with...} methods. Strings are empty where
 * they do not apply. It never contains a secret; parameters are redacted again before they are stored.
 *
 * @param category the reason in one word ({@code unknown_key}, {@code expired_key}, {@code tool_denied}, ...)
 * @param rule the policy rule that decided, such as {@code tools.deny[*_delete_*]}
 * @param parameters the call's arguments as JSON
 * @param duration how long it took; zero where it does not apply
 * @param rows rows returned, -1 where it does not apply
 */
public record AuditEvent(
        Instant time,
        Type type,
        Outcome outcome,
        AuditSubject subject,
        RequestOrigin origin,
        String category,
        String rule,
        String tool,
        String connection,
        String parameters,
        Duration duration,
        long rows) {

    /** The kind of event. */
    public enum Type {
        LOGIN_FAILURE,
        ACCESS_DENIED,
        TOOL_CALL,
        RESOURCE_LIST,
        RESOURCE_READ,
        PROMPT_GET,
        COMPLETION,
        SKILL_LIST,
        SKILL_GET,
        /** A client initialized a session of {@code /mcp}. */
        SESSION_OPEN,
        SESSION_CLOSE,
        STREAM_OPEN,
        STREAM_CLOSE,
        /** An administrator ended a session or a stream of another caller. */
        SESSION_CHANGE,
        KEY_CHANGE,
        CONFIGURATION_CHANGE,
        /** A caller read rows of the audit trail, or figures about them. */
        AUDIT_READ,
        /** An administrator had a copy of the store made. */
        STORE_BACKUP,
        /** Rows were deleted because of their age. */
        RETENTION,
        /** The store lacked rows that it had before. */
        STORE_LOSS,
        /** The audit trail was found changed, or is signed with another key from now on. */
        AUDIT_CHAIN;

        /** Whether it is a request of a client to a toolkit. */
        public boolean isCall() {
            return switch (this) {
                case TOOL_CALL, RESOURCE_LIST, RESOURCE_READ, PROMPT_GET, COMPLETION, SKILL_LIST, SKILL_GET -> true;
                case LOGIN_FAILURE,
                        ACCESS_DENIED,
                        SESSION_OPEN,
                        SESSION_CLOSE,
                        STREAM_OPEN,
                        STREAM_CLOSE,
                        SESSION_CHANGE,
                        KEY_CHANGE,
                        CONFIGURATION_CHANGE,
                        AUDIT_READ,
                        STORE_BACKUP,
                        RETENTION,
                        STORE_LOSS,
                        AUDIT_CHAIN -> false;
            };
        }
    }

    /** The result. */
    public enum Outcome {
        SUCCESS,
        DENIED,
        ERROR
    }

    public static AuditEvent of(Instant time, Type type, Outcome outcome, AuditSubject subject, RequestOrigin origin) {
        return new AuditEvent(time, type, outcome, subject, origin, "", "", "", "", "", Duration.ZERO, -1);
    }

    /** The same event with another outcome. */
    public AuditEvent ending(Outcome newOutcome) {
        return new AuditEvent(
                time, type, newOutcome, subject, origin, category, rule, tool, connection, parameters, duration, rows);
    }

    public AuditEvent because(String newCategory, String newRule) {
        return new AuditEvent(
                time,
                type,
                outcome,
                subject,
                origin,
                newCategory,
                newRule,
                tool,
                connection,
                parameters,
                duration,
                rows);
    }

    public AuditEvent withCall(String newTool, String newConnection, String newParameters) {
        return new AuditEvent(
                time,
                type,
                outcome,
                subject,
                origin,
                category,
                rule,
                newTool,
                newConnection,
                newParameters,
                duration,
                rows);
    }

    public AuditEvent withFigures(Duration newDuration, long newRows) {
        return new AuditEvent(
                time,
                type,
                outcome,
                subject,
                origin,
                category,
                rule,
                tool,
                connection,
                parameters,
                newDuration,
                newRows);
    }
}
