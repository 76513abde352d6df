package io.mcpdata.mcp.transport;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * How much text waits in the streams of each caller, so that nobody fills the server's memory with answers it does not
 * read. What the calls of one caller may answer at once always has room. Thread-safe.
 */
final class Backlogs {

    /** A result stands in its message as JSON and once more as text, where every quote is escaped. */
    private static final long MESSAGE_PER_RESULT = 3;

    private final ActiveConfiguration configuration;
    private final Map<String, Long> waiting = new HashMap<>();

    Backlogs(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    Backlog of(String identity) {
        return new Backlog() {
            @Override
            public boolean take(long characters) {
                return Backlogs.this.take(identity, characters);
            }

            @Override
            public void give(long characters) {
                Backlogs.this.give(identity, characters);
            }
        };
    }

    /** Whether nothing waits for anybody. */
    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    private synchronized boolean take(String identity, long characters) {
        LimitsConfig limits = configuration.config().limits();
        long most = MESSAGE_PER_RESULT * limits.callsPerCaller() * limits.resultBytes();
        long now = waiting.getOrDefault(identity, 0L);
        if (now > 0 && now + characters > most) {
            return false;
        }
        waiting.merge(identity, characters, Long::sum);
        return true;
    }

    private synchronized void give(String identity, long characters) {
        waiting.computeIfPresent(identity, (caller, now) -> now > characters ? now - characters : null);
    }
}
