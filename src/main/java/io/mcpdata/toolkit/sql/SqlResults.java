package io.mcpdata.toolkit.sql;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** Rows as JSON, as far as the limits reach. Belongs to one call. */
final class SqlResults {

    /** The names of the members around columns and rows, and the brackets and comma of one row. */
    private static final int FRAME = 90;

    private static final int ROW = 3;

    private final int maxRows;
    private final int maxBytes;
    private final SqlValues values = new SqlValues();
    private final JsonArrayBuilder table = Json.array();
    private long bytes = FRAME;
    private int count;
    private String truncatedBy = "";

    /** @param maxBytes of the result's JSON in UTF-8 */
    SqlResults(int maxRows, int maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    int maxRows() {
        return maxRows;
    }

    JsonObject read(ResultSet rows, StatementWatch watch) throws SQLException {
        ResultSetMetaData types = rows.getMetaData();
        JsonArrayBuilder columns = columns(types);
        while (truncatedBy.isEmpty() && rows.next()) {
            watch.check();
            if (count == maxRows) {
                truncatedBy = "rows";
            } else {
                add(rows, types);
            }
        }
        if (truncatedBy.isEmpty() && values.anyCut()) {
            truncatedBy = "values";
        }
        JsonObjectBuilder result = Json.object()
                .add("columns", columns)
                .add("rows", table)
                .add("rowCount", count)
                .add("truncated", !truncatedBy.isEmpty());
        return (truncatedBy.isEmpty() ? result : result.add("truncatedBy", truncatedBy)).build();
    }

    private JsonArrayBuilder columns(ResultSetMetaData types) throws SQLException {
        JsonArrayBuilder columns = Json.array();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            JsonObject column = Json.object()
                    .add("name", types.getColumnLabel(i))
                    .add("type", types.getColumnTypeName(i))
                    .build();
            bytes += column.toString().length();
            columns.add(column);
        }
        return columns;
    }

    private void add(ResultSet rows, ResultSetMetaData types) throws SQLException {
        JsonArrayBuilder row = Json.array();
        bytes += ROW;
        for (int i = 1; i <= types.getColumnCount(); i++) {
            JsonValue value = values.read(rows, i, types);
            bytes += size(value) + 1;
            if (bytes > maxBytes) {
                truncatedBy = "bytes";
                return;
            }
            row.add(value);
        }
        table.add(row);
        count++;
    }

    /** How many bytes the value takes in the answer. */
    private static long size(JsonValue value) {
        return value instanceof JsonString text
                ? 2 + text.getString().chars().mapToLong(SqlResults::size).sum()
                : value.toString().length();
    }

    private static long size(int c) {
        if (c < ' ') {
            return 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3;
    }
}
