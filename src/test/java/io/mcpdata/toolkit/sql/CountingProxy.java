package io.mcpdata.toolkit.sql;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections and round trips: how often a client speaks after its server did. */
final class CountingProxy extends LoopbackProxy {

    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    CountingProxy(int target) throws IOException {
        super(target);
        begin();
    }

    int roundTrips() {
        return roundTrips.get();
    }

    int connections() {
        return connections.get();
    }

    @Override
    Listener connected() {
        connections.incrementAndGet();
        AtomicBoolean clientSpoke = new AtomicBoolean();
        return (buffer, length, ofClient) -> {
            if (clientSpoke.getAndSet(ofClient) != ofClient && ofClient) {
                roundTrips.incrementAndGet();
            }
            return true;
        };
    }
}
