package io.mcpdata.stdio;

import java.time.Duration;
import java.util.Random;

/**
 * How long to wait before the next attempt: doubled each time up to a limit, with a random part that differs between
 * clients.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Random random;
    private Duration next = FIRST;

    Backoff(Random random) {
        this.random = random;
    }

    static Backoff standard() {
        return new Backoff(new Random());
    }

    /** At least the time that the server asked for, up to a limit. */
    Duration next(Duration asked) {
        Duration wait = next.plusMillis(random.nextLong(next.toMillis() / 2 + 1));
        next = smaller(next.multipliedBy(2), LONGEST);
        return asked.compareTo(wait) > 0 ? smaller(asked, LONGEST.multipliedBy(2)) : wait;
    }

    void reset() {
        next = FIRST;
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
