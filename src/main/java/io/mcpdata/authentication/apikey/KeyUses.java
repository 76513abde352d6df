package io.mcpdata.authentication.apikey;

import io.mcpdata.store.PlatformStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * When, from where and how often each key was used. A request only touches memory; {@link #flush} writes. What was not
 * written when the process is killed is lost: it is a figure for the operator, the audit rows are the record.
 * Thread-safe.
 */
final class KeyUses {

    private final PlatformStore store;
    private final Map<String, KeyUse> pending = new ConcurrentHashMap<>();

    KeyUses(PlatformStore store) {
        this.store = store;
    }

    /** To be called for good keys only, so that there are never more entries than keys. */
    void add(String keyId, Instant at, String address) {
        pending.merge(keyId, new KeyUse(at, address, 1), KeyUse::and);
    }

    /** What the store has and what it is yet to get, by key id. */
    Map<String, KeyUse> all() {
        Map<String, KeyUse> all = new HashMap<>(store.jdbi().withHandle(KeyUses::read));
        pending.forEach((id, use) -> all.merge(id, use, KeyUse::and));
        return all;
    }

    /** Writes what has gathered. What cannot be written is kept for the next time. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        Jdbi jdbi = store.jdbi();
        for (String id : List.copyOf(pending.keySet())) {
            KeyUse use = pending.remove(id);
            if (use != null) {
                write(jdbi, id, use);
            }
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
