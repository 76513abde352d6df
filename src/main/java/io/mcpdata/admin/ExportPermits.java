package io.mcpdata.admin;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Counts the exports that run, because each keeps a thread of the server. A permit whose answer is not begun within ten
 * seconds is free again: a server may drop an answer before it asks for its body. Thread-safe.
 */
final class ExportPermits {

    static final int AT_ONCE = 2;
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final int atOnce;
    private final int ofCaller;
    private final Set<Permit> taken = new HashSet<>();

    /** @param nanos a clock such as {@link System#nanoTime()} */
    ExportPermits(LongSupplier nanos) {
        this(nanos, AT_ONCE, AT_ONCE);
    }

    /**
     * @param atOnce of all callers
     * @param ofCaller of one of them
     */
    ExportPermits(LongSupplier nanos, int atOnce, int ofCaller) {
        this.nanos = nanos;
        this.atOnce = atOnce;
        this.ofCaller = ofCaller;
    }

    /** One export. */
    final class Permit implements AutoCloseable {

        private final long takenAt = nanos.getAsLong();
        private final String caller;
        private boolean begun;

        private Permit(String caller) {
            this.caller = caller;
        }

        /** False if it came too late, and the place has been given to another export. */
        boolean begin() {
            synchronized (ExportPermits.this) {
                begun = taken.contains(this);
                return begun;
            }
        }

        @Override
        public void close() {
            synchronized (ExportPermits.this) {
                taken.remove(this);
            }
        }

        private boolean isAbandoned() {
            return !begun && nanos.getAsLong() - takenAt > TO_BEGIN.toNanos();
        }
    }

    /** Empty if as many exports run as may. */
    Optional<Permit> take() {
        return take("");
    }

    /** The same for one of several callers. */
    synchronized Optional<Permit> take(String caller) {
        taken.removeIf(Permit::isAbandoned);
        long own = taken.stream().filter(permit -> permit.caller.equals(caller)).count();
        if (taken.size() >= atOnce || own >= ofCaller) {
            return Optional.empty();
        }
        Permit permit = new Permit(caller);
        taken.add(permit);
        return Optional.of(permit);
    }
}
