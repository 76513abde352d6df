package io.mcpdata.toolkit.sql.guard;

/**
 * A column in an expression, as it is written there. A column that stands alone in a SELECT list, GROUP BY or ORDER BY is
 * in no expression.
 *
 * @param table the alias or name of a table before it, without quotes; empty if there is none
 * @param name without quotes
 */
public record ColumnUse(String table, String name) {}
