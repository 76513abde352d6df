package io.mcpdata.toolkit.sql.guard;

import java.util.List;

/**
 * A statement that the guard has accepted. Immutable.
 *
 * @param sql the text for the database: the caller's text without comments and closing semicolons, with all positions
 *     unchanged
 * @param markers how many {@code ?} a driver takes for parameters
 * @param patterns whether a parameter may be the pattern of a LIKE
 * @param tables the tables that it reads, if they were asked for
 */
public record GuardedStatement(String sql, int markers, boolean patterns, List<TableReference> tables) {

    public GuardedStatement {
        tables = List.copyOf(tables);
    }
}
