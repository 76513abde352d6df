package io.mcpdata.http;

import java.util.HashMap;
import java.util.Map;

/**
 * A number of places that no few callers can use up: a caller may take another only while it has fewer than are left. So
 * the first finds half of them, the next half of the rest, and who has none finds one until the very last is taken. Not
 * thread-safe.
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

    /** Whether there was a place for this caller; it must be given back. */
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
