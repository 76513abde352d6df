package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.catalog.TableIndex;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The names and comments of each database, kept for some minutes, because to read those of thousands of tables takes
 * seconds. A connection that tells the database who the caller is has one for each identity: the database may show it other
 * tables. Thread-safe.
 */
final class TableIndexes {

    static final Duration FRESH = Duration.ofMinutes(5);

    /** Of tables and columns in all of them together; each takes about 250 bytes. */
    static final int MOST = 200_000;

    private final LongSupplier nanos;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    TableIndexes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Key(ConnectionConfig connection, DatabaseIdentity identity) {}

    private record Kept(TableIndex index, long since) {}

    /** @throws ToolException if the database cannot be read */
    TableIndex of(ConnectionConfig connection, SqlQueries queries, CallContext call) {
        Key key = new Key(connection, DatabaseIdentity.of(connection, CallerFacts.of(call)));
        @Nullable Kept known;
        synchronized (kept) {
            known = kept.get(key);
        }
        if (known != null && nanos.getAsLong() - known.since() < FRESH.toNanos()) {
            return known.index();
        }
        TableIndex read = read(connection, queries, call);
        keep(key, new Kept(read, nanos.getAsLong()));
        return read;
    }

    private static TableIndex read(ConnectionConfig connection, SqlQueries queries, CallContext call) {
        SqlQueries own = queries.by(call);
        try {
            return own.look(connection, call.cancellation(), metadata -> new SchemaReader(metadata).read(true));
        } catch (ToolException e) {
            if (!e.category().equals("timeout")) {
                throw e;
            }
            return own.look(connection, call.cancellation(), metadata -> new SchemaReader(metadata).read(false));
        }
    }

    private void keep(Key key, Kept read) {
        synchronized (kept) {
            kept.put(key, read);
            long size =
                    kept.values().stream().mapToLong(one -> one.index().size()).sum();
            Iterator<Kept> oldest = kept.values().iterator();
            while (size > MOST && kept.size() > 1) {
                size -= oldest.next().index().size();
                oldest.remove();
            }
        }
    }
}
