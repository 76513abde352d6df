package io.mcpdata.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bodies are being waited for, of each caller and of all: a thread of the server's waits for each, and whoever
 * sends byte by byte would keep as many as it likes from the others. Thread-safe.
 */
final class LateBodies {

    /** What came of asking for a place. */
    enum Place {
        GIVEN,
        /** This caller has as many as it may. */
        CALLER_HAS_ENOUGH,
        /** All callers together have. */
        NONE_LEFT
    }

    private final int ofCaller;
    private final int ofAll;
    private final Map<String, Integer> waiting = new HashMap<>();
    private int all;

    LateBodies(int ofCaller, int ofAll) {
        this.ofCaller = ofCaller;
        this.ofAll = ofAll;
    }

    /** A given place must be left. */
    synchronized Place take(String caller) {
        int already = waiting.getOrDefault(caller, 0);
        if (already >= ofCaller) {
            return Place.CALLER_HAS_ENOUGH;
        }
        if (all >= ofAll) {
            return Place.NONE_LEFT;
        }
        waiting.put(caller, already + 1);
        all++;
        return Place.GIVEN;
    }

    synchronized void leave(String caller) {
        all--;
        waiting.computeIfPresent(caller, (name, places) -> places > 1 ? places - 1 : null);
    }
}
