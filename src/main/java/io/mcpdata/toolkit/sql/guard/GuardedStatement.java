package io.mcpdata.toolkit.sql.guard;

import java.util.List;

/**
 * A statement that the guard has accepted. Immutable.
 *
 * @param sql the text for the database: the caller's text without comments and closing semicolons, with all positions
 *     unchanged
 * @param markers each {@code ?} that a driver takes for a parameter
 * @param patterns whether a parameter may be the pattern of a LIKE
 * @param tables the tables that it reads, in their order, if they were asked for
 * @param columns the columns in expressions, if the tables were asked for
 */
public record GuardedStatement(
        String sql, Markers markers, boolean patterns, List<TableReference> tables, List<ColumnUse> columns) {

    public GuardedStatement {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }
}
