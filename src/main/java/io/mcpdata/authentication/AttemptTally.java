package io.mcpdata.authentication;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was refused without a row of its own, until one row tells of it all. Bounded. Thread-safe. */
final class AttemptTally {

    private static final int MOST_NAMED = 20;

    /**
     * @param throttled how many were answered with 429
     * @param unlisted how many more were refused while there were too many for a row each
     * @param addresses how many of all these came from the first addresses that were seen
     */
    record Sum(long throttled, long unlisted, Map<String, Long> addresses) {

        long all() {
            return throttled + unlisted;
        }
    }

    private long throttled;
    private long unlisted;
    private Map<String, Long> addresses = new LinkedHashMap<>();

    synchronized void addThrottled(String address) {
        throttled++;
        name(address);
    }

    synchronized void addUnlisted(String address) {
        unlisted++;
        name(address);
    }

    /** The sum since the last time; from now on it begins at nothing again. */
    synchronized Sum take() {
        Sum sum = new Sum(throttled, unlisted, addresses);
        throttled = 0;
        unlisted = 0;
        addresses = new LinkedHashMap<>();
        return sum;
    }

    /** Puts back a sum that could not be told. */
    synchronized void restore(Sum sum) {
        throttled += sum.throttled();
        unlisted += sum.unlisted();
        sum.addresses().forEach((address, count) -> {
            if (addresses.containsKey(address) || addresses.size() < MOST_NAMED) {
                addresses.merge(address, count, Long::sum);
            }
        });
    }

    private void name(String address) {
        if (addresses.containsKey(address) || addresses.size() < MOST_NAMED) {
            addresses.merge(address, 1L, Long::sum);
        }
    }
}
