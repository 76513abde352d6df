package io.mcpdata.config;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The configuration from the file that the MicroProfile Config property {@code platform.config} names. Read at start
 * and watched: a valid new version is swapped in atomically, an invalid one is refused and the old one goes on.
 * Thread-safe.
 */
@ApplicationScoped
public class YamlConfiguration implements ActiveConfiguration {

    private static final Logger LOG = System.getLogger(YamlConfiguration.class.getName());
    private static final String PROPERTY = "platform.config";
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final State NONE =
            new State(PlatformConfig.denyAll(), false, List.of("the configuration was not read yet"));

    private record State(PlatformConfig config, boolean usable, List<String> problems) {}

    private final Event<ConfigurationChanged> changed;
    private final Event<ConfigurationRejected> rejected;
    private final PlatformConfigReader reader = new PlatformConfigReader(YamlConfiguration::lookUp);
    private volatile State state = NONE;
    private @Nullable ScheduledFuture<?> watch;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    public YamlConfiguration(Event<ConfigurationChanged> changed, Event<ConfigurationRejected> rejected) {
        this.changed = changed;
        this.rejected = rejected;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    YamlConfiguration() {
        this(null, null);
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Optional<String> path = ConfigProvider.getConfig().getOptionalValue(PROPERTY, String.class);
        if (path.isEmpty()) {
            reject(List.of("no configuration: set the environment variable PLATFORM_CONFIG (or the property " + PROPERTY
                    + ") to the absolute path of a platform.yaml; every call is refused until then"));
            return;
        }
        Path file = Path.of(path.get());
        WatchedFile watched = new WatchedFile(file);
        watched.changed();
        load(file);
        watch = scheduler.scheduleWithFixedDelay(
                () -> look(watched, file), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        ScheduledFuture<?> running = watch;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public PlatformConfig config() {
        return state.config();
    }

    @Override
    public boolean usable() {
        return state.usable();
    }

    @Override
    public List<String> problems() {
        return state.problems();
    }

    private void look(WatchedFile watched, Path file) {
        try {
            if (watched.changed()) {
                load(file);
            }
        } catch (RuntimeException e) {
            // a periodic task that throws is never run again
            LOG.log(Level.ERROR, "looking for a new configuration failed; the old one goes on", e);
        }
    }

    private void load(Path file) {
        ConfigReading reading = reader.read(file);
        reading.warnings().forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
        reading.config()
                .ifPresentOrElse(
                        this::accept,
                        () -> reject(reading.errors().stream()
                                .map(ConfigProblem::toString)
                                .toList()));
    }

    private void accept(PlatformConfig next) {
        State before = state;
        state = new State(next, true, List.of());
        List<String> changes = ConfigDiff.between(before.config(), next);
        LOG.log(
                Level.INFO,
                "configuration in force: {0} keys, {1} personas, {2} connections",
                next.apiKeys().keys().size(),
                next.personas().size(),
                next.connections().size());
        if (!next.apiKeys().enabled()) {
            LOG.log(Level.WARNING, "auth.api_keys.enabled is not true: every API key is refused");
        }
        if (before.usable()) {
            changes.forEach(change -> LOG.log(Level.INFO, "configuration: {0}", change));
            changed.fire(new ConfigurationChanged(before.config(), next, changes));
        }
    }

    private void reject(List<String> problems) {
        State before = state;
        state = new State(before.config(), before.usable(), problems);
        problems.forEach(problem -> LOG.log(Level.ERROR, "configuration rejected: {0}", problem));
        if (before.usable()) {
            rejected.fire(new ConfigurationRejected(problems));
        }
    }

    private static Optional<String> lookUp(String name) {
        return ConfigProvider.getConfig().getConfigValue(name).getRawValue() == null
                ? Optional.ofNullable(System.getenv(name))
                : Optional.of(ConfigProvider.getConfig().getConfigValue(name).getRawValue());
    }
}
