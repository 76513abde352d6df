package io.mcpdata.background;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is to be done seldom, for a scheduler that asks often. A server keeps a task that was cancelled until the task
 * would have been due, and with it the whole application that was undeployed: so nothing is scheduled for tomorrow. For
 * one thread at a time.
 */
public final class PeriodicTask implements Runnable {

    /** How often to ask. */
    public static final Duration ASKING = Duration.ofSeconds(10);

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
     * @param first from now to the first time
     * @param pause from the end of each time to the next
     */
    public static PeriodicTask of(Duration first, Duration pause, Runnable task) {
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
