package io.mcpdata.background;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Runs a task at a long interval on a scheduler that ticks every ten seconds. Payara keeps a cancelled task, and its class
 * loader, until it would have been due; a short tick lets an undeployed application be collected. For one thread at a time.
 */
final class PeriodicTask implements Runnable {

    /** How often the scheduler runs it. */
    static final Duration TICK = Duration.ofSeconds(10);

    private final Duration pause;
    private final Runnable task;
    private final LongSupplier nanos;
    private long due;

    PeriodicTask(Duration first, Duration pause, Runnable task, LongSupplier nanos) {
        this.pause = pause;
        this.task = task;
        this.nanos = nanos;
        this.due = nanos.getAsLong() + first.toNanos();
    }

    /**
     * A task that does nothing until it is due.
     *
     * @param first from now to the first run
     * @param pause from the end of each run to the next
     */
    static PeriodicTask of(Duration first, Duration pause, Runnable task) {
        return new PeriodicTask(first, pause, task, System::nanoTime);
    }

    @Override
    public void run() {
        if (nanos.getAsLong() - due < 0) {
            return;
        }
        try {
            task.run();
        } finally {
            due = nanos.getAsLong() + pause.toNanos();
        }
    }
}
