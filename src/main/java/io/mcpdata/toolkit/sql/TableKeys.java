package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The primary and foreign keys of tables, without keys from and to tables that the filter hides. Belongs to one thread. */
final class TableKeys {

    private final DatabaseMetaData metadata;
    private final boolean schemas;
    private final TableFilter filter;

    /** @param schemas whether the tables of the database are in schemas, not in catalogs */
    TableKeys(DatabaseMetaData metadata, boolean schemas, TableFilter filter) {
        this.metadata = metadata;
        this.schemas = schemas;
        this.filter = filter;
    }

    List<String> primary(@Nullable String catalog, @Nullable String schema, String table) throws SQLException {
        Map<Integer, String> byPosition = new TreeMap<>();
        try (ResultSet rows = metadata.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                byPosition.put(rows.getInt("KEY_SEQ"), SqlSchema.text(rows.getString("COLUMN_NAME")));
            }
        }
        return List.copyOf(byPosition.values());
    }

    /** Of the table to others. */
    JsonArrayBuilder imported(@Nullable String catalog, @Nullable String schema, String table) throws SQLException {
        try (ResultSet rows = metadata.getImportedKeys(catalog, schema, table)) {
            return keys(rows, "FK", "PK");
        }
    }

    /** Of others to the table. */
    JsonArrayBuilder exported(@Nullable String catalog, @Nullable String schema, String table) throws SQLException {
        try (ResultSet rows = metadata.getExportedKeys(catalog, schema, table)) {
            return keys(rows, "PK", "FK");
        }
    }

    private JsonArrayBuilder keys(ResultSet rows, String here, String there) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        while (rows.next()) {
            String schema = SqlSchema.text(rows.getString(there + (schemas ? "TABLE_SCHEM" : "TABLE_CAT")));
            TableName other = new TableName(schema, SqlSchema.text(rows.getString(there + "TABLE_NAME")), "", "");
            // a key of several columns comes as several rows, in order
            if (rows.getInt("KEY_SEQ") == 1 || keys.isEmpty()) {
                keys.add(new ForeignKey(other));
            }
            keys.get(keys.size() - 1)
                    .pair(
                            SqlSchema.text(rows.getString(here + "COLUMN_NAME")),
                            SqlSchema.text(rows.getString(there + "COLUMN_NAME")));
        }
        JsonArrayBuilder list = Json.array();
        keys.stream().filter(key -> !filter.hides(key.other())).forEach(key -> list.add(key.toJson()));
        return list;
    }
}
