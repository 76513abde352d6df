package io.mcpdata.mcp.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many calls a caller may begin within a minute, over all its sessions and credentials. A caller is forgotten when
 * its allowance is full again. Thread-safe.
 */
final class CallRates {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_CALLERS = 20_000;

    /** A changed limit starts a new allowance. */
    private record Allowance(String identity, int perMinute) {}

    private final TimeMeter time;
    private final Cache<Allowance, Bucket> callers = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(WINDOW)
            .build();

    CallRates(LongSupplier nanos) {
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
     * Counts a call.
     *
     * @param perMinute 0 for no limit
     * @return how long to wait, if there were too many calls
     */
    Optional<Duration> take(String identity, int perMinute) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        ConsumptionProbe probe =
                callers.get(new Allowance(identity, perMinute), this::bucket).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Allowance allowance) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(allowance.perMinute()).refillGreedy(allowance.perMinute(), WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }
}
