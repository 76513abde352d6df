package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.store.PlatformStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The keys made at run time, as digests in memory: no request ever waits for the store. Whenever the store cannot be
 * asked for changes, nobody knows whether a key was revoked meanwhile, and none of them is accepted. Thread-safe.
 */
final class StoredKeys {

    private static final Logger LOG = System.getLogger(StoredKeys.class.getName());
    private static final long NEVER_READ = -1;

    private record Snapshot(KeyRing ring, long revision, boolean current) {}

    private final PlatformStore store;
    private volatile Snapshot snapshot = new Snapshot(KeyRing.EMPTY, NEVER_READ, false);
    private volatile boolean asked;

    StoredKeys(PlatformStore store) {
        this.store = store;
    }

    /** Whether what is in memory is what the store holds. */
    boolean available() {
        if (!asked) {
            refresh();
        }
        return snapshot.current();
    }

    Optional<ApiKeyConfig> find(KeyDigest digest) {
        return snapshot.ring().find(digest);
    }

    Optional<ApiKeyConfig> findById(String keyId) {
        return snapshot.ring().findById(keyId);
    }

    /** Takes over what changed in the store since the last time; an error leaves the keys unavailable. */
    synchronized void refresh() {
        asked = true;
        Snapshot before = snapshot;
        try {
            snapshot = store.jdbi().inTransaction(handle -> {
                KeyRows rows = new KeyRows(handle);
                long revision = rows.revision();
                return revision == before.revision()
                        ? new Snapshot(before.ring(), revision, true)
                        : new Snapshot(
                                new KeyRing(rows.unrevoked().stream()
                                        .map(StoredKey::key)
                                        .toList()),
                                revision,
                                true);
            });
        } catch (RuntimeException e) {
            snapshot = new Snapshot(before.ring(), before.revision(), false);
            if (before.current() || before.revision() == NEVER_READ) {
                LOG.log(Level.WARNING, "keys made at run time are refused with 503: the store does not answer", e);
            }
        }
    }
}
