package io.mcpdata.authentication.apikey;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Keeps the keys in memory in step with the store, and brings their use there. Thread-safe. */
@ApplicationScoped
public class KeyUpkeep {

    private static final Logger LOG = System.getLogger(KeyUpkeep.class.getName());
    private static final long REFRESH_MILLIS = 500;
    private static final long FLUSH_MILLIS = 10_000;

    private final StoredKeys keys;
    private final KeyUses uses;
    private final List<Future<?>> tasks = new ArrayList<>();

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    KeyUpkeep(StoredKeys keys, KeyUses uses) {
        this.keys = keys;
        this.uses = uses;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    KeyUpkeep() {
        this(null, null);
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        every(REFRESH_MILLIS, keys::refresh);
        every(FLUSH_MILLIS, uses::flush);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        tasks.forEach(task -> task.cancel(false));
        careful(uses::flush);
    }

    private void every(long millis, Runnable task) {
        tasks.add(scheduler.scheduleWithFixedDelay(() -> careful(task), millis, millis, TimeUnit.MILLISECONDS));
    }

    /** A periodic task that throws is never run again. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // a server that takes the WAR away before it stops the application cannot load what was not needed before
            LOG.log(Level.DEBUG, "the use of keys could not be written; it is kept for the next time", e);
        }
    }
}
