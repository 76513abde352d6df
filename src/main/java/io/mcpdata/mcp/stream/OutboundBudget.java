package io.mcpdata.mcp.stream;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * How much text may wait in the streams of each caller, so that a caller that does not read its answers cannot fill the
 * server's memory. The budget always fits the largest answers that one caller's concurrent calls can give. Thread-safe.
 */
public final class OutboundBudget {

    /** A message holds a result twice: as JSON, and as text in which every quote is escaped. */
    private static final long MESSAGE_PER_RESULT = 3;

    private final ActiveConfiguration configuration;
    private final Map<String, Long> waiting = new HashMap<>();

    public OutboundBudget(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Whether no caller has text waiting. */
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** False, and nothing is taken, if the caller's budget has fewer characters left. */
    public synchronized boolean take(String identity, long characters) {
        LimitsConfig limits = configuration.config().limits();
        long most = MESSAGE_PER_RESULT * limits.callsPerCaller() * limits.resultBytes();
        long now = waiting.getOrDefault(identity, 0L);
        if (now > 0 && now + characters > most) {
            return false;
        }
        waiting.merge(identity, characters, Long::sum);
        return true;
    }

    /** Returns characters to the budget once their text no longer waits. */
    synchronized void give(String identity, long characters) {
        waiting.computeIfPresent(identity, (caller, now) -> now > characters ? now - characters : null);
    }
}
