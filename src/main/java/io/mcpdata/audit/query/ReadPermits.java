package io.mcpdata.audit.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Limits what readers cost the writer of audit rows: two statements of readers at once, so that half of the store's
 * connections stay free, and each ends after ten seconds. Thread-safe.
 */
@ApplicationScoped
public class ReadPermits {

    static final int STATEMENT_SECONDS = 10;
    private static final int AT_ONCE = 2;
    /** H2 cancels a statement that runs too long with this state; PostgreSQL has the same. */
    private static final String CANCELLED = "57014";

    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    /** @throws AuditReadRefused if no permit is free within the patience, or the statement takes too long */
    <T> T read(Duration patience, Supplier<T> statement) {
        acquire(patience);
        try {
            return statement.get();
        } catch (JdbiException e) {
            if (isCancelled(e)) {
                throw AuditReadRefused.forNow("The store did not find this within " + STATEMENT_SECONDS
                        + " seconds; ask for less time with since and until.");
            }
            throw e;
        } finally {
            permits.release();
        }
    }

    private void acquire(Duration patience) {
        try {
            if (permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw AuditReadRefused.forNow("Other requests are reading the audit trail; try again.");
    }

    private static boolean isCancelled(Throwable error) {
        for (@Nullable Throwable link = error; link != null; link = link.getCause()) {
            if (link instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
