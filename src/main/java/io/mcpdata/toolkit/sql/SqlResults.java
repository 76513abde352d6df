package io.mcpdata.toolkit.sql;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON, as far as the limits reach. Numbers stay exact, dates and times are ISO 8601, bytes Base64, everything
 * else its text.
 */
final class SqlResults {

    private static final int LONGEST_TEXT = 65_536;

    private final int maxRows;
    private final int maxBytes;

    SqlResults(int maxRows, int maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    JsonObject read(ResultSet rows) throws SQLException {
        ResultSetMetaData types = rows.getMetaData();
        JsonArrayBuilder columns = Json.array();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            columns.add(Json.object().add("name", types.getColumnLabel(i)).add("type", types.getColumnTypeName(i)));
        }
        JsonArrayBuilder table = Json.array();
        int count = 0;
        long bytes = 0;
        String truncatedBy = "";
        while (rows.next()) {
            if (count == maxRows) {
                truncatedBy = "rows";
                break;
            }
            JsonArrayBuilder row = Json.array();
            for (int i = 1; i <= types.getColumnCount(); i++) {
                JsonValue value = value(rows.getObject(i));
                bytes += value.toString().length() + 1L;
                row.add(value);
            }
            if (bytes > maxBytes) {
                truncatedBy = "bytes";
                break;
            }
            table.add(row);
            count++;
        }
        var result = Json.object()
                .add("columns", columns)
                .add("rows", table)
                .add("rowCount", count)
                .add("truncated", !truncatedBy.isEmpty());
        return truncatedBy.isEmpty()
                ? result.build()
                : result.add("truncatedBy", truncatedBy).build();
    }

    private static JsonValue value(@Nullable Object value) throws SQLException {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return Json.provider().createValue(((Number) value).longValue());
        }
        if (value instanceof BigDecimal number) {
            return Json.provider().createValue(number);
        }
        if (value instanceof BigInteger number) {
            return Json.provider().createValue(number);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? Json.provider().createValue(number)
                    : Json.provider().createValue(String.valueOf(number));
        }
        if (value instanceof byte[] bytes) {
            return text(Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Clob clob) {
            return text(clob.getSubString(1, (int) Math.min(clob.length(), LONGEST_TEXT)));
        }
        if (value instanceof java.sql.Timestamp time) {
            return text(time.toLocalDateTime().toString());
        }
        return text(value.toString());
    }

    private static JsonValue text(String text) {
        return Json.provider()
                .createValue(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "\u2026");
    }
}
