package io.mcpdata.http;

import java.util.HashMap;
import java.util.Map;

/**
 * A number of places that a few callers cannot use up: a caller gets another place only while it has fewer than are
 * left. So the first caller can take half of them, the next half of the rest, and a caller without a place gets one
 * until the last is taken. Not thread-safe.
 */
final class FairShares {

    private final Map<String, Integer> taken = new HashMap<>();
    private int left;

    FairShares(int all) {
        left = all;
    }

    /** How many places this caller has. */
    int of(String caller) {
        return taken.getOrDefault(caller, 0);
    }

    /** Whether the caller got a place; it must give the place back. */
    boolean take(String caller) {
        if (of(caller) >= left) {
            return false;
        }
        taken.merge(caller, 1, Integer::sum);
        left--;
        return true;
    }

    void giveBack(String caller) {
        taken.computeIfPresent(caller, (name, places) -> places > 1 ? places - 1 : null);
        left++;
    }
}
