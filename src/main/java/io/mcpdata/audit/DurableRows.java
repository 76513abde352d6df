package io.mcpdata.audit;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRow;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes audit rows one transaction after the other, so that the rows of this server become visible in the order of
 * their numbers, and tells when newer ones survive a crash of the machine. Thread-safe.
 */
@ApplicationScoped
public class DurableRows {

    private static final long UNKNOWN = -1;

    private final PlatformStore store;
    private final AuditChain chain;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long newest = UNKNOWN;
    private volatile boolean shared;

    @Inject
    public DurableRows(PlatformStore store, AuditChain chain) {
        this.store = store;
        this.chain = chain;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    DurableRows() {
        this.store = null;
        this.chain = null;
    }

    /** @param listener called after each transaction, in the thread that writes: it must neither wait nor throw */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * The number of the newest row that survives a crash; zero if there is none. Every row with a lower number is
     * visible, or never will be. Asks the database each time if other servers write to it too.
     *
     * @throws io.mcpdata.store.StoreUnavailableException if the store is not open, unless this server alone writes and
     *     has written since the start
     */
    public long newest() {
        long known = newest;
        if (known != UNKNOWN && !shared) {
            return known;
        }
        Jdbi database = store.jdbi();
        shared = isShared(database);
        if (shared) {
            return reached(database.withHandle(DurableRows::highest));
        }
        writing.lock();
        try {
            if (newest == UNKNOWN) {
                newest = database.withHandle(DurableRows::highest);
            }
            return newest;
        } finally {
            writing.unlock();
        }
    }

    /** What was found to be visible once stays so, although a later answer may be lower for a moment. */
    private synchronized long reached(long found) {
        newest = Math.max(newest, found);
        return newest;
    }

    /**
     * Adds rows, which are durable when this returns.
     *
     * @return the number of the last row; the rows before it have lower ones
     */
    public long append(List<ChainRow> rows) {
        long last;
        writing.lock();
        try {
            shared = isShared(store.jdbi());
            last = chain.append(rows);
            if (!shared) {
                newest = last;
            }
        } finally {
            writing.unlock();
        }
        listeners.forEach(Runnable::run);
        return last;
    }

    private static boolean isShared(Jdbi database) {
        return !StoreDialect.of(database).writer().isEmpty();
    }

    private static long highest(Handle handle) {
        return StoreDialect.of(handle).newestRow(handle);
    }
}
