package io.mcpdata.authentication.apikey;

import java.time.Instant;

/**
 * When and from where a key was last used.
 *
 * @param count how often it was used in all
 */
public record KeyUse(Instant at, String address, long count) {

    /** Both together: the later time with its address. */
    KeyUse and(KeyUse other) {
        KeyUse last = other.at().isBefore(at) ? this : other;
        return new KeyUse(last.at(), last.address(), count + other.count());
    }
}
