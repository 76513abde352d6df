package io.mcpdata.background;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The periodic tasks of one bean, on the container's scheduler, until that bean ends. Each task pauses between the end of
 * one run and the begin of the next; a task that throws is logged and runs again. Thread-safe.
 */
@Dependent
public class PeriodicTasks {

    private static final Logger LOG = System.getLogger(PeriodicTasks.class.getName());

    private final List<Future<?>> tasks = new CopyOnWriteArrayList<>();

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    /** Runs the task after the pause, and again after each pause. */
    public void every(Duration pause, Runnable task) {
        every(pause, pause, task);
    }

    /** @param first from now to the first run; zero for now */
    public void every(Duration first, Duration pause, Runnable task) {
        boolean isLong = pause.compareTo(PeriodicTask.TICK) > 0;
        Runnable due = isLong ? PeriodicTask.of(first, pause, task) : task;
        tasks.add(scheduler.scheduleWithFixedDelay(
                () -> careful(due),
                (isLong ? PeriodicTask.TICK : first).toMillis(),
                (isLong ? PeriodicTask.TICK : pause).toMillis(),
                TimeUnit.MILLISECONDS));
    }

    /** Runs no task again. A run that has begun continues. */
    @PreDestroy
    public void stop() {
        tasks.forEach(task -> task.cancel(false));
    }

    /** A scheduled task that throws is never run again. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // a server that takes the WAR away before it stops the application cannot load classes that were not used
            // before
            LOG.log(Level.ERROR, "a periodic task failed; it is run again after its pause", e);
        }
    }
}
