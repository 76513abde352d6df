package io.mcpdata.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how many incomplete bodies the server waits for, per caller and in total: each one blocks a server thread, so a
 * client that sends byte by byte could block any number of threads. Where the server cannot tell that a body has
 * arrived, complete bodies take a place for a moment too. So a request that finds no place is not refused at once: its
 * thread waits a short time for one. Those waits block threads as well and are limited in the same way.
 *
 * <p>Only the server's read timeout ends the wait for a body that stops arriving, and no server stops before that: Open
 * Liberty would wait for a minute and close nothing, not even the store. So no new wait begins while the application
 * ends, and incomplete bodies get a short time to arrive. Thread-safe.
 */
public final class RequestBodyLimits {

    static final int OF_CALLER = 8;

    /**
     * Together with {@link #WAITING} half of the threads of the server that has the fewest under server-config: 128.
     */
    static final int OF_ALL = 40;

    /** Threads that wait for a place, for a second at most each; one caller may use half of these. */
    static final int WAITING = 24;

    /** How many bodies of refused requests may be read, of all clients together; a low limit, because those clients need no key. */
    static final int REFUSED = 4;

    /** How long the rest of a body may take to come once the application ends. */
    static final Duration FOR_THE_REST = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final RequestBodyLimits OF_THE_APPLICATION = new RequestBodyLimits();

    /** Why a body is not read. */
    public enum Refusal {
        /** This caller has its maximum number of places. */
        CALLER_HAS_ENOUGH(
                429, "Too many of your request bodies are still incomplete. Send each request in one piece and retry."),
        /** No place is free, or this caller already has its share of them. */
        NONE_LEFT(503, "Too many request bodies are still incomplete; try again."),
        TOO_SLOW(408, "The request body arrived too slowly. Send it in one piece and retry."),
        ENDING(503, "The server accepts no new requests right now; try again.");

        private final int status;
        private final String detail;

        Refusal(int status, String detail) {
            this.status = status;
            this.detail = detail;
        }

        ProblemDetail problem(String requestId) {
            return ProblemDetail.of(status, detail, requestId);
        }
    }

    /**
     * A number of places that a few callers cannot use up: a caller gets another place only while it has fewer than are
     * left. So the first caller can take half of them, the next half of the rest, and a caller without a place gets one
     * until the last is taken.
     */
    private static final class Shares {

        private final Map<String, Integer> taken = new HashMap<>();
        private int left;

        Shares(int all) {
            left = all;
        }

        int of(String caller) {
            return taken.getOrDefault(caller, 0);
        }

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

    private final int ofCaller;
    private final Duration patience;
    private final Shares places;
    private final Shares waiting;
    private final LongSupplier nanos;
    private int refused;
    private boolean ending;
    private long endingSince;

    public RequestBodyLimits() {
        this(OF_CALLER, OF_ALL, WAITING, PATIENCE, System::nanoTime);
    }

    /**
     * @param ofCaller how many places one caller may have, however many are left
     * @param ofAll how many places there are
     * @param waiting how many more threads may wait for a place
     * @param patience how long such a thread waits
     * @param nanos a clock such as {@link System#nanoTime()}
     */
    RequestBodyLimits(int ofCaller, int ofAll, int waiting, Duration patience, LongSupplier nanos) {
        this.ofCaller = ofCaller;
        this.patience = patience;
        this.places = new Shares(ofAll);
        this.waiting = new Shares(waiting);
        this.nanos = nanos;
    }

    public static RequestBodyLimits ofTheApplication() {
        return OF_THE_APPLICATION;
    }

    /**
     * Takes a place, which must be left. An interrupted thread gets no place, and stays interrupted.
     *
     * @return empty if the caller has got a place
     */
    public synchronized Optional<Refusal> take(String caller) {
        Optional<Refusal> refusal = tryToTake(caller);
        if (refusal.isEmpty() || ending || !waiting.take(caller)) {
            return refusal;
        }
        try {
            long end = System.nanoTime() + patience.toNanos();
            for (long more = patience.toNanos();
                    refusal.isPresent() && !ending && more > 0;
                    more = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, more);
                refusal = tryToTake(caller);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.giveBack(caller);
        }
        return refusal;
    }

    synchronized void release(String caller) {
        places.giveBack(caller);
        notifyAll();
    }

    /** Begins to read the body of a refused request. If true, {@link #leaveRefused} must follow. */
    synchronized boolean takeRefused() {
        boolean taken = !ending && refused < REFUSED;
        refused += taken ? 1 : 0;
        return taken;
    }

    synchronized void leaveRefused() {
        refused--;
    }

    /** To be called when the application ends. A second call does nothing. */
    public synchronized void end() {
        if (!ending) {
            ending = true;
            endingSince = nanos.getAsLong();
            notifyAll();
        }
    }

    /** Whether the server waits for no body. */
    public synchronized boolean isEmpty() {
        return places.taken.isEmpty() && refused == 0;
    }

    /** Whether the time for the rest of a body is over. */
    synchronized boolean areOver() {
        return ending && nanos.getAsLong() - endingSince > FOR_THE_REST.toNanos();
    }

    /** How many threads wait for a place for this caller. */
    synchronized int waiting(String caller) {
        return waiting.of(caller);
    }

    private Optional<Refusal> tryToTake(String caller) {
        if (ending) {
            return Optional.of(Refusal.ENDING);
        }
        if (places.of(caller) >= ofCaller) {
            return Optional.of(Refusal.CALLER_HAS_ENOUGH);
        }
        return places.take(caller) ? Optional.empty() : Optional.of(Refusal.NONE_LEFT);
    }
}
