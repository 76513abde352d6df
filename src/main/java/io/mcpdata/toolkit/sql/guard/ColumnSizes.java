package io.mcpdata.toolkit.sql.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;

/**
 * The maximum length of column values, found by the columns' names only: if two queries have a column of one name, the
 * longer one counts. Belongs to one check.
 */
final class ColumnSizes {

    private final Map<String, Long> made = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();
    private final Map<String, Long> recursive = new HashMap<>();
    private final Set<String> recursiveTables = new HashSet<>();
    private long unnamed = EmbeddedBounds.COLUMN;

    /**
     * Adds a column of a query below the outermost one.
     *
     * @param written how many of its characters the statement itself contains or fills up
     */
    void add(String name, long size, long written) {
        if (name.isEmpty()) {
            unnamed = Math.max(unnamed, size);
        } else {
            made.merge(lower(name), size, Math::max);
        }
        this.written.merge(lower(name), written, Math::max);
    }

    /** How many characters of a column the statement itself contains or fills up. */
    long written(Column column) {
        return written.getOrDefault(lower(column.getUnquotedColumnName()), written.getOrDefault("", 0L));
    }

    /** The longest of all columns of the queries: for a column whose query is not known. */
    long longest() {
        return made.values().stream().mapToLong(Long::longValue).reduce(unnamed, Math::max);
    }

    long of(Column column) {
        String name = lower(column.getUnquotedColumnName());
        String table = column.getTable() == null ? "" : lower(String.valueOf(column.getUnquotedTableName()));
        Long own = recursive.get(name);
        if (own != null && (column.getTable() == null || recursiveTables.contains(table))) {
            return own;
        }
        return Math.max(made.getOrDefault(name, unnamed), EmbeddedBounds.COLUMN);
    }

    /** Whether the column belongs to a table of the database, so that no statement creates its values. */
    boolean isStored(Column column) {
        return of(column) == EmbeddedBounds.COLUMN && !made.containsKey(lower(column.getUnquotedColumnName()));
    }

    /** From now on the columns of a recursive query have these sizes where the query reads itself. */
    void beginRecursion(List<String> names, List<Long> sizes) {
        recursive.clear();
        for (int i = 0; i < Math.min(names.size(), sizes.size()); i++) {
            recursive.put(lower(names.get(i)), sizes.get(i));
        }
    }

    /** The recursive query reads itself under this name. */
    void addRecursiveTable(String alias) {
        recursiveTables.add(lower(alias));
    }

    void endRecursion() {
        recursive.clear();
        recursiveTables.clear();
    }

    static String lower(String name) {
        String bare = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
        return bare.toLowerCase(Locale.ROOT);
    }
}
