package io.mcpdata.authentication;

import io.mcpdata.audit.AddressCounts;

/** Counts refusals that have no audit row of their own, until one row reports them all. Bounded. Thread-safe. */
final class AttemptTally {

    /**
     * @param throttled how many were answered with 429
     * @param unlisted how many more were refused while there were too many for a row each
     * @param addresses how many of all these came from the first addresses seen
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

    /** The sum since the last call; the count starts again at zero. */
    synchronized Sum take() {
        Sum sum = new Sum(throttled, unlisted, addresses);
        throttled = 0;
        unlisted = 0;
        addresses = new AddressCounts();
        return sum;
    }

    /** Adds a sum again that could not be reported. */
    synchronized void restore(Sum sum) {
        throttled += sum.throttled();
        unlisted += sum.unlisted();
        addresses.addAll(sum.addresses());
    }
}
