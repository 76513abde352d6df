package io.mcpdata.toolkit.sql.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/**
 * Limits the queries within a statement by the cost of planning them. H2 plans a derived table again for each plan of
 * the query around it, so the time doubles with each level, and a common table expression for each use. Belongs to one
 * check.
 */
final class EmbeddedBlocks {

    /** At this limit planning takes up to a second. */
    private static final long MOST_PLANNED = 256;

    private static final long LONGEST_SORTED = 400;

    /**
     * Up to this many tables, a query takes as long to plan as another query; beyond it, the time grows with their
     * square.
     */
    private static final long TABLES_SQUARED = 16;

    private final Findings findings;
    private final ColumnSizes columns = new ColumnSizes();
    private final RowWork work;
    private final EmbeddedSizes sizes;
    private final Map<String, Long> commonTables = new HashMap<>();
    private String recursive = "";
    private long planned;

    EmbeddedBlocks(Findings findings) {
        this.findings = findings;
        this.work = new RowWork(findings);
        this.sizes = new EmbeddedSizes(
                findings, columns, work, query -> select(query).longest(columns));
    }

    QueryColumns select(Select query) {
        if (!findings.isEmpty()) {
            return QueryColumns.UNKNOWN;
        }
        work.beginBlock();
        with(query.getWithItemsList());
        QueryColumns given = body(query);
        checkSort(query, Math.max(sizes.ofOrder(query.getOrderByElements()), given.longestMade()));
        work.endBlock();
        return given;
    }

    /** Sorting compares texts with the same beginning to their ends, many times each, and cannot be interrupted. */
    private void checkSort(Select query, long longest) {
        boolean sorts = query.getOrderByElements() != null
                || query instanceof SetOperationList
                || (query instanceof PlainSelect plain && plain.getDistinct() != null);
        if (sorts && longest > LONGEST_SORTED) {
            findings.refuse(
                    "texts of up to " + longest + " characters are sorted or compared with each other, and an embedded"
                            + " database allows " + LONGEST_SORTED
                            + "; leave ORDER BY, DISTINCT or UNION out, or cut the texts with"
                            + " LEFT(text, length)");
        }
    }

    private QueryColumns body(Select query) {
        if (query instanceof PlainSelect plain) {
            return plain(plain);
        }
        if (query instanceof SetOperationList list) {
            return list.getSelects().stream()
                    .map(this::select)
                    .reduce(QueryColumns::union)
                    .orElse(QueryColumns.UNKNOWN);
        }
        if (query instanceof ParenthesedSelect inner) {
            return select(inner.getSelect());
        }
        if (query instanceof Values values) {
            return values(values);
        }
        findings.refuse("this kind of query is not accepted on an embedded database; write SELECT ... FROM");
        return QueryColumns.UNKNOWN;
    }

    private QueryColumns plain(PlainSelect query) {
        work.beginEarly();
        plan(1);
        from(query.getFromItem(), query.getJoins());
        sizes.of(query.getWhere());
        groupBy(query.getGroupBy());
        work.endEarly();
        sizes.of(query.getHaving());
        sizes.of(query.getQualify());
        if (query.getWindowDefinitions() != null) {
            query.getWindowDefinitions().forEach(sizes::ofDefinition);
        }
        if (query.getDistinct() != null && query.getDistinct().getOnSelectItems() != null) {
            query.getDistinct().getOnSelectItems().forEach(item -> sizes.of(item.getExpression()));
        }
        return given(query.getSelectItems());
    }

    private void groupBy(@Nullable GroupByElement group) {
        if (group != null) {
            work.group();
            sizes.of(group.getGroupByExpressionList());
            group.getGroupingSets().forEach(sizes::of);
        }
    }

    private QueryColumns given(List<SelectItem<?>> items) {
        QueryColumns.Builder given = new QueryColumns.Builder(columns);
        for (SelectItem<?> item : items) {
            Expression expression = item.getExpression();
            if (expression instanceof AllColumns) {
                given.unknown();
            } else {
                boolean stored = expression instanceof Column column && columns.isStored(column);
                long before = sizes.written();
                long size = sizes.notTooLong(sizes.of(expression));
                given.add(QueryColumns.name(item), size, sizes.written() - before, stored);
            }
        }
        return given.build();
    }

    private QueryColumns values(Values values) {
        QueryColumns given = QueryColumns.UNKNOWN;
        for (Expression row : values.getExpressions()) {
            List<? extends Expression> parts = row instanceof ExpressionList<?> list ? list : List.of(row);
            QueryColumns.Builder one = new QueryColumns.Builder(columns);
            for (int i = 0; i < parts.size(); i++) {
                long size = sizes.notTooLong(sizes.of(parts.get(i)));
                one.add("c" + (i + 1), size, size, false);
            }
            given = given == QueryColumns.UNKNOWN ? one.build() : given.union(one.build());
        }
        return given;
    }

    private void from(@Nullable FromItem first, @Nullable List<Join> joins) {
        List<Join> others = joins == null ? List.of() : joins;
        long tables = 1L + others.size();
        plan(tables * tables / TABLES_SQUARED);
        if (first != null) {
            from(first);
        }
        for (Join join : others) {
            from(join.getFromItem());
            join.getOnExpressions().forEach(sizes::of);
        }
    }

    private void from(FromItem item) {
        if (item instanceof Table table) {
            table(table);
        } else if (item instanceof ParenthesedFromItem inner) {
            from(inner.getFromItem(), inner.getJoins());
            rename(inner.getAlias(), QueryColumns.UNKNOWN);
        } else if (item instanceof TableFunction function) {
            long size = function.getFunctions().stream().mapToLong(sizes::of).sum();
            columns.add("", size, size);
            rename(item.getAlias(), QueryColumns.UNKNOWN);
        } else if (item instanceof Select query) {
            long before = planned;
            planned = 0;
            QueryColumns given = select(query);
            long inner = planned;
            planned = before;
            plan(2 * inner);
            rename(item.getAlias(), given);
        } else {
            findings.refuse("this kind of table is not accepted on an embedded database; name a table or a query");
        }
    }

    private void table(Table table) {
        String name = ColumnSizes.lower(String.valueOf(table.getUnquotedName()));
        plan(commonTables.getOrDefault(name, 0L));
        if (name.equals(recursive)) {
            columns.addRecursiveTable(
                    table.getAlias() == null ? name : table.getAlias().getUnquotedName());
        }
    }

    private void rename(@Nullable Alias alias, QueryColumns given) {
        if (alias != null && alias.getAliasColumns() != null) {
            given.rename(
                    alias.getAliasColumns().stream().map(column -> column.name).toList(), columns);
        }
    }

    private void plan(long queries) {
        planned += queries;
        if (planned > MOST_PLANNED) {
            findings.refuse("the statement repeats queries within queries, or joins tables, so often that an embedded"
                    + " database takes too long to plan it; use at most 7 levels of derived tables and 40 joins");
        }
    }

    private void with(@Nullable List<WithItem<?>> items) {
        if (items == null) {
            return;
        }
        boolean mayRecur = items.stream().anyMatch(WithItem::isRecursive);
        for (WithItem<?> item : items) {
            String name = ColumnSizes.lower(String.valueOf(item.getUnquotedAliasName()));
            List<String> names = item.getWithItemList() == null
                    ? List.of()
                    : item.getWithItemList().stream().map(QueryColumns::name).toList();
            long before = planned;
            planned = 0;
            Select query = item.getSelect().getSelect();
            if (mayRecur && query instanceof SetOperationList list) {
                commonTables.put(name, 1L);
                recursive = name;
                new RecursiveGrowth(findings, columns, this::select).check(list, names);
                recursive = "";
            } else {
                select(query).rename(names, columns);
            }
            commonTables.put(name, planned);
            planned = before;
        }
    }
}
