package io.mcpdata.audit.query;

import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.store.StoreDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The statements that read rows of the audit trail. It looks through ten thousand rows a statement, so that no statement
 * takes long with any filter. Immutable and thread-safe.
 */
public final class AuditSearch {

    private static final String ORDER = " ORDER BY occurred_at DESC, id DESC";
    static final int ROWS_OF_STATEMENT = 10_000;

    private final ChainReads reads;
    private final int rowsOfStatement;

    public AuditSearch(ChainReads reads) {
        this(reads, ROWS_OF_STATEMENT);
    }

    AuditSearch(ChainReads reads, int rowsOfStatement) {
        this.reads = reads;
        this.rowsOfStatement = rowsOfStatement;
    }

    /** The number of the newest row; zero if there is none. */
    public long newest() {
        return reads.read(AuditSearch::newest);
    }

    static long newest(Handle handle) {
        return StoreDialect.of(handle).newestRow(handle);
    }

    /** The row with this number; empty if there is none. */
    public Optional<AuditRow> row(long id) {
        return reads.read(handle -> row(handle, id));
    }

    static Optional<AuditRow> row(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM audit_event WHERE id = :id")
                .bind("id", id)
                .map(AuditSearch::row)
                .findOne();
    }

    /**
     * A page of rows.
     *
     * @param newest the number of the newest row that may be in the page: rows that are written later are not
     * @param from the row before the first of this page; empty for the first page
     * @param limit how many rows at most
     * @param longest how long the search may take before the page ends where it is
     */
    public AuditPage page(AuditFilter filter, long newest, Optional<AuditPosition> from, int limit, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        List<AuditRow> rows = new ArrayList<>();
        Optional<AuditPosition> at = from;
        do {
            Optional<AuditPosition> begin = at;
            // one more than asked for tells whether more rows follow
            int most = limit + 1 - rows.size();
            at = reads.read(handle -> {
                checkSameStore(handle, newest);
                Optional<AuditPosition> last = lastOfStatement(handle, filter, newest, begin, rowsOfStatement);
                rows.addAll(matching(handle, filter, newest, begin, last, most));
                return last;
            });
            if (rows.size() > limit) {
                List<AuditRow> whole = rows.subList(0, limit);
                return new AuditPage(whole, Optional.of(positionOf(whole.get(limit - 1))));
            }
        } while (at.isPresent() && System.nanoTime() < end);
        return new AuditPage(rows, at);
    }

    /** A store that was replaced meanwhile would look like the end of the rows. */
    static void checkSameStore(Handle handle, long newest) {
        // not the newest before which no row can come: that may be an earlier one for a moment
        long highest = handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM audit_event")
                .mapTo(Long.class)
                .one();
        if (highest < newest) {
            throw AuditReadRefused.forGood("Rows that were there when this reading began are missing: the store was"
                    + " replaced. Begin again, without a cursor.");
        }
    }

    private static AuditPosition positionOf(AuditRow row) {
        return new AuditPosition(row.occurredAt(), row.id());
    }

    /** The last row that the next statement looks at; empty if it can look at all that are left. */
    static Optional<AuditPosition> lastOfStatement(
            Handle handle, AuditFilter filter, long newest, Optional<AuditPosition> begin, int rowsOfStatement) {
        if (filter.namesRequest()) {
            return Optional.empty();
        }
        AuditConditions conditions = new AuditConditions().within(filter).writtenUpTo(newest);
        begin.ifPresent(conditions::after);
        String sql = "SELECT occurred_at, id FROM audit_event" + conditions.where() + ORDER
                + " OFFSET :skipped ROWS FETCH FIRST 1 ROW ONLY";
        return conditions
                .bindTo(handle.createQuery(sql))
                .bind("skipped", rowsOfStatement - 1)
                .map((rows, context) -> new AuditPosition(
                        rows.getObject("occurred_at", OffsetDateTime.class).toInstant(), rows.getLong("id")))
                .findOne();
    }

    /** The rows that one statement reads. */
    static AuditConditions ofStatement(
            AuditFilter filter, long newest, Optional<AuditPosition> begin, Optional<AuditPosition> last) {
        AuditConditions conditions =
                new AuditConditions().within(filter).writtenUpTo(newest).matching(filter);
        begin.ifPresent(conditions::after);
        last.ifPresent(conditions::downTo);
        return conditions;
    }

    private static List<AuditRow> matching(
            Handle handle,
            AuditFilter filter,
            long newest,
            Optional<AuditPosition> begin,
            Optional<AuditPosition> last,
            int most) {
        AuditConditions conditions = ofStatement(filter, newest, begin, last);
        String sql = "SELECT * FROM audit_event" + conditions.where() + ORDER + " FETCH FIRST :most ROWS ONLY";
        return conditions
                .bindTo(handle.createQuery(sql))
                .bind("most", most)
                .map(AuditSearch::row)
                .list();
    }

    static AuditRow row(ResultSet row, StatementContext context) throws SQLException {
        String roles = row.getString("roles");
        long rowCount = row.getLong("row_count");
        return new AuditRow(
                row.getLong("id"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("request_id"),
                row.getString("type"),
                row.getString("outcome"),
                row.getString("caller"),
                row.getString("identity"),
                row.getString("method"),
                row.getString("credential_id"),
                row.getString("persona"),
                roles.isEmpty() ? List.of() : List.of(roles.split(" ")),
                row.getString("client_address"),
                row.getString("user_agent"),
                row.getString("category"),
                row.getString("rule"),
                row.getString("tool"),
                row.getString("connection"),
                row.getString("parameters"),
                row.getLong("duration_micros"),
                rowCount < 0 ? OptionalLong.empty() : OptionalLong.of(rowCount),
                row.getString("trace_id"));
    }
}
