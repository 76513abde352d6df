package io.mcpdata.audit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs that the store takes no rows: once a minute for each cause, with its stack trace. While the store is down there may
 * be thousands of rows a second. Thread-safe.
 */
final class WriteFailures {

    private static final Logger LOG = System.getLogger(WriteFailures.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final Map<Class<?>, Long> toldAt = new HashMap<>();
    private boolean failing;

    WriteFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void failed(Throwable error) {
        failing = true;
        long now = nanos.getAsLong();
        Class<?> cause = root(error).getClass();
        Long before = toldAt.get(cause);
        if (before == null || now - before >= PAUSE_NANOS) {
            toldAt.put(cause, now);
            LOG.log(
                    Level.ERROR,
                    "the store takes no audit rows: calls that must be audited are refused, rows of answered calls are"
                            + " tried again; this is logged once a minute",
                    error);
        }
    }

    synchronized void succeeded() {
        if (failing) {
            failing = false;
            toldAt.clear();
            LOG.log(Level.INFO, "the store takes audit rows again");
        }
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        for (@Nullable Throwable link = error; link != null && link != link.getCause(); link = link.getCause()) {
            root = link;
        }
        return root;
    }
}
