package io.mcpdata.toolkit.sql.guard;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import org.jspecify.annotations.Nullable;

/**
 * Window functions that H2 computes for each row from the rows around it. It does so for all rows at the end, without
 * checking for cancellation.
 */
final class WindowBounds {

    /** The most rows before or after a row. */
    private static final long WIDEST = 100;

    /** With a growing frame these functions sort or join everything again for each row. */
    private static final Set<String> STARTING_AGAIN = Set.of(
            "median",
            "mode",
            "percentile_cont",
            "percentile_disc",
            "histogram",
            "listagg",
            "string_agg",
            "group_concat",
            "array_agg",
            "json_arrayagg",
            "json_objectagg");

    private final Findings findings;

    WindowBounds(Findings findings) {
        this.findings = findings;
    }

    void check(AnalyticExpression window) {
        AnalyticType type = window.getType();
        if (type == AnalyticType.WITHIN_GROUP || type == AnalyticType.FILTER_ONLY) {
            return;
        }
        boolean ordered = window.getOrderByElements() != null
                || window.getWindowName() != null
                || window.getWindowElement() != null;
        String name = String.valueOf(window.getName()).toLowerCase(Locale.ROOT);
        if (ordered && (window.isDistinct() || STARTING_AGAIN.contains(name))) {
            findings.refuse(name.toUpperCase(Locale.ROOT) + (window.isDistinct() ? "(DISTINCT)" : "")
                    + " with ORDER BY in OVER starts again for each row, which an embedded database cannot interrupt; use"
                    + " PARTITION BY alone, or GROUP BY");
        }
        check(window.getWindowElement());
    }

    void check(@Nullable WindowElement frame) {
        if (frame == null) {
            return;
        }
        if (frame.getExclusion() != null) {
            findings.refuse("EXCLUDE in a window frame cannot be interrupted on an embedded database; leave it out");
        }
        Stream<WindowOffset> ends = frame.getRange() == null
                ? Stream.ofNullable(frame.getOffset())
                : Stream.of(frame.getRange().getStart(), frame.getRange().getEnd());
        if (ends.anyMatch(end -> !isNarrow(frame, end))) {
            findings.refuse("a window frame is UNBOUNDED, CURRENT ROW or ROWS with up to " + WIDEST
                    + " rows before and after; more cannot be interrupted on an embedded database");
        }
    }

    private static boolean isNarrow(WindowElement frame, WindowOffset end) {
        if (end.getExpression() == null) {
            return true;
        }
        return frame.getType() == WindowElement.Type.ROWS
                && end.getExpression() instanceof LongValue rows
                && rows.getStringValue().matches("\\d{1,9}")
                && rows.getValue() <= WIDEST;
    }
}
