package io.mcpdata.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many bodies are being waited for, of each caller and of all: a thread of the server's waits for each, and whoever
 * sends byte by byte would keep as many as it likes from the others. Whole bodies take a place for a moment too where the
 * server cannot tell that they have arrived, so many at once are no reason to refuse one: who finds no place waits a
 * little for one. That takes threads as well, so it is bounded in the same way. Thread-safe.
 */
final class LateBodies {

    /** What came of asking for a place. */
    enum Place {
        GIVEN,
        /** This caller has as many as it may. */
        CALLER_HAS_ENOUGH,
        /** All callers together have, or this one has its share of what there is. */
        NONE_LEFT
    }

    private final int ofCaller;
    private final Duration patience;
    private final FairShares places;
    private final FairShares waiting;

    /**
     * @param ofCaller how many places one caller may have, however many are left
     * @param ofAll how many places there are
     * @param waiting how many more threads may wait for a place
     * @param patience how long they do
     */
    LateBodies(int ofCaller, int ofAll, int waiting, Duration patience) {
        this.ofCaller = ofCaller;
        this.patience = patience;
        this.places = new FairShares(ofAll);
        this.waiting = new FairShares(waiting);
    }

    /** A given place must be left. An interrupted thread gets none, and stays interrupted. */
    synchronized Place take(String caller) {
        Place place = tryToTake(caller);
        if (place == Place.GIVEN || !waiting.take(caller)) {
            return place;
        }
        try {
            long end = System.nanoTime() + patience.toNanos();
            for (long more = patience.toNanos(); place != Place.GIVEN && more > 0; more = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, more);
                place = tryToTake(caller);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.giveBack(caller);
        }
        return place;
    }

    synchronized void leave(String caller) {
        places.giveBack(caller);
        notifyAll();
    }

    /** How many threads wait for a place for this caller. */
    synchronized int waiting(String caller) {
        return waiting.of(caller);
    }

    private Place tryToTake(String caller) {
        if (places.of(caller) >= ofCaller) {
            return Place.CALLER_HAS_ENOUGH;
        }
        return places.take(caller) ? Place.GIVEN : Place.NONE_LEFT;
    }
}
