package io.mcpdata.toolkit.sql.catalog;

import java.util.List;

/**
 * A table or view with its columns as the database names them. Immutable.
 *
 * @param schema empty where the database has no schemas
 * @param comment empty if it has none
 */
public record KnownTable(String schema, String name, String type, String comment, List<Column> columns) {

    public KnownTable {
        columns = List.copyOf(columns);
    }

    /** @param comment empty if it has none */
    public record Column(String name, String type, String comment) {}
}
