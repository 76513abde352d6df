package io.mcpdata.config;

import java.time.Duration;

/**
 * Section {@code limits}.
 *
 * @param streamsPerCaller open event streams one caller may hold
 * @param callsPerCaller tool calls of one caller that may run at once
 * @param callsPerMinute tool calls one caller may begin within a minute; 0 for no limit
 * @param requestBytes largest request body, in bytes
 * @param jsonDepth deepest nesting of a request body
 * @param resultBytes largest tool result, in bytes; more is cut and marked truncated
 * @param sessionIdle a session without a request for so long is closed
 * @param heartbeat how often an idle stream gets a comment
 * @param failedAttempts refused credentials within a minute for one client address
 * @param failedAttemptsPerKey the same for one credential of one address
 */
public record LimitsConfig(
        int streamsPerCaller,
        int callsPerCaller,
        int callsPerMinute,
        int requestBytes,
        int jsonDepth,
        int resultBytes,
        Duration sessionIdle,
        Duration heartbeat,
        int failedAttempts,
        int failedAttemptsPerKey) {

    public static final LimitsConfig DEFAULT =
            new LimitsConfig(20, 10, 1_048_576, 64, 1_048_576, Duration.ofMinutes(30), Duration.ofSeconds(15));

    private static final int FAILED_ATTEMPTS = 100;
    private static final int FAILED_ATTEMPTS_PER_KEY = 20;

    /** With the standard limits of failed attempts, and no limit of calls a minute. */
    public LimitsConfig(
            int streamsPerCaller,
            int callsPerCaller,
            int requestBytes,
            int jsonDepth,
            int resultBytes,
            Duration sessionIdle,
            Duration heartbeat) {
        this(
                streamsPerCaller,
                callsPerCaller,
                0,
                requestBytes,
                jsonDepth,
                resultBytes,
                sessionIdle,
                heartbeat,
                FAILED_ATTEMPTS,
                FAILED_ATTEMPTS_PER_KEY);
    }
}
