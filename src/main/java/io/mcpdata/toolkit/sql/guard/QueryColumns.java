package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.SelectItem;

/**
 * The columns of a query, in order; none for {@code *}, whose columns keep their names.
 *
 * @param names empty for an expression without a name
 * @param sizes the most characters or digits of each
 * @param written how many of them the statement itself contains or fills up
 */
record QueryColumns(List<String> names, List<Long> sizes, List<Long> written) {

    static final QueryColumns UNKNOWN = new QueryColumns(List.of(), List.of(), List.of());

    QueryColumns {
        names = List.copyOf(names);
        sizes = List.copyOf(sizes);
        written = List.copyOf(written);
    }

    static String name(SelectItem<?> item) {
        if (item.getAlias() != null) {
            return item.getAlias().getUnquotedName();
        }
        return item.getExpression() instanceof Column column ? column.getUnquotedColumnName() : "";
    }

    /** The columns of a union. */
    QueryColumns union(QueryColumns other) {
        if (sizes.size() != other.sizes.size()) {
            return UNKNOWN;
        }
        return new QueryColumns(names, longer(sizes, other.sizes), longer(written, other.written));
    }

    private static List<Long> longer(List<Long> one, List<Long> other) {
        List<Long> longer = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            longer.add(Math.max(one.get(i), other.get(i)));
        }
        return longer;
    }

    /** The longest of its values, without those of LISTAGG and similar functions; 0 if that is not known. */
    long longestMade() {
        return sizes.stream()
                .mapToLong(Long::longValue)
                .filter(size -> size < EmbeddedBounds.LONGEST)
                .max()
                .orElse(0);
    }

    /** The longest of its values. */
    long longest(ColumnSizes columns) {
        return sizes.stream().mapToLong(Long::longValue).max().orElseGet(columns::longest);
    }

    /** The outer query gives the columns these names. */
    void rename(List<String> newNames, ColumnSizes columns) {
        for (int i = 0; i < newNames.size(); i++) {
            boolean known = i < sizes.size();
            long size = known ? sizes.get(i) : columns.longest();
            columns.add(newNames.get(i), size, known ? written.get(i) : size);
        }
    }

    /** Collects the columns one by one and adds them to the columns known to the outer queries. */
    static final class Builder {

        private final ColumnSizes columns;
        private final List<String> names = new ArrayList<>();
        private final List<Long> sizes = new ArrayList<>();
        private final List<Long> written = new ArrayList<>();
        private boolean known = true;

        Builder(ColumnSizes columns) {
            this.columns = columns;
        }

        /** @param stored whether the value is an unchanged column of a table of the database */
        void add(String name, long size, long characters, boolean stored) {
            names.add(name);
            sizes.add(size);
            written.add(characters);
            if (!stored) {
                columns.add(name, size, characters);
            }
        }

        void unknown() {
            known = false;
        }

        QueryColumns build() {
            return known ? new QueryColumns(names, sizes, written) : UNKNOWN;
        }
    }
}
