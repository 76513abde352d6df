package io.mcpdata.authentication.jwt;

import java.time.Duration;

/**
 * How often an issuer is asked for its keys, and how long requests wait for them. Immutable.
 *
 * @param refresh keys are fetched again after this time, in the background
 * @param betweenQuestions at least this long between two requests for unknown keys of tokens, and between two attempts
 *     while the issuer fails
 * @param betweenFirstAttempts the same while no keys are known at all
 * @param tolerance keys are trusted for this long after the issuer's last answer
 * @param perRequest how long one request waits for keys that its token may need
 * @param waiting how many requests may wait at once
 */
record KeyRefreshPolicy(
        Duration refresh,
        Duration betweenQuestions,
        Duration betweenFirstAttempts,
        Duration tolerance,
        Duration perRequest,
        int waiting) {

    static KeyRefreshPolicy of(Duration refresh, Duration outage) {
        return new KeyRefreshPolicy(
                refresh, Duration.ofSeconds(30), Duration.ofSeconds(5), outage, Duration.ofSeconds(3), 16);
    }
}
