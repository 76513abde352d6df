package io.mcpdata.audit.query;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts calls and refusals over time, and measures calls; the database does both. Thread-safe. */
@ApplicationScoped
public class AuditStatistics {

    /** The database keeps the durations of these rows in memory. */
    static final int MOST_ROWS = 1_000_000;

    static final int MOST_GROUPS = 100;
    static final int MOST_FIGURES = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String IS_CALL = Arrays.stream(AuditEvent.Type.values())
            .filter(AuditEvent.Type::isCall)
            .map(type -> "'" + type.name() + "'")
            .collect(Collectors.joining(", ", "type IN (", ")"));

    private final PlatformStore store;
    private final ReadPermits permits;
    private final int mostRows;

    @Inject
    public AuditStatistics(PlatformStore store, ReadPermits permits) {
        this(store, permits, MOST_ROWS);
    }

    AuditStatistics(PlatformStore store, ReadPermits permits, int mostRows) {
        this.store = store;
        this.permits = permits;
        this.mostRows = mostRows;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditStatistics() {
        this.store = null;
        this.permits = null;
        this.mostRows = 0;
    }

    /**
     * The figures, oldest first; an interval or a group without rows has none.
     *
     * @throws AuditReadRefused if the filter's times have too many rows, there are too many groups or figures, or the
     *     database takes too long
     */
    public List<AuditFigures> of(AuditFilter filter, AuditInterval interval, Optional<AuditGroup> by) {
        List<AuditFigures> figures = permits.read(
                PATIENCE,
                () -> store.jdbi().withHandle(handle -> {
                    checkRows(handle, filter);
                    return figures(handle, filter, interval, by);
                }));
        long groups = figures.stream().map(AuditFigures::group).distinct().count();
        if (groups > MOST_GROUPS) {
            throw AuditReadRefused.forGood("by: found more than " + MOST_GROUPS + " groups; expected at most "
                    + MOST_GROUPS + ". Add a filter, or ask for less time with since and until");
        }
        if (figures.size() > MOST_FIGURES) {
            throw AuditReadRefused.forGood("interval: found more than " + MOST_FIGURES + " figures; expected at most "
                    + MOST_FIGURES + ". Take a longer interval, or ask for less time with since and until");
        }
        return figures;
    }

    /** The index of the times is enough for this. */
    private void checkRows(Handle handle, AuditFilter filter) {
        AuditConditions conditions = new AuditConditions().within(filter);
        String sql = "SELECT COUNT(*) FROM (SELECT occurred_at FROM audit_event" + conditions.where()
                + " FETCH FIRST :most ROWS ONLY) AS counted";
        long rows = conditions
                .bindTo(handle.createQuery(sql))
                .bind("most", mostRows + 1)
                .mapTo(Long.class)
                .one();
        if (rows > mostRows) {
            throw AuditReadRefused.forGood("since: found more than " + mostRows + " rows; expected at most " + mostRows
                    + ". Ask for less time with since and until");
        }
    }

    private static List<AuditFigures> figures(
            Handle handle, AuditFilter filter, AuditInterval interval, Optional<AuditGroup> by) {
        AuditConditions conditions = new AuditConditions().within(filter).matching(filter);
        String begin = interval.beginOf(StoreDialect.of(handle), "occurred_at");
        String group = by.map(AuditGroup::column).orElse("''");
        String name = by.filter(AuditGroup.CALLER::equals)
                .map(callers -> "MAX(caller)")
                .orElse("''");
        String measured = IS_CALL + " AND outcome <> 'DENIED'";
        String sql = "SELECT " + begin + " AS begins, " + group + " AS grouped, " + name + " AS named, "
                + "COUNT(*) FILTER (WHERE " + IS_CALL + ") AS calls, "
                // a row that sums up refusals has their number
                + "SUM(CASE WHEN outcome = 'DENIED' THEN GREATEST(row_count, 1) ELSE 0 END) AS refusals, "
                + "COUNT(*) FILTER (WHERE " + IS_CALL + " AND outcome = 'ERROR') AS errors, "
                + percentile("0.5", measured) + " AS p50, " + percentile("0.95", measured) + " AS p95"
                + " FROM audit_event" + conditions.where() + " GROUP BY " + begin
                + by.map(grouped -> ", " + group).orElse("") + " ORDER BY 1, 2 FETCH FIRST :most ROWS ONLY";
        return conditions
                .bindTo(handle.createQuery(sql))
                .bind("most", MOST_FIGURES + 1)
                .map((row, context) -> new AuditFigures(
                        row.getObject("begins", OffsetDateTime.class).toInstant(),
                        row.getString("grouped"),
                        row.getString("named"),
                        row.getLong("calls"),
                        row.getLong("refusals"),
                        row.getLong("errors"),
                        micros(row, "p50"),
                        micros(row, "p95")))
                .list();
    }

    private static String percentile(String share, String condition) {
        return "PERCENTILE_CONT(" + share + ") WITHIN GROUP (ORDER BY duration_micros) FILTER (WHERE " + condition
                + ")";
    }

    private static OptionalLong micros(ResultSet row, String column) throws SQLException {
        var value = row.getBigDecimal(column);
        return value == null
                ? OptionalLong.empty()
                : OptionalLong.of(value.setScale(0, RoundingMode.HALF_UP).longValue());
    }
}
