package io.mcpdata.store;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** PostgreSQL, which several servers share: each writes a chain of audit rows, and the numbers have gaps. */
final class PostgresDialect implements StoreDialect {

    private static final String LOCK = "SELECT name FROM audit_writer WHERE name = :writer FOR UPDATE";
    private static final String TAKE = "SELECT audit_take_ids(:count)";

    /** The chain begins behind a number that no row has. */
    private static final String BEGIN = """
            INSERT INTO audit_checkpoint (writer, number, kind, row_id, row_hash, made_at, key_id, signature)
            VALUES (:writer, 0, 'BASE', :row, :hash, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', '', :signature)""";

    private static final int BYTES_OF_HASH = 32;

    private final String writer;
    private final DataSource pool;

    PostgresDialect(String writer, DataSource pool) {
        this.writer = writer;
        this.pool = pool;
    }

    @Override
    public String writer() {
        return writer;
    }

    @Override
    public Optional<DataSource> sharedPool() {
        return Optional.of(pool);
    }

    @Override
    public boolean lockChain(Handle handle, String of) {
        if (isLocked(handle, of)) {
            return false;
        }
        int added = handle.createUpdate("INSERT INTO audit_writer (name) VALUES (:writer) ON CONFLICT DO NOTHING")
                .bind("writer", of)
                .execute();
        if (added == 0) {
            // another server with this name was faster
            isLocked(handle, of);
            return false;
        }
        handle.createUpdate(BEGIN)
                .bind("writer", of)
                .bind("row", takeRowIds(handle, 0, 1).get(0))
                .bind("hash", new byte[BYTES_OF_HASH])
                .bind("signature", new byte[0])
                .execute();
        return true;
    }

    private static boolean isLocked(Handle handle, String writer) {
        return handle.createQuery(LOCK)
                .bind("writer", writer)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<Long> takeRowIds(Handle handle, long newest, int count) {
        return handle.createQuery(TAKE).bind("count", count).mapTo(Long.class).list().stream()
                .sorted()
                .toList();
    }

    @Override
    public long newestRow(Handle handle) {
        return handle.createQuery("SELECT audit_newest()").mapTo(Long.class).one();
    }
}
