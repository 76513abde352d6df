package io.mcpdata.gateway;

import java.time.Duration;
import java.util.Optional;

/** Looks at the deadline of a call as the gateway does. */
public final class Deadlines {

    private Deadlines() {}

    /** The error with which the call is answered at its deadline; from then on it counts as answered. */
    public static ToolException await(Cancellation call, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<ToolException> error = call.overdue();
            if (error.isPresent()) {
                return error.get();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("not overdue within " + atMost);
    }
}
