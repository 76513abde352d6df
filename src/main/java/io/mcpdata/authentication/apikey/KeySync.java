package io.mcpdata.authentication.apikey;

import io.mcpdata.background.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Loads changed keys from the store, and writes their use to it. Thread-safe. */
@ApplicationScoped
public class KeySync {

    private static final Logger LOG = System.getLogger(KeySync.class.getName());
    private static final Duration REFRESH = Duration.ofMillis(500);
    private static final Duration FLUSH = Duration.ofSeconds(10);
    private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final StoredKeys keys;
    private final KeyUses uses;
    private final KeyAdministration administration;
    private final PeriodicTasks tasks;

    @Inject
    KeySync(StoredKeys keys, KeyUses uses, KeyAdministration administration, PeriodicTasks tasks) {
        this.tasks = tasks;
        this.keys = keys;
        this.uses = uses;
        this.administration = administration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    KeySync() {
        this(null, null, null, null);
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        every(Duration.ZERO, REFRESH, keys::refresh);
        // on another task than the one that reads, which may hang
        every(REFRESH, REFRESH, keys::watch);
        every(FLUSH, FLUSH, uses::flush);
        every(FIRST_SWEEP, BETWEEN_SWEEPS, administration::forgetEnded);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        tasks.stop();
        careful(uses::flush);
    }

    private void every(Duration first, Duration pause, Runnable task) {
        tasks.every(first, pause, () -> careful(task));
    }

    /** The store logs its failures itself; here they are logged at DEBUG only. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // a server that removes the WAR before it stops the application cannot load classes that were not needed
            // before
            LOG.log(Level.DEBUG, "a task for the keys made at run time failed; its next run tries again", e);
        }
    }
}
