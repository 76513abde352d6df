package io.mcpdata.servers;

import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigDigest;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
import io.mcpdata.store.StoreUnavailableException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The servers that share the platform store. Each writes every two seconds that it runs, and a digest of its
 * configuration; one that has not written for fifteen seconds has ended. A server that has its store for itself does
 * nothing of this. Thread-safe.
 */
@ApplicationScoped
public class SharedServers {

    /** How long a server may be silent before it has ended for the others. */
    public static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Logger LOG = System.getLogger(SharedServers.class.getName());

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int BEATS_OF_CLEANING = 5;

    private static final String WRITE = """
            INSERT INTO platform_server (name, start, seen_at, configuration)
            VALUES (:name, :start, clock_timestamp(), :configuration)
            ON CONFLICT (name) DO UPDATE
                SET start = :start, seen_at = clock_timestamp(), configuration = :configuration""";

    private static final String SEEN = "seen_at > clock_timestamp() - INTERVAL '" + SILENCE.toSeconds() + " seconds'";

    private record Digest(PlatformConfig config, byte[] value) {}

    private final ActiveConfiguration configuration;
    private final PlatformStore store;
    private final PeriodicTasks tasks;
    private final String start = UUID.randomUUID().toString().replace("-", "");
    private volatile List<String> others = List.of();
    private volatile List<String> differing = List.of();
    private volatile @Nullable PlatformConfig first;
    private volatile @Nullable Boolean shared;
    private @Nullable Digest digest;
    private int beats;

    @Inject
    public SharedServers(ActiveConfiguration configuration, PlatformStore store, PeriodicTasks tasks, Metrics metrics) {
        this.configuration = configuration;
        this.store = store;
        this.tasks = tasks;
        metrics.gauge("mcp_other_servers", "Other servers that share the platform store and run", () -> others.size());
        metrics.gauge(
                "mcp_other_servers_with_another_configuration",
                "Of these servers, those whose configuration in force differs from that of this server",
                () -> differing.size());
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SharedServers() {
        this.configuration = null;
        this.store = null;
        this.tasks = null;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(Duration.ZERO, BEAT, () -> careful(this::beat));
    }

    /** The others need not wait until this server was silent for long. */
    void end(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        tasks.stop();
        careful(() -> {
            if (isShared()) {
                store.durably(handle -> handle.createUpdate(
                                "DELETE FROM platform_server WHERE name = :name AND start = :start")
                        .bind("name", name())
                        .bind("start", start)
                        .execute());
            }
        });
    }

    /** Whether other servers have the same store. The store that is open decides: another one takes effect at the next start. */
    public boolean isShared() {
        Boolean known = shared;
        if (known == null) {
            try {
                known = StoreDialect.of(store.jdbi()).sharedPool().isPresent();
                shared = known;
            } catch (StoreUnavailableException e) {
                return configuration.config().database().isPresent();
            }
        }
        return known;
    }

    /** The configuration that this server has started with: its keys stay in use until the next start. */
    PlatformConfig first() {
        PlatformConfig known = first;
        if (known == null) {
            known = configuration.config();
            if (configuration.usable()) {
                first = known;
            }
        }
        return known;
    }

    /** Equal on servers where these parts of the configuration are the same. */
    byte[] digestOf(Object parts) {
        return ConfigDigest.of(first(), parts).orElseThrow(IllegalStateException::new);
    }

    /** The servers that run and have another configuration in force than this one; empty if there are none. */
    public List<String> differing() {
        return differing;
    }

    /** The name of this server. */
    String name() {
        return StoreDialect.of(store.jdbi()).writer();
    }

    /** Another one at each start of this server. */
    String start() {
        return start;
    }

    /** Whether this start of this server runs, as far as the others know. */
    static boolean runs(Handle handle, String name, String start) {
        return handle.createQuery("SELECT count(*) FROM platform_server WHERE name = :name AND start = :start AND "
                                + SEEN)
                        .bind("name", name)
                        .bind("start", start)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void beat() {
        if (!configuration.usable() || !isShared()) {
            return;
        }
        byte[] own = configurationDigest();
        List<String> known = differing;
        record Other(String name, boolean differs) {}
        List<Other> found = store.durably(handle -> {
            handle.createUpdate(WRITE)
                    .bind("name", name())
                    .bind("start", start)
                    .bind("configuration", own)
                    .execute();
            return handle.createQuery("SELECT name, configuration <> :own AS differs FROM platform_server"
                            + " WHERE name <> :name AND " + SEEN + " ORDER BY name")
                    .bind("own", own)
                    .bind("name", name())
                    .map((row, context) -> new Other(row.getString("name"), row.getBoolean("differs")))
                    .list();
        });
        if (beats++ % BEATS_OF_CLEANING == 0) {
            SharedCleaning.run(store);
        }
        others = found.stream().map(Other::name).toList();
        differing = found.stream().filter(Other::differs).map(Other::name).toList();
        if (!differing.equals(known)) {
            LOG.log(
                    differing.isEmpty() ? Level.INFO : Level.WARNING,
                    differing.isEmpty()
                            ? "all servers with this platform store have the same configuration in force"
                            : "these servers with the same platform store have another configuration in force: "
                                    + String.join(", ", differing));
        }
    }

    private byte[] configurationDigest() {
        PlatformConfig config = configuration.config();
        Digest known = digest;
        if (known == null || known.config() != config) {
            known = new Digest(config, digestOf(config));
            digest = known;
        }
        return known.value();
    }

    /** The store logs its failures itself; here they are logged at DEBUG only. */
    private static void careful(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "what servers with one store tell each other failed; the next run tries again", e);
        }
    }

    /** Empty if the server has its store for itself. */
    Optional<PlatformStore> sharedStore() {
        return isShared() ? Optional.of(store) : Optional.empty();
    }
}
