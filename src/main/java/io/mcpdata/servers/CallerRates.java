package io.mcpdata.servers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.mcpdata.audit.RateLimits;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often a caller may do something within a minute, over all servers with one store. While the database does not
 * answer, each server counts for itself. Thread-safe.
 */
@ApplicationScoped
public class CallerRates {

    private static final Logger LOG = System.getLogger(CallerRates.class.getName());

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int MOST_REFUSED = 20_000;

    /** Calls that ask the database at once; one that waits too long for it is counted here. */
    private static final int ASKING = 2;

    /** While it does not answer, a call should not wait for it. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PlatformStore store;
    private final SharedServers servers;
    private final RateLimits<String> own = new RateLimits<>(System::nanoTime);
    private final Cache<String, Long> refusedUntil = Caffeine.newBuilder()
            .maximumSize(MOST_REFUSED)
            .expireAfterWrite(WINDOW)
            .build();
    private final Semaphore asking = new Semaphore(ASKING);
    private @Nullable ProxyManager<String> shared;
    private volatile long pausedUntil = System.nanoTime();

    @Inject
    CallerRates(PlatformStore store, SharedServers servers) {
        this.store = store;
        this.servers = servers;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    CallerRates() {
        this.store = null;
        this.servers = null;
    }

    /**
     * Counts one event.
     *
     * @param key what is counted, with the identity of the caller
     * @param perMinute 0 for no limit
     * @return how long to wait, if there were too many events
     */
    public Optional<Duration> take(String key, int perMinute) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        if (!servers.isShared() || System.nanoTime() - pausedUntil < 0) {
            return own.take(key, perMinute);
        }
        String limited = perMinute + " " + key;
        Optional<Duration> known = Optional.ofNullable(refusedUntil.getIfPresent(limited))
                .map(until -> Duration.ofNanos(until - System.nanoTime()))
                .filter(wait -> !wait.isNegative() && !wait.isZero());
        if (known.isPresent()) {
            return known;
        }
        if (!mayAsk()) {
            return own.take(key, perMinute);
        }
        try {
            Optional<Duration> wait = takeShared(limited, perMinute);
            wait.ifPresent(time -> refusedUntil.put(limited, System.nanoTime() + time.toNanos()));
            return wait;
        } catch (RuntimeException e) {
            pausedUntil = System.nanoTime() + PAUSE.toNanos();
            LOG.log(
                    Level.WARNING,
                    "calls are counted by this server alone, because the platform store does not answer",
                    e);
            return own.take(key, perMinute);
        } finally {
            asking.release();
        }
    }

    /** The store's connections are for keys and audit rows first. */
    private boolean mayAsk() {
        try {
            return asking.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Duration> takeShared(String limited, int perMinute) {
        BucketConfiguration limit = BucketConfiguration.builder()
                .addLimit(one -> one.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                .build();
        // a changed limit begins a new allowance; the identity need not be in the database
        BucketProxy bucket = shared().builder().build(KeyDigest.of(limited).hex(), () -> limit);
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private synchronized ProxyManager<String> shared() {
        ProxyManager<String> known = shared;
        if (known == null) {
            known = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(
                            StoreDialect.of(store.jdbi()).sharedPool().orElseThrow(IllegalStateException::new))
                    .primaryKeyMapper(PrimaryKeyMapper.STRING)
                    .table("caller_rate")
                    .idColumn("id")
                    .stateColumn("state")
                    .expiresAtColumn("expires_at")
                    .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(WINDOW))
                    .requestTimeout(LONGEST_WAIT)
                    .build();
            shared = known;
        }
        return known;
    }
}
