package io.mcpdata.authentication;

import io.mcpdata.audit.AddressCounts;

/** What was refused without a row of its own, until one row tells of it all. Bounded. Thread-safe. */
final class AttemptTally {

    /**
     * @param throttled how many were answered with 429
     * @param unlisted how many more were refused while there were too many for a row each
     * @param addresses how many of all these came from the first addresses that were seen
     */
    record Sum(long throttled, long unlisted, AddressCounts addresses) {

        long all() {
            return throttled + unlisted;
        }
    }

    private long throttled;
    private long unlisted;
    private AddressCounts addresses = new AddressCounts();

    synchronized void addThrottled(String address) {
        throttled++;
        addresses.add(address);
    }

    synchronized void addUnlisted(String address) {
        unlisted++;
        addresses.add(address);
    }

    /** The sum since the last time; from now on it begins at nothing again. */
    synchronized Sum take() {
        Sum sum = new Sum(throttled, unlisted, addresses);
        throttled = 0;
        unlisted = 0;
        addresses = new AddressCounts();
        return sum;
    }

    /** Puts back a sum that could not be told. */
    synchronized void restore(Sum sum) {
        throttled += sum.throttled();
        unlisted += sum.unlisted();
        addresses.addAll(sum.addresses());
    }
}
