package io.mcpdata.authentication.apikey;

import java.time.Instant;

/**
 * When and from where a key last let somebody in.
 *
 * @param count how often it did so, all in all
 */
public record KeyUse(Instant at, String address, long count) {

    /** Both taken together: the later one's time and place. */
    KeyUse and(KeyUse other) {
        KeyUse last = other.at().isBefore(at) ? this : other;
        return new KeyUse(last.at(), last.address(), count + other.count());
    }
}
