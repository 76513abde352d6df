package io.mcpdata.authentication.apikey;

import io.mcpdata.background.PeriodicTask;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Keeps the keys in memory in step with the store, and brings their use there. Thread-safe. */
@ApplicationScoped
public class KeySync {

    private static final Logger LOG = System.getLogger(KeySync.class.getName());
    private static final long REFRESH_MILLIS = 500;
    private static final long FLUSH_MILLIS = 10_000;
    private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final StoredKeys keys;
    private final KeyUses uses;
    private final KeyAdministration administration;
    private final List<Future<?>> tasks = new ArrayList<>();

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    KeySync(StoredKeys keys, KeyUses uses, KeyAdministration administration) {
        this.keys = keys;
        this.uses = uses;
        this.administration = administration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    KeySync() {
        this(null, null, null);
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        every(0, REFRESH_MILLIS, keys::refresh);
        // beside the task that reads, which may hang
        every(REFRESH_MILLIS, REFRESH_MILLIS, keys::watch);
        every(FLUSH_MILLIS, FLUSH_MILLIS, uses::flush);
        long often = PeriodicTask.ASKING.toMillis();
        every(often, often, PeriodicTask.of(FIRST_SWEEP, BETWEEN_SWEEPS, administration::forgetEnded));
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        tasks.forEach(task -> task.cancel(false));
        careful(uses::flush);
    }

    private void every(long first, long millis, Runnable task) {
        tasks.add(scheduler.scheduleWithFixedDelay(() -> careful(task), first, millis, TimeUnit.MILLISECONDS));
    }

    /** A periodic task that throws is never run again. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // a server that takes the WAR away before it stops the application cannot load what was not needed before
            LOG.log(Level.DEBUG, "what is to be kept of keys could not be written; the next time tries again", e);
        }
    }
}
