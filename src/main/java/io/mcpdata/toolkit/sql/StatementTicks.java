package io.mcpdata.toolkit.sql;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the checks of running statements, with one scheduled task for all that have the same pause: a managed
 * scheduler captures the context of each task that it is given, which costs Payara more than a short statement.
 * Thread-safe.
 */
final class StatementTicks {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<ScheduledExecutorService> scheduler;
    private final Map<Long, Task> tasks = new ConcurrentHashMap<>();

    StatementTicks(Supplier<ScheduledExecutorService> scheduler) {
        this.scheduler = scheduler;
    }

    Supplier<ScheduledExecutorService> scheduler() {
        return scheduler;
    }

    /** Ends the repetition of one check. */
    interface Repetition {
        void end();
    }

    /**
     * Repeats a check until it is ended.
     *
     * @param check must not throw
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler takes no task
     */
    Repetition repeat(Runnable check, long pauseMillis) {
        Task task = tasks.computeIfAbsent(pauseMillis, Task::new);
        task.add(check);
        return () -> task.checks.remove(check);
    }

    private final class Task {

        private final Set<Runnable> checks = ConcurrentHashMap.newKeySet();
        private final long pauseMillis;
        private @Nullable Future<?> running;
        private long lastUse;

        Task(long pauseMillis) {
            this.pauseMillis = pauseMillis;
        }

        synchronized void add(Runnable check) {
            if (running == null || running.isDone()) {
                running = scheduler
                        .get()
                        .scheduleWithFixedDelay(this::tick, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
            }
            lastUse = System.nanoTime();
            checks.add(check);
        }

        private void tick() {
            checks.forEach(Runnable::run);
            stopWhenIdle();
        }

        private synchronized void stopWhenIdle() {
            Future<?> ticks = running;
            if (ticks != null && checks.isEmpty() && System.nanoTime() - lastUse > IDLE_NANOS) {
                ticks.cancel(false);
                running = null;
            }
        }
    }
}
