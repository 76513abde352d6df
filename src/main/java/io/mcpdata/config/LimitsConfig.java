package io.mcpdata.config;

import java.time.Duration;

/**
 * Section {@code limits}.
 *
 * @param streamsPerCaller open event streams one caller may hold
 * @param callsPerCaller tool calls of one caller that may run at once
 * @param requestBytes largest request body, in bytes
 * @param jsonDepth deepest nesting of a request body
 * @param resultBytes largest tool result, in bytes; more is cut and marked truncated
 * @param sessionIdle a session without a request for so long is closed
 * @param heartbeat how often an idle stream gets a comment
 */
public record LimitsConfig(
        int streamsPerCaller,
        int callsPerCaller,
        int requestBytes,
        int jsonDepth,
        int resultBytes,
        Duration sessionIdle,
        Duration heartbeat) {

    public static final LimitsConfig DEFAULT =
            new LimitsConfig(20, 10, 1_048_576, 64, 1_048_576, Duration.ofMinutes(30), Duration.ofSeconds(15));
}
