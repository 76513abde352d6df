package io.mcpdata.config;

import io.mcpdata.background.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The configuration from the file named by the MicroProfile Config property {@code platform.config}. Read at start and
 * watched, with the files that hold values of it: a valid new version replaces the old one atomically, an invalid one is
 * refused and the old one stays. Thread-safe.
 */
@ApplicationScoped
public class YamlConfiguration implements ActiveConfiguration, ReloadableConfiguration {

    private static final Logger LOG = System.getLogger(YamlConfiguration.class.getName());
    private static final String PROPERTY = "platform.config";
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ConfigurationInForce inForce;
    private final PlatformConfigReader reader = new PlatformConfigReader(YamlConfiguration::lookUp);
    private final PeriodicTasks tasks;
    private volatile @Nullable ConfigurationFile named;

    @Inject
    public YamlConfiguration(
            Event<ConfigurationChanged> changed, Event<ConfigurationRejected> rejected, PeriodicTasks tasks) {
        this.tasks = tasks;
        this.inForce = new ConfigurationInForce(changed::fire, rejected::fire, Clock.systemUTC());
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    YamlConfiguration() {
        this.inForce = null;
        this.tasks = null;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Optional<String> path = ConfigProvider.getConfig()
                .getOptionalValue(PROPERTY, String.class)
                .or(() -> lookUp(PROPERTY));
        if (path.isEmpty()) {
            inForce.reject(List.of("no configuration: set the environment variable PLATFORM_CONFIG (or the property "
                    + PROPERTY + ") to the absolute path of a platform.yaml; every call is refused until then"));
            return;
        }
        Path file;
        try {
            // servers have different working directories, so messages need the whole path
            file = Path.of(path.get()).toAbsolutePath();
        } catch (InvalidPathException e) {
            inForce.reject(List.of("the property " + PROPERTY + " is no path; every call is refused"));
            return;
        }
        inForce.from(file);
        ConfigurationFile configuration = new ConfigurationFile(file, reader, System::nanoTime);
        read(configuration);
        named = configuration;
        tasks.every(PAUSE, () -> look(configuration));
    }

    @Override
    public void reload() {
        @Nullable ConfigurationFile configuration = named;
        if (configuration != null) {
            read(configuration);
        }
    }

    @Override
    public Map<String, Long> readings() {
        return inForce.readings();
    }

    private void read(ConfigurationFile configuration) {
        synchronized (configuration) {
            inForce.take(configuration.read());
        }
    }

    @Override
    public PlatformConfig config() {
        return inForce.state().config();
    }

    @Override
    public boolean usable() {
        return inForce.state().usable();
    }

    @Override
    public List<String> problems() {
        return inForce.state().problems();
    }

    @Override
    public ConfigurationSource source() {
        return inForce.state().source();
    }

    @Override
    public List<String> warnings() {
        return inForce.state().warnings();
    }

    private void look(ConfigurationFile configuration) {
        try {
            synchronized (configuration) {
                if (configuration.changed()) {
                    inForce.take(configuration.read());
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the check for a new configuration failed; the old one stays in force", e);
        }
    }

    private static Optional<String> lookUp(String name) {
        return Optional.ofNullable(
                        ConfigProvider.getConfig().getConfigValue(name).getRawValue())
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .or(() -> Optional.ofNullable(System.getenv(environmentName(name))));
    }

    /**
     * The variable name that MicroProfile Config derives from a property; Payara derives another one where upper case
     * depends on the locale.
     */
    private static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
