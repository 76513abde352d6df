package io.mcpdata.toolkit.sql;

import java.util.HashMap;
import java.util.Map;

/**
 * How many uses of one data source each caller has, so that no caller can take all its connections. A use counts until
 * it has really ended, even if its caller already has an answer and the database still works on it. Thread-safe.
 */
final class CallerShares {

    /** Leaves two connections of a pool for others. */
    static final int MOST = ConnectionPools.SIZE - 2;

    private final Map<String, Integer> uses = new HashMap<>();

    /** @return whether the caller was below its limit; if so, the use must be returned */
    synchronized boolean take(String caller) {
        int now = uses.getOrDefault(caller, 0);
        if (now >= MOST && !caller.isEmpty()) {
            return false;
        }
        uses.put(caller, now + 1);
        return true;
    }

    synchronized void giveBack(String caller) {
        uses.computeIfPresent(caller, (key, now) -> now == 1 ? null : now - 1);
    }
}
