package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables that a list shows: those of the connection's own schema first, without partitions, whose table stands for
 * them, and without tables that the account may not read. Immutable.
 *
 * @param partitions how many a table has that exist for the caller, by {@link TableName#qualified}
 */
record ListedTables(List<TableName> tables, Map<String, Integer> partitions) {

    /** Other databases list neither partitions nor tables without a privilege. */
    private static final String POSTGRESQL = """
            SELECT n.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
              LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
              LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND (c.relispartition OR NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                OR NOT pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))""";

    ListedTables {
        tables = List.copyOf(tables);
        partitions = Map.copyOf(partitions);
    }

    static ListedTables of(SqlSchema schema) throws SQLException {
        String own = schema.current();
        Set<String> leftOut = new HashSet<>();
        Map<String, String> parents = new HashMap<>();
        DatabaseMetaData metadata = schema.metadata();
        Dialect dialect = Dialect.of(String.valueOf(metadata.getDatabaseProductName()));
        if (dialect == Dialect.POSTGRESQL) {
            OptionalReading.attempt(metadata.getConnection(), dialect, () -> read(metadata, leftOut, parents));
        }
        Map<String, Integer> partitions = new HashMap<>();
        List<TableName> tables = schema.tables();
        for (TableName table : tables) {
            String parent = parents.get(table.qualified());
            if (parent != null) {
                partitions.merge(parent, 1, Integer::sum);
            }
        }
        return new ListedTables(
                tables.stream()
                        .filter(table -> !leftOut.contains(table.qualified()))
                        .sorted(Comparator.comparing(
                                        (TableName table) -> !table.schema().equals(own))
                                .thenComparing(TableName::schema)
                                .thenComparing(TableName::name))
                        .toList(),
                partitions);
    }

    private static void read(DatabaseMetaData metadata, Set<String> leftOut, Map<String, String> parents)
            throws SQLException {
        try (PreparedStatement statement = metadata.getConnection().prepareStatement(POSTGRESQL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String table = qualified(rows.getString(1), rows.getString(2));
                leftOut.add(table);
                if (rows.getString(4) != null) {
                    parents.put(table, qualified(rows.getString(3), rows.getString(4)));
                }
            }
        }
    }

    private static String qualified(String schema, String table) {
        return new TableName(schema, table, "", "").qualified();
    }
}
