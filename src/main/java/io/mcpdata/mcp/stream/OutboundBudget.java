package io.mcpdata.mcp.stream;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * How much text may wait in the streams of each caller. A caller that does not read its answers cannot fill the server's
 * memory with them. What the calls of one caller may answer at once always has room. Thread-safe.
 */
public final class OutboundBudget {

    /** A result stands in its message as JSON and once more as text, where every quote is escaped. */
    private static final long MESSAGE_PER_RESULT = 3;

    private final ActiveConfiguration configuration;
    private final Map<String, Long> waiting = new HashMap<>();

    public OutboundBudget(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Whether no text waits for any caller. */
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** False, and nothing is taken, if there is no room for so many characters. */
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

    /** Gives back what was taken, once it waits no longer. */
    synchronized void give(String identity, long characters) {
        waiting.computeIfPresent(identity, (caller, now) -> now > characters ? now - characters : null);
    }
}
