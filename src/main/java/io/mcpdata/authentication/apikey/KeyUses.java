package io.mcpdata.authentication.apikey;

import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * When, from where and how often each key was used. A request only updates memory; {@link #flush} writes to the store.
 * If the process is killed, unwritten uses are lost: this is information for the operator, and the audit rows are the
 * record. Thread-safe.
 */
final class KeyUses {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PlatformStore store;
    private final Duration patience;
    private final Map<String, KeyUse> pending = new ConcurrentHashMap<>();

    /** While a use is being written it is neither in memory nor in the store. */
    private final ReentrantLock onItsWay = new ReentrantLock();

    KeyUses(PlatformStore store) {
        this(store, PATIENCE);
    }

    /** @param patience how long to wait while uses are being written */
    KeyUses(PlatformStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Only for valid keys, so that there are never more entries than keys. */
    void add(String keyId, Instant at, String address) {
        pending.merge(keyId, new KeyUse(at, address, 1), KeyUse::and);
    }

    /**
     * The uses in the store and those not written yet, by key id.
     *
     * @throws StoreUnavailableException if the store hangs
     */
    Map<String, KeyUse> all() {
        if (!enter()) {
            throw new StoreUnavailableException("the use of keys is being written, and that takes too long");
        }
        try {
            Map<String, KeyUse> all = new HashMap<>(store.jdbi().withHandle(KeyUses::read));
            pending.forEach((id, use) -> all.merge(id, use, KeyUse::and));
            return all;
        } finally {
            onItsWay.unlock();
        }
    }

    /** Writes the uses collected so far. Those that cannot be written are kept for the next call. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        Jdbi jdbi = store.jdbi();
        for (String id : List.copyOf(pending.keySet())) {
            if (!enter()) {
                return;
            }
            try {
                KeyUse use = pending.remove(id);
                if (use != null) {
                    write(jdbi, id, use);
                }
            } finally {
                onItsWay.unlock();
            }
        }
    }

    private boolean enter() {
        try {
            return onItsWay.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void write(Jdbi jdbi, String id, KeyUse use) {
        try {
            jdbi.useTransaction(handle -> {
                if (bound(handle, """
                        UPDATE api_key_use SET used_at = :at, address = :address, use_count = use_count + :count
                        WHERE key_id = :id""", id, use) == 0) {
                    bound(handle, """
                            INSERT INTO api_key_use (key_id, used_at, address, use_count)
                            VALUES (:id, :at, :address, :count)""", id, use);
                }
            });
        } catch (RuntimeException e) {
            pending.merge(id, use, KeyUse::and);
            throw e;
        }
    }

    private static int bound(Handle handle, String statement, String id, KeyUse use) {
        return handle.createUpdate(statement)
                .bind("id", id)
                .bind("at", use.at().atOffset(ZoneOffset.UTC))
                .bind("address", use.address())
                .bind("count", use.count())
                .execute();
    }

    private static Map<String, KeyUse> read(Handle handle) {
        Map<String, KeyUse> uses = new HashMap<>();
        handle.createQuery("SELECT * FROM api_key_use")
                .map((ResultSet row, StatementContext context) -> Map.entry(row.getString("key_id"), use(row)))
                .forEach(entry -> uses.put(entry.getKey(), entry.getValue()));
        return uses;
    }

    private static KeyUse use(ResultSet row) throws SQLException {
        return new KeyUse(
                row.getObject("used_at", OffsetDateTime.class).toInstant(),
                row.getString("address"),
                row.getLong("use_count"));
    }
}
