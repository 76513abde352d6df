package io.mcpdata.authentication.jwt;

import java.time.Duration;

/**
 * How often an issuer is asked for its keys, and how long anybody waits. Immutable.
 *
 * @param refresh keys known for so long are asked for anew, in the background
 * @param betweenQuestions at least this long between two questions that tokens with unknown keys give rise to, and
 *     between two attempts while the issuer fails
 * @param betweenFirstAttempts the same while no keys are known at all
 * @param tolerance keys are trusted for so long after the issuer was last heard of
 * @param perRequest how long one request waits for an answer that may save it
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
