package io.mcpdata.config;

import java.util.Optional;

/**
 * Section {@code audit}.
 *
 * @param signingKey signs checkpoints, in PEM; empty for the key that is made in the data directory
 */
public record AuditConfig(
        @ConfigKey(about = "Whether anything is written down", standard = "true")
        boolean enabled,

        @ConfigKey(
                about =
                        "Whether successful calls get a row: of tools, resources, prompts, skills and completion; refusals,"
                                + " failed logins and changes always do",
                standard = "true")
        boolean logToolCalls,

        @ConfigKey(
                about = "Rows older than this are deleted once a day; 0 keeps them without limit",
                standard = "90",
                most = 36_500)
        int retentionDays,

        @ConfigKey(
                about =
                        "Whether rows of successful calls are durable before the answer (strict) or soon after (batched);"
                                + " all others always are before",
                standard = "batched")
        Mode mode,

        @ConfigKey(told = false, fromNextStart = true) Optional<Secret> signingKey,

        AuditForwardConfig forward)
        implements ConfigRecord {

    public static final AuditConfig DEFAULT = ConfigComponent.standard(AuditConfig.class);

    /** When a row must be durable. Refusals and administrative changes are always strict. */
    public enum Mode {
        /** Before the answer. */
        STRICT,
        /** Within a documented time after the answer. */
        BATCHED
    }
}
