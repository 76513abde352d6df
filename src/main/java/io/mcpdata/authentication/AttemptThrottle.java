package io.mcpdata.authentication;

import io.mcpdata.audit.RateLimits;
import io.mcpdata.config.LimitsConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Limits how many refused credentials one client may present: so many a minute, and so many of them with the same
 * credential. Thread-safe.
 */
final class AttemptThrottle {

    private record Attempt(String client, String credentialId) {}

    private final RateLimits<String> clients;
    private final RateLimits<Attempt> credentials;

    AttemptThrottle(LongSupplier nanos) {
        this.clients = new RateLimits<>(nanos);
        this.credentials = new RateLimits<>(nanos);
    }

    /**
     * Counts a refused credential.
     *
     * @param credentialId equal for equal credentials; empty if the credential has none
     * @return how long to wait, if there were too many
     */
    Optional<Duration> failed(LimitsConfig limits, String address, String credentialId) {
        String client = ClientNetwork.of(address);
        Optional<Duration> wait = credentialId.isEmpty()
                ? Optional.empty()
                : credentials.take(new Attempt(client, credentialId), limits.failedAttemptsPerKey());
        // one client that repeats one stale key must not use up the limit of others behind the same address
        return wait.isPresent() ? wait : clients.take(client, limits.failedAttempts());
    }

    /** How long to wait until one more refused credential is within the limit; empty if it is now. Counts nothing. */
    Optional<Duration> exhausted(LimitsConfig limits, String address, String credentialId) {
        String client = ClientNetwork.of(address);
        return credentials
                .exhausted(new Attempt(client, credentialId), limits.failedAttemptsPerKey())
                .or(() -> clients.exhausted(client, limits.failedAttempts()));
    }

    /** How many clients are remembered; clients beyond the limit are removed soon, not at once. */
    long clients() {
        return Math.max(clients.keys(), credentials.keys());
    }
}
