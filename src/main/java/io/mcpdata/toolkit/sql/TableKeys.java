package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The primary and foreign keys of tables, without keys from and to tables that the filter hides. Belongs to one thread. */
final class TableKeys {

    private final DatabaseMetaData metadata;
    private final SchemaNaming naming;
    private final TableFilter filter;

    TableKeys(DatabaseMetaData metadata, SchemaNaming naming, TableFilter filter) {
        this.metadata = metadata;
        this.naming = naming;
        this.filter = filter;
    }

    List<String> primary(TableName table) throws SQLException {
        Map<Integer, String> byPosition = new TreeMap<>();
        try (ResultSet rows = metadata.getPrimaryKeys(catalog(table), schema(table), table.name())) {
            while (rows.next()) {
                byPosition.put(rows.getInt("KEY_SEQ"), SqlSchema.text(rows.getString("COLUMN_NAME")));
            }
        }
        return List.copyOf(byPosition.values());
    }

    /** Of the table to others. */
    JsonArrayBuilder imported(TableName table) throws SQLException {
        try (ResultSet rows = metadata.getImportedKeys(catalog(table), schema(table), table.name())) {
            return keys(rows, "FK", "PK");
        }
    }

    /** Of others to the table. */
    JsonArrayBuilder exported(TableName table) throws SQLException {
        try (ResultSet rows = metadata.getExportedKeys(catalog(table), schema(table), table.name())) {
            return keys(rows, "PK", "FK");
        } catch (SQLFeatureNotSupportedException e) {
            // Trino has no keys, and its driver says so of this direction only
            return Json.array();
        }
    }

    private @Nullable String catalog(TableName table) {
        return naming.catalog(table.schema());
    }

    private @Nullable String schema(TableName table) {
        return naming.schema(table.schema());
    }

    private JsonArrayBuilder keys(ResultSet rows, String here, String there) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        while (rows.next()) {
            TableName other = new TableName(
                    naming.schemaOf(rows, there), SqlSchema.text(rows.getString(there + "TABLE_NAME")), "", "");
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
