package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.Checkpoint.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements on rows and checkpoints. Each runs in its caller's transaction. */
final class ChainTables {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_CHECKPOINTS = 1_000;

    private static final String TEXTS = texts("");
    private static final String INSERT =
            "INSERT INTO audit_event (id, chain_hash, occurred_at, duration_micros, row_count, " + TEXTS
                    + ") VALUES (:id, :chain_hash, :occurred_at, :duration_micros, :row_count, " + texts(":") + ")";
    private static final String ROWS_AFTER = "SELECT id, chain_hash, occurred_at, duration_micros, row_count, " + TEXTS
            + " FROM audit_event WHERE id > :after ORDER BY id FETCH FIRST :most ROWS ONLY";

    private ChainTables() {}

    private static String texts(String before) {
        return Arrays.stream(TextColumn.values())
                .map(column -> before + column.column())
                .collect(Collectors.joining(", "));
    }

    static ChainState state(Handle handle) {
        Optional<Checkpoint> base = handle.createQuery("SELECT * FROM audit_checkpoint WHERE number = 0")
                .map(ChainTables::checkpoint)
                .findOne();
        List<Checkpoint> heads = handle.createQuery(
                        "SELECT * FROM audit_checkpoint WHERE number > 0 ORDER BY number FETCH FIRST :most ROWS ONLY")
                .bind("most", MOST_CHECKPOINTS)
                .map(ChainTables::checkpoint)
                .list();
        Optional<Long> oldest = handle.createQuery("SELECT id FROM audit_event ORDER BY id FETCH FIRST 1 ROW ONLY")
                .mapTo(Long.class)
                .findOne();
        ChainState begin = new ChainState(
                base,
                heads,
                new ChainPosition(0, ChainPosition.NO_HASH),
                oldest.map(OptionalLong::of).orElseGet(OptionalLong::empty));
        return new ChainState(base, heads, behind(begin.begin(), newestRow(handle)), begin.oldest());
    }

    /**
     * The row that the next one follows. The base is read only if the newest row has no hash, or there is none: each
     * transaction that adds rows begins with this.
     */
    static ChainPosition newest(Handle handle) {
        Optional<NewestRow> row = newestRow(handle);
        return row.flatMap(NewestRow::chained)
                .orElseGet(() -> behind(
                        handle.createQuery("SELECT row_id, row_hash FROM audit_checkpoint WHERE number = 0")
                                .map((base, context) ->
                                        new ChainPosition(base.getLong("row_id"), hex(base, "row_hash")))
                                .findOne()
                                .orElseGet(() -> new ChainPosition(0, ChainPosition.NO_HASH)),
                        row));
    }

    private record NewestRow(long id, Optional<String> hash) {

        Optional<ChainPosition> chained() {
            return hash.map(known -> new ChainPosition(id, known));
        }
    }

    private static Optional<NewestRow> newestRow(Handle handle) {
        return handle.createQuery("SELECT id, chain_hash FROM audit_event ORDER BY id DESC FETCH FIRST 1 ROW ONLY")
                .map((row, context) -> new NewestRow(row.getLong("id"), hash(row)))
                .findOne();
    }

    /** The newest row if it follows the base, else the base. */
    private static ChainPosition behind(ChainPosition base, Optional<NewestRow> newest) {
        return newest.filter(row -> row.id() > base.id())
                .map(row -> new ChainPosition(row.id(), row.hash().orElse(ChainPosition.NO_HASH)))
                .orElse(base);
    }

    /** Adds rows behind this one, and returns the last one's position. */
    static ChainPosition append(Handle handle, ChainPosition newest, List<ChainRow> rows) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        ChainPosition at = newest;
        for (ChainRow row : rows) {
            at = RowHash.of(at.hash(), at.id() + 1, row);
            row.texts().forEach((column, text) -> batch.bind(column.column(), text));
            batch.bind("id", at.id())
                    .bind("chain_hash", HEX.parseHex(at.hash()))
                    .bind("occurred_at", row.time().atOffset(ZoneOffset.UTC))
                    .bind("duration_micros", row.durationMicros())
                    .bind("row_count", row.rowCount())
                    .add();
        }
        batch.execute();
        return at;
    }

    static List<StoredRow> rowsAfter(Handle handle, long id, int most) {
        return handle.createQuery(ROWS_AFTER)
                .bind("after", id)
                .bind("most", most)
                .map(ChainTables::row)
                .list();
    }

    /** Writes the checkpoint in place of the one with its number. */
    static void put(Handle handle, Checkpoint checkpoint) {
        handle.createUpdate("MERGE INTO audit_checkpoint (number, kind, row_id, row_hash, made_at, key_id, signature)"
                        + " KEY (number) VALUES (:number, :kind, :id, :hash, :made, :key, :signature)")
                .bind("number", checkpoint.number())
                .bind("kind", checkpoint.kind().name())
                .bind("id", checkpoint.row().id())
                .bind("hash", HEX.parseHex(checkpoint.row().hash()))
                .bind("made", checkpoint.madeAt().atOffset(ZoneOffset.UTC))
                .bind("key", checkpoint.keyId())
                .bind("signature", HEX.parseHex(checkpoint.signature()))
                .execute();
    }

    /** The last of the oldest rows that are all expired; of so many at most. Reads by the primary key, and sorts nothing. */
    static Optional<ChainPosition> endOfExpired(Handle handle, Instant before, int most) {
        record Aged(ChainPosition row, Instant time) {}
        return handle
                .createQuery(
                        "SELECT id, chain_hash, occurred_at FROM audit_event ORDER BY id FETCH FIRST :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> new Aged(
                        new ChainPosition(row.getLong("id"), hash(row).orElse(ChainPosition.NO_HASH)),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .takeWhile(row -> row.time().isBefore(before))
                .reduce((earlier, later) -> later)
                .map(Aged::row);
    }

    /** Deletes the rows up to this one, and the checkpoints about rows before it. */
    static int deleteUpTo(Handle handle, long id) {
        handle.createUpdate("DELETE FROM audit_checkpoint WHERE number > 0 AND row_id < :id")
                .bind("id", id)
                .execute();
        return handle.createUpdate("DELETE FROM audit_event WHERE id <= :id")
                .bind("id", id)
                .execute();
    }

    private static StoredRow row(ResultSet row, StatementContext context) throws SQLException {
        Map<TextColumn, String> texts = new EnumMap<>(TextColumn.class);
        for (TextColumn column : TextColumn.values()) {
            texts.put(column, row.getString(column.column()));
        }
        return new StoredRow(
                row.getLong("id"),
                hash(row),
                new ChainRow(
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        texts,
                        row.getLong("duration_micros"),
                        row.getLong("row_count")));
    }

    private static Checkpoint checkpoint(ResultSet row, StatementContext context) throws SQLException {
        return new Checkpoint(
                row.getLong("number"),
                row.getLong("number") == 0 ? Kind.BASE : Kind.HEAD,
                new ChainPosition(row.getLong("row_id"), hex(row, "row_hash")),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("key_id"),
                hex(row, "signature"));
    }

    private static Optional<String> hash(ResultSet row) throws SQLException {
        // a hash that another program cut or extended is none
        return Optional.ofNullable(row.getBytes("chain_hash"))
                .map(HEX::formatHex)
                .filter(hash -> hash.length() == ChainPosition.NO_HASH.length());
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return HEX.formatHex(row.getBytes(column));
    }
}
