package io.mcpdata.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many bodies are awaited, per caller and in total: each one blocks a server thread, so a client that sends
 * byte by byte could block any number of threads. Where the server cannot tell that a body has arrived, complete
 * bodies take a place for a moment too. So a request that finds no place is not refused at once: its thread waits a
 * short time for one. Those waits block threads as well and are limited in the same way. Thread-safe.
 */
final class LateBodies {

    /** The result of asking for a place. */
    enum Place {
        GIVEN,
        /** This caller has its maximum number of places. */
        CALLER_HAS_ENOUGH,
        /** No place is free, or this caller already has its share of them. */
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
     * @param patience how long such a thread waits
     */
    LateBodies(int ofCaller, int ofAll, int waiting, Duration patience) {
        this.ofCaller = ofCaller;
        this.patience = patience;
        this.places = new FairShares(ofAll);
        this.waiting = new FairShares(waiting);
    }

    /** A given place must be left. An interrupted thread gets no place, and stays interrupted. */
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

    synchronized void release(String caller) {
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
