package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.Checkpoint.Kind;
import io.mcpdata.store.StoreDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * The statements on the rows and checkpoints of one writer. Each runs in its caller's transaction. For one thread.
 *
 * @param writer empty where one server alone writes; its tables have no column for it
 */
record ChainTables(Handle handle, String writer) {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_CHECKPOINTS = 1_000;

    private static final String TEXTS = texts("");
    private static final String BASE = "number = 0";
    private static final String WRITER = "writer";

    private static String texts(String before) {
        return Arrays.stream(TextColumn.values())
                .map(column -> before + column.column())
                .collect(Collectors.joining(", "));
    }

    /** Those of the chain that this server writes. */
    static ChainTables own(Handle handle) {
        return new ChainTables(handle, StoreDialect.of(handle).writer());
    }

    /** The names of all writers, in the order of the alphabet; the empty name where one server alone writes. */
    static List<String> writers(Handle handle) {
        if (StoreDialect.of(handle).writer().isEmpty()) {
            return List.of("");
        }
        return handle.createQuery("SELECT name FROM audit_writer ORDER BY name")
                .mapTo(String.class)
                .list();
    }

    /**
     * Makes other transactions that change this chain wait until this one ends.
     *
     * @return whether the chain begins with this transaction
     */
    boolean lock() {
        return StoreDialect.of(handle).lockChain(handle, writer);
    }

    /** The same chain, locked. */
    ChainTables locked() {
        lock();
        return this;
    }

    /** @param rest of the statement, after the conditions */
    private Query query(String columns, String table, String condition, String rest) {
        Query query = handle.createQuery("SELECT " + columns + " FROM " + table + where(condition) + rest);
        return writer.isEmpty() ? query : query.bind(WRITER, writer);
    }

    private Update update(String statement, String condition) {
        Update update = handle.createUpdate(statement + where(condition));
        return writer.isEmpty() ? update : update.bind(WRITER, writer);
    }

    private String where(String condition) {
        String of = writer.isEmpty() ? "" : "writer = :writer";
        String all = of.isEmpty() || condition.isEmpty() ? of + condition : of + " AND " + condition;
        return all.isEmpty() ? "" : " WHERE " + all;
    }

    /** {@code INSERT}, with the column of the writer if there is one. */
    private String insert(String table, String columns, String values) {
        return "INSERT INTO " + table + " (" + (writer.isEmpty() ? "" : "writer, ") + columns + ") VALUES ("
                + (writer.isEmpty() ? "" : ":writer, ") + values + ")";
    }

    ChainState state() {
        Optional<Checkpoint> base =
                query("*", "audit_checkpoint", BASE, "").map(this::checkpoint).findOne();
        List<Checkpoint> heads = query(
                        "*", "audit_checkpoint", "number > 0", " ORDER BY number FETCH FIRST :most ROWS ONLY")
                .bind("most", MOST_CHECKPOINTS)
                .map(this::checkpoint)
                .list();
        Optional<Long> oldest = query("id", "audit_event", "", " ORDER BY id FETCH FIRST 1 ROW ONLY")
                .mapTo(Long.class)
                .findOne();
        ChainState begin = new ChainState(
                base,
                heads,
                new ChainPosition(0, ChainPosition.NO_HASH),
                oldest.map(OptionalLong::of).orElseGet(OptionalLong::empty));
        return new ChainState(base, heads, behind(begin.begin(), newestRow()), begin.oldest());
    }

    /**
     * The row that the next one follows. The base is read only if the newest row has no hash, or there is none: each
     * transaction that adds rows begins with this.
     */
    ChainPosition newest() {
        Optional<NewestRow> row = newestRow();
        return row.flatMap(NewestRow::chained)
                .orElseGet(() -> behind(
                        query("row_id, row_hash", "audit_checkpoint", BASE, "")
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

    private Optional<NewestRow> newestRow() {
        return query("id, chain_hash", "audit_event", "", " ORDER BY id DESC FETCH FIRST 1 ROW ONLY")
                .map((row, context) -> new NewestRow(row.getLong("id"), hash(row)))
                .findOne();
    }

    /** The newest row if it follows the base, else the base. */
    private static ChainPosition behind(ChainPosition base, Optional<NewestRow> newest) {
        return newest.filter(row -> row.id() > base.id())
                .map(row -> new ChainPosition(row.id(), row.hash().orElse(ChainPosition.NO_HASH)))
                .orElse(base);
    }

    /** Adds rows behind this one, and returns their numbers. */
    List<Long> append(ChainPosition newest, List<ChainRow> rows) {
        List<Long> numbers = StoreDialect.of(handle).takeRowIds(handle, newest.id(), rows.size());
        List<StoredRow> chained = new ArrayList<>();
        ChainPosition at = newest;
        for (int i = 0; i < rows.size(); i++) {
            at = RowHash.of(at.hash(), numbers.get(i), rows.get(i));
            chained.add(new StoredRow(at.id(), Optional.of(at.hash()), rows.get(i)));
        }
        insert(chained);
        return numbers;
    }

    /** Adds rows with the numbers and hashes that they have. */
    void insert(List<StoredRow> rows) {
        PreparedBatch batch = handle.prepareBatch(insert(
                "audit_event",
                "id, chain_hash, occurred_at, duration_micros, row_count, " + TEXTS,
                ":id, :chain_hash, :occurred_at, :duration_micros, :row_count, " + texts(":")));
        for (StoredRow stored : rows) {
            ChainRow row = stored.row();
            if (!writer.isEmpty()) {
                batch.bind(WRITER, writer);
            }
            row.texts().forEach((column, text) -> batch.bind(column.column(), text));
            batch.bind("id", stored.id())
                    .bind("chain_hash", HEX.parseHex(stored.hash().orElse("")))
                    .bind("occurred_at", row.time().atOffset(ZoneOffset.UTC))
                    .bind("duration_micros", row.durationMicros())
                    .bind("row_count", row.rowCount())
                    .add();
        }
        batch.execute();
    }

    List<StoredRow> rowsAfter(long id, int most) {
        return query(
                        "id, chain_hash, occurred_at, duration_micros, row_count, " + TEXTS,
                        "audit_event",
                        "id > :after",
                        " ORDER BY id FETCH FIRST :most ROWS ONLY")
                .bind("after", id)
                .bind("most", most)
                .map(ChainTables::row)
                .list();
    }

    /** Writes the checkpoint in place of the one with its number. */
    void put(Checkpoint checkpoint) {
        Update changed = update(
                "UPDATE audit_checkpoint SET kind = :kind, row_id = :id, row_hash = :hash, made_at = :made,"
                        + " key_id = :key, signature = :signature" + (writer.isEmpty() ? "" : ", others = :others"),
                "number = :number");
        if (bound(changed, checkpoint).execute() == 0) {
            Update added = handle.createUpdate(insert(
                    "audit_checkpoint",
                    "number, kind, row_id, row_hash, made_at, key_id, signature" + (writer.isEmpty() ? "" : ", others"),
                    ":number, :kind, :id, :hash, :made, :key, :signature" + (writer.isEmpty() ? "" : ", :others")));
            bound(writer.isEmpty() ? added : added.bind(WRITER, writer), checkpoint)
                    .execute();
        }
    }

    private Update bound(Update statement, Checkpoint checkpoint) {
        return (writer.isEmpty() ? statement : statement.bind("others", checkpoint.others()))
                .bind("number", checkpoint.number())
                .bind("kind", checkpoint.kind().name())
                .bind("id", checkpoint.row().id())
                .bind("hash", HEX.parseHex(checkpoint.row().hash()))
                .bind("made", checkpoint.madeAt().atOffset(ZoneOffset.UTC))
                .bind("key", checkpoint.keyId())
                .bind("signature", HEX.parseHex(checkpoint.signature()));
    }

    /** The last of the oldest rows that are all expired; of so many at most. Reads by the primary key, and sorts nothing. */
    Optional<ChainPosition> endOfExpired(Instant before, int most) {
        record Aged(ChainPosition row, Instant time) {}
        return query("id, chain_hash, occurred_at", "audit_event", "", " ORDER BY id FETCH FIRST :most ROWS ONLY")
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
    int deleteUpTo(long id) {
        update("DELETE FROM audit_checkpoint", "number > 0 AND row_id < :id")
                .bind("id", id)
                .execute();
        return update("DELETE FROM audit_event", "id <= :id").bind("id", id).execute();
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

    private Checkpoint checkpoint(ResultSet row, StatementContext context) throws SQLException {
        return new Checkpoint(
                writer,
                row.getLong("number"),
                row.getLong("number") == 0 ? Kind.BASE : Kind.HEAD,
                new ChainPosition(row.getLong("row_id"), hex(row, "row_hash")),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("key_id"),
                hex(row, "signature"),
                writer.isEmpty() ? "" : row.getString("others"));
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
