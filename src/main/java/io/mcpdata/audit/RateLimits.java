package io.mcpdata.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often something may happen within a minute, by a key such as a caller or a client address. A key is
 * forgotten when its allowance is full again; if there are too many keys, the least active ones are forgotten.
 * Thread-safe.
 */
public final class RateLimits<K> {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KEYS = 20_000;

    /** A changed limit starts a new allowance. */
    private record Allowance<K>(K key, int perMinute) {}

    private final TimeMeter time;
    private final Cache<Allowance<K>, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(WINDOW)
            .build();

    /** @param nanos a clock such as {@link System#nanoTime()} */
    public RateLimits(LongSupplier nanos) {
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /**
     * Counts one event.
     *
     * @param perMinute 0 for no limit
     * @return how long to wait, if there were too many events
     */
    public Optional<Duration> take(K key, int perMinute) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        ConsumptionProbe probe =
                buckets.get(new Allowance<>(key, perMinute), this::bucket).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** How long to wait until one more event is within the limit; empty if it is now. Counts nothing. */
    public Optional<Duration> exhausted(K key, int perMinute) {
        @Nullable Bucket bucket = buckets.getIfPresent(new Allowance<>(key, perMinute));
        long nanos = bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return nanos <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** How many keys are remembered; keys beyond the limit are removed soon, not at once. */
    public long keys() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(Allowance<K> allowance) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(allowance.perMinute()).refillGreedy(allowance.perMinute(), WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }
}
