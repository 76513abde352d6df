package io.mcpdata.toolkit.sql;

import java.util.HashMap;
import java.util.Map;

/**
 * How many uses of one data source each caller has, so that no caller can take all its connections. A use counts until it
 * has really ended, also when its caller has its answer and the database goes on. Thread-safe.
 */
final class CallerShares {

    /** Leaves two connections of a pool for others. */
    static final int MOST = ConnectionPools.SIZE - 2;

    private final Map<String, Integer> uses = new HashMap<>();

    /** @return whether the caller had room for another one, to be given back */
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
