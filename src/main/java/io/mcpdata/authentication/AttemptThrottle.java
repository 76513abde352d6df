package io.mcpdata.authentication;

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
 * Limits how many refused credentials one client may present: so many a minute, and so many of them with the same
 * credential. A client is forgotten when it makes no more attempts; if there are too many clients, the least active ones
 * are forgotten. Thread-safe.
 */
final class AttemptThrottle {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_CLIENTS = 20_000;

    private record Attempt(String client, String credentialId) {}

    private final int perClient;
    private final int perCredential;
    private final TimeMeter time;
    private final Cache<String, Bucket> clients = remembered();
    private final Cache<Attempt, Bucket> credentials = remembered();

    AttemptThrottle(int perClient, int perCredential, LongSupplier nanos) {
        this.perClient = perClient;
        this.perCredential = perCredential;
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
     * Counts a refused credential.
     *
     * @param credentialId equal for equal credentials; empty if the credential has none
     * @return how long to wait, if there were too many
     */
    Optional<Duration> failed(String address, String credentialId) {
        String client = ClientNetwork.of(address);
        Optional<Duration> wait = credentialId.isEmpty()
                ? Optional.empty()
                : take(credentials.get(new Attempt(client, credentialId), any -> bucket(perCredential)));
        // one client that repeats one stale key must not use up the limit of others behind the same address
        return wait.isPresent() ? wait : take(clients.get(client, any -> bucket(perClient)));
    }

    /** How long to wait until one more refused credential is within the limit; empty if it is now. Counts nothing. */
    Optional<Duration> exhausted(String address, String credentialId) {
        String client = ClientNetwork.of(address);
        return wait(credentials.getIfPresent(new Attempt(client, credentialId)))
                .or(() -> wait(clients.getIfPresent(client)));
    }

    /** How many clients are remembered; clients beyond the limit are removed soon, not at once. */
    long clients() {
        clients.cleanUp();
        credentials.cleanUp();
        return Math.max(clients.estimatedSize(), credentials.estimatedSize());
    }

    private static Optional<Duration> wait(@Nullable Bucket bucket) {
        long nanos = bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return nanos <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private static Optional<Duration> take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(int attempts) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }

    private static <K> Cache<K, Bucket> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(WINDOW)
                .build();
    }
}
