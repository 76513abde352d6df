package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.SelectItem;

/**
 * The columns that a query gives, in order; none where it gives {@code *}, whose columns keep their names.
 *
 * @param names empty for an expression without a name
 * @param sizes the most characters or digits of each
 */
record QueryColumns(List<String> names, List<Long> sizes) {

    static final QueryColumns UNKNOWN = new QueryColumns(List.of(), List.of());

    QueryColumns {
        names = List.copyOf(names);
        sizes = List.copyOf(sizes);
    }

    static String name(SelectItem<?> item) {
        if (item.getAlias() != null) {
            return item.getAlias().getUnquotedName();
        }
        return item.getExpression() instanceof Column column ? column.getUnquotedColumnName() : "";
    }

    /** Of two queries whose rows come one after the other. */
    QueryColumns union(QueryColumns other) {
        if (sizes.size() != other.sizes.size()) {
            return UNKNOWN;
        }
        List<Long> longer = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            longer.add(Math.max(sizes.get(i), other.sizes.get(i)));
        }
        return new QueryColumns(names, longer);
    }

    /** The longest of its values. */
    long longest(ColumnSizes columns) {
        return sizes.stream().mapToLong(Long::longValue).max().orElseGet(columns::longest);
    }

    /** The query around it calls them so. */
    void rename(List<String> newNames, ColumnSizes columns) {
        for (int i = 0; i < newNames.size(); i++) {
            columns.add(newNames.get(i), i < sizes.size() ? sizes.get(i) : columns.longest());
        }
    }

    /** Takes the columns one by one and lets the queries around know of them. */
    static final class Builder {

        private final ColumnSizes columns;
        private final List<String> names = new ArrayList<>();
        private final List<Long> sizes = new ArrayList<>();
        private boolean known = true;

        Builder(ColumnSizes columns) {
            this.columns = columns;
        }

        /** @param stored whether it is a column of a table of the database, as it is */
        void add(String name, long size, boolean stored) {
            names.add(name);
            sizes.add(size);
            if (!stored) {
                columns.add(name, size);
            }
        }

        void unknown() {
            known = false;
        }

        QueryColumns build() {
            return known ? new QueryColumns(names, sizes) : UNKNOWN;
        }
    }
}
