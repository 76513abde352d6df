package io.mcpdata.audit;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRow;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * Writes audit rows one transaction after the other, so that rows become visible in the order of their numbers, and
 * tells when newer ones survive a crash of the machine. Thread-safe.
 */
@ApplicationScoped
public class DurableRows {

    private static final long UNKNOWN = -1;

    private final PlatformStore store;
    private final AuditChain chain;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long newest = UNKNOWN;

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
     * visible, or never will be.
     *
     * @throws io.mcpdata.store.StoreUnavailableException if nothing was written since the start, and the store is not
     *     open
     */
    public long newest() {
        long known = newest;
        if (known != UNKNOWN) {
            return known;
        }
        writing.lock();
        try {
            if (newest == UNKNOWN) {
                newest = store.jdbi().withHandle(DurableRows::highest);
            }
            return newest;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Adds rows, which are durable when this returns.
     *
     * @return the number of the first row; each following one has the next number
     */
    public long append(List<ChainRow> rows) {
        long first;
        writing.lock();
        try {
            first = chain.append(rows);
            newest = first + rows.size() - 1;
        } finally {
            writing.unlock();
        }
        listeners.forEach(Runnable::run);
        return first;
    }

    private static long highest(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM audit_event")
                .mapTo(Long.class)
                .one();
    }
}
