package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.catalog.KnownTable;
import io.mcpdata.toolkit.sql.catalog.TableIndex;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the names and comments of all tables and columns of a database, up to a bound. Belongs to one thread. */
final class SchemaReader {

    static final int MOST_TABLES = 20_000;
    static final int MOST_COLUMNS = 150_000;

    private static final int LONGEST_COMMENT = 500;

    private final SqlSchema schema;
    private boolean complete = true;

    /** Of every table that the database account sees; what a caller may see is decided later. */
    SchemaReader(DatabaseMetaData metadata) throws SQLException {
        schema = new SqlSchema(metadata);
    }

    /** @param withColumns false for a database that does not report its columns in time */
    TableIndex read(boolean withColumns) throws SQLException {
        List<TableName> tables = ListedTables.of(schema).tables();
        complete = withColumns && tables.size() <= MOST_TABLES;
        List<TableName> read = tables.subList(0, Math.min(MOST_TABLES, tables.size()));
        Map<String, Map<String, List<KnownTable.Column>>> columns = new LinkedHashMap<>();
        for (TableName table : read) {
            columns.computeIfAbsent(table.schema(), name -> new LinkedHashMap<>())
                    .put(table.name(), new ArrayList<>());
        }
        if (withColumns) {
            addColumns(columns);
        }
        return new TableIndex(
                read.stream()
                        .map(table -> new KnownTable(
                                table.schema(),
                                table.name(),
                                table.type(),
                                shortened(table.comment()),
                                Objects.requireNonNull(columns.get(table.schema()))
                                        .getOrDefault(table.name(), List.of())))
                        .toList(),
                complete);
    }

    private void addColumns(Map<String, Map<String, List<KnownTable.Column>>> bySchema) throws SQLException {
        int count = 0;
        // each type has one object, because types repeat
        Map<String, String> types = new HashMap<>();
        for (Map.Entry<String, Map<String, List<KnownTable.Column>>> one : bySchema.entrySet()) {
            try (ResultSet rows = schema.columnsOf(one.getKey())) {
                while (rows.next()) {
                    List<KnownTable.Column> columns = one.getValue().get(rows.getString("TABLE_NAME"));
                    if (columns != null && ++count > MOST_COLUMNS) {
                        complete = false;
                        return;
                    }
                    if (columns != null) {
                        columns.add(new KnownTable.Column(
                                rows.getString("COLUMN_NAME"),
                                types.computeIfAbsent(SqlSchema.type(rows), type -> type),
                                shortened(Objects.requireNonNullElse(rows.getString("REMARKS"), ""))));
                    }
                }
            }
        }
    }

    private static String shortened(String comment) {
        return comment.length() <= LONGEST_COMMENT ? comment : comment.substring(0, LONGEST_COMMENT);
    }
}
