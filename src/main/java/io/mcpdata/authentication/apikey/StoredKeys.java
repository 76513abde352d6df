package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.store.PlatformStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The keys made at run time, as digests in memory, so that no request waits for the store. While the store cannot be
 * asked for changes, because it fails or hangs, a key may have been revoked unnoticed, so none of them is accepted.
 * Thread-safe.
 */
final class StoredKeys {

    /** Data read longer ago than this is not used. Ten times the usual time between two reads. */
    static final Duration KNOWLEDGE = Duration.ofSeconds(5);

    /** How long open streams rely on the last data read, so that they survive a restart of the store. */
    static final Duration PATIENCE_OF_STREAMS = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(StoredKeys.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long NEVER_READ = -1;

    /**
     * @param from the database as it was opened: another opening may have found another file, with another history
     * @param readAt when the read began
     * @param answered whether the store answered the last read
     */
    private record Snapshot(@Nullable Jdbi from, KeyRing ring, long revision, long readAt, boolean answered) {}

    private final PlatformStore store;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private final Set<String> endedHere = ConcurrentHashMap.newKeySet();
    private volatile Snapshot snapshot;
    private volatile boolean toldUnavailable;

    StoredKeys(PlatformStore store) {
        this(store, System::nanoTime);
    }

    StoredKeys(PlatformStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        this.snapshot = new Snapshot(null, KeyRing.EMPTY, NEVER_READ, nanos.getAsLong(), false);
    }

    /** Whether memory holds what the store holds. Never waits. */
    boolean available() {
        Snapshot known = snapshot;
        return known.answered() && age(known).compareTo(KNOWLEDGE) <= 0;
    }

    /** Whether the data in memory is young enough for open streams. Never waits. */
    boolean knownForStreams() {
        Snapshot known = snapshot;
        return known.revision() != NEVER_READ && age(known).compareTo(PATIENCE_OF_STREAMS) <= 0;
    }

    Optional<ApiKeyConfig> find(KeyDigest digest) {
        return snapshot.ring()
                .find(digest)
                .filter(key -> !endedHere.contains(key.digest().id()));
    }

    Optional<ApiKeyConfig> findById(String keyId) {
        return snapshot.ring().findById(keyId).filter(key -> !endedHere.contains(keyId));
    }

    /** To be called when the end of this key is committed. The key is refused from now on, even if the store hangs. */
    void ended(String keyId) {
        endedHere.add(keyId);
    }

    /**
     * To be called when a change made by this server is committed: reads the keys again and waits a short time for
     * that.
     */
    void changed() {
        try {
            if (reading.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    read();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what changed in the store since the last read, unless another thread is reading. */
    void refresh() {
        if (reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
    }

    /** Logs when the keys become unavailable and when they are available again; called at intervals. */
    void watch() {
        // a failing store was logged when it failed, and a store that has just begun to open is not a hanging one
        if (age(snapshot).compareTo(KNOWLEDGE) > 0 && !toldUnavailable) {
            LOG.log(
                    Level.WARNING,
                    "keys made at run time are refused with 503: the store has not answered for {0} s",
                    KNOWLEDGE.toSeconds());
            toldUnavailable = true;
        }
        if (available() && toldUnavailable) {
            LOG.log(Level.INFO, "keys made at run time are accepted again: the store answers");
            toldUnavailable = false;
        }
    }

    private void read() {
        Snapshot before = snapshot;
        long begin = nanos.getAsLong();
        // keys that were known as ended when the read began are ended in the store too
        Set<String> ended = Set.copyOf(endedHere);
        try {
            Jdbi database = store.jdbi();
            snapshot = database.inTransaction(handle -> {
                KeyRows rows = new KeyRows(handle);
                long revision = rows.revision();
                boolean same = database == before.from() && revision == before.revision();
                if (database == before.from() && revision < before.revision()) {
                    LOG.log(
                            Level.ERROR,
                            "the store lacks its newest changes of keys: {0} are left of {1}. A standby has taken over"
                                    + " without them, or a copy was restored; revoked keys may be valid again",
                            String.valueOf(revision),
                            String.valueOf(before.revision()));
                }
                return new Snapshot(database, same ? before.ring() : ring(rows), revision, begin, true);
            });
            endedHere.removeAll(ended);
        } catch (RuntimeException e) {
            snapshot = new Snapshot(before.from(), before.ring(), before.revision(), before.readAt(), false);
            if (!toldUnavailable) {
                LOG.log(Level.WARNING, "keys made at run time are refused with 503: the store does not answer", e);
                toldUnavailable = true;
            }
        }
    }

    private static KeyRing ring(KeyRows rows) {
        return new KeyRing(rows.unrevoked().stream().map(StoredKey::key).toList());
    }

    private Duration age(Snapshot known) {
        return Duration.ofNanos(nanos.getAsLong() - known.readAt());
    }
}
