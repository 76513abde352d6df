package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows as JSON, up to the limits. Belongs to one call. */
final class SqlResults implements RowReader<JsonObject> {

    /** The bytes of the names around columns and rows, and of the brackets and comma of one row. */
    private static final int FRAME = 90;

    private static final int ROW = 3;

    private final int maxRows;
    private final int maxBytes;
    private final SqlValues values = new SqlValues();
    private final List<JsonValue[]> table = new ArrayList<>();
    private long bytes = FRAME;
    private String truncatedBy = "";

    /** @param maxBytes of the result's JSON in UTF-8 */
    SqlResults(int maxRows, int maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public JsonObject read(ResultSet rows, Dialect dialect, Runnable check) throws SQLException {
        List<SqlColumn> columns = SqlColumn.all(rows.getMetaData(), dialect);
        columns.forEach(column -> bytes += size(column.toJson().build()));
        while (truncatedBy.isEmpty() && rows.next()) {
            check.run();
            if (table.size() == maxRows) {
                truncatedBy = "rows";
            } else {
                add(rows, columns);
            }
        }
        if (truncatedBy.isEmpty() && values.anyCut()) {
            truncatedBy = "values";
        }
        return json(columns);
    }

    private void add(ResultSet rows, List<SqlColumn> columns) throws SQLException {
        JsonValue[] row = new JsonValue[columns.size()];
        long larger = bytes + ROW;
        for (int i = 0; i < row.length; i++) {
            row[i] = values.read(rows, i + 1, columns.get(i));
            larger += size(row[i]) + 1 + columns.get(i).costs(row[i]);
            if (larger > maxBytes) {
                truncatedBy = "bytes";
                return;
            }
        }
        for (int i = 0; i < row.length; i++) {
            columns.get(i).take(row[i]);
        }
        bytes = larger;
        table.add(row);
    }

    private JsonObject json(List<SqlColumn> columns) {
        JsonArrayBuilder told = Json.array();
        columns.forEach(column -> told.add(column.toJson()));
        JsonArrayBuilder shown = Json.array();
        for (JsonValue[] row : table) {
            JsonArrayBuilder line = Json.array();
            for (int i = 0; i < row.length; i++) {
                line.add(columns.get(i).shown(row[i]));
            }
            shown.add(line);
        }
        JsonObjectBuilder result = Json.object()
                .add("columns", told)
                .add("rows", shown)
                .add("rowCount", table.size())
                .add("truncated", !truncatedBy.isEmpty());
        return (truncatedBy.isEmpty() ? result : result.add("truncatedBy", truncatedBy)).build();
    }

    /** How many bytes the value takes in the result. */
    private static long size(JsonValue value) {
        return value instanceof JsonString text
                ? size(text.getString())
                : value.toString().length();
    }

    private static long size(String text) {
        long size = 2;
        for (int i = 0; i < text.length(); i++) {
            size += size(text.charAt(i));
        }
        return size;
    }

    private static long size(char c) {
        if (c < ' ') {
            return 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
