package io.mcpdata.background;

import java.util.HashMap;
import java.util.Map;

/** How many of something, such as running calls, each caller has. Thread-safe. */
public final class CallerCounts {

    private final Map<String, Integer> running = new HashMap<>();

    /** False, and nothing is counted, if as many are running already. */
    public synchronized boolean begin(String identity, int allowed) {
        int now = running.getOrDefault(identity, 0);
        if (now >= allowed) {
            return false;
        }
        running.put(identity, now + 1);
        return true;
    }

    public synchronized void end(String identity) {
        running.computeIfPresent(identity, (caller, now) -> now > 1 ? now - 1 : null);
    }

    public synchronized int total() {
        return running.values().stream().mapToInt(Integer::intValue).sum();
    }
}
