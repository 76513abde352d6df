package io.mcpdata.mcp.stream;

import io.mcpdata.config.ActiveConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

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

    /** How many characters wait in the streams of all callers. */
    public synchronized long waiting() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @param callsAtOnce how many calls of this caller may run at once, now */
    public Share of(String identity, IntSupplier callsAtOnce) {
        return new CallerShare(this, identity, callsAtOnce);
    }

    /** The budget of a stream. Called while the stream's lock is held, so it must not wait. */
    public interface Share {

        /** False, and nothing is taken, if fewer characters are left. */
        boolean take(long characters);

        /** Returns characters once their text no longer waits. */
        void give(long characters);
    }

    /** The budget of one caller. */
    private record CallerShare(OutboundBudget all, String identity, IntSupplier callsAtOnce) implements Share {

        @Override
        public boolean take(long characters) {
            return all.take(
                    identity,
                    characters,
                    MESSAGE_PER_RESULT
                            * callsAtOnce.getAsInt()
                            * all.configuration.config().limits().resultBytes());
        }

        @Override
        public void give(long characters) {
            all.give(identity, characters);
        }
    }

    private synchronized boolean take(String identity, long characters, long most) {
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
