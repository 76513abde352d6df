package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;

/**
 * Checks a recursive query whose values grow from step to step, such as a path. A step may add to a value: the value
 * then needs many steps to become long, and the query can be ended between two steps. A step may not join a value with
 * itself, because the value then needs only few steps. To measure the growth, the size of a value is computed for two
 * lengths of the query's own previous value.
 */
final class RecursiveGrowth {

    private static final long NOTHING = 0;
    private static final long SOMETHING = 400;
    private static final long MORE_THAN_ONCE = SOMETHING * 3 / 2;
    private static final long MOST_ADDED = 300;

    /** The size of a growing value for the outer queries. */
    private static final long GROWN = EmbeddedBounds.LONGEST_VALUE;

    private final Findings findings;
    private final ColumnSizes columns;
    private final Function<Select, QueryColumns> queries;

    RecursiveGrowth(Findings findings, ColumnSizes columns, Function<Select, QueryColumns> queries) {
        this.findings = findings;
        this.columns = columns;
        this.queries = queries;
    }

    void check(SetOperationList query, List<String> names) {
        QueryColumns first = queries.apply(query.getSelects().get(0));
        List<Select> steps = query.getSelects().subList(1, query.getSelects().size());
        List<String> known = names.isEmpty() ? first.names() : names;
        if (first.sizes().size() != known.size() || known.isEmpty()) {
            findings.refuse(
                    "the columns of a recursive query must be listed: WITH RECURSIVE name (a, b) AS (SELECT x, y ...)");
            return;
        }
        List<Long> from = trial(known, steps, constant(known.size(), NOTHING));
        List<Long> to = trial(known, steps, constant(known.size(), SOMETHING));
        List<Long> start = new ArrayList<>();
        List<Long> end = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            boolean stays = stays(from.get(i), to.get(i));
            start.add(stays ? first.sizes().get(i) : NOTHING);
            end.add(stays ? first.sizes().get(i) : SOMETHING);
        }
        from = trial(known, steps, start);
        to = trial(known, steps, end);
        for (int i = 0; i < known.size(); i++) {
            judge(
                    known.get(i),
                    from.get(i),
                    to.get(i) - from.get(i),
                    first.sizes().get(i));
        }
    }

    /** A value that grows by about a digit per step, as a counter, needs many steps to become long. */
    private static boolean stays(long from, long to) {
        return from == to || (from <= EmbeddedSizes.SMALL && to <= SOMETHING + 2);
    }

    private void judge(String name, long added, long growth, long first) {
        if (growth > MORE_THAN_ONCE || (growth > 0 && added > MOST_ADDED)) {
            findings.refuse("the column " + name + " of a recursive query grows too fast: each step may add up to "
                    + MOST_ADDED + " characters to it, and may not join it with itself");
        }
        long size = growth > 0 ? GROWN : Math.max(first, added);
        columns.add(name, size, size);
    }

    private List<Long> trial(List<String> names, List<Select> steps, List<Long> assumed) {
        columns.beginRecursion(names, assumed);
        QueryColumns given =
                steps.stream().map(queries).reduce(QueryColumns::union).orElse(QueryColumns.UNKNOWN);
        columns.endRecursion();
        return given.sizes().size() == names.size() ? given.sizes() : constant(names.size(), SOMETHING * 2);
    }

    private static List<Long> constant(int count, long size) {
        return Collections.nCopies(count, size);
    }
}
