package io.mcpdata.toolkit.sql;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Dates and times are ISO 8601, bytes Base64, arrays arrays, everything else its text. A number that a
 * double cannot carry, as the numbers of most JSON readers are, comes as text, so that no digit is lost. Remembers
 * whether a value had to be cut. Belongs to one result.
 */
final class SqlValues {

    static final int LONGEST_TEXT = 65_536;
    private static final int MOST_BYTES = LONGEST_TEXT / 4 * 3;
    private static final int MOST_ELEMENTS = 10_000;
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;
    /** What drivers give for infinity. */
    private static final Set<Object> INFINITE = Set.of(
            LocalDate.MAX, LocalDate.MIN, LocalDateTime.MAX, LocalDateTime.MIN, OffsetDateTime.MAX, OffsetDateTime.MIN);

    private boolean cut;

    boolean anyCut() {
        return cut;
    }

    JsonValue read(ResultSet rows, int column, ResultSetMetaData types) throws SQLException {
        String type = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        boolean zoned = type.equals("timestamptz") || (type.startsWith("timestamp") && type.contains("time zone"));
        return switch (types.getColumnType(column)) {
            case Types.DATE -> time(rows, column, LocalDate.class);
            case Types.TIME -> time(rows, column, type.equals("timetz") ? OffsetTime.class : LocalTime.class);
            case Types.TIME_WITH_TIMEZONE -> time(rows, column, OffsetTime.class);
            case Types.TIMESTAMP -> time(rows, column, zoned ? OffsetDateTime.class : LocalDateTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> time(rows, column, OffsetDateTime.class);
            // reading such a value would bring an object of any class to life
            case Types.JAVA_OBJECT -> text("[object]");
            case Types.OTHER -> type.equals("uuid") ? object(rows, column) : value(rows.getString(column));
            default -> {
                if (zoned) {
                    yield time(rows, column, OffsetDateTime.class);
                }
                yield type.equals("json") ? value(rows.getString(column)) : object(rows, column);
            }
        };
    }

    private JsonValue object(ResultSet rows, int column) throws SQLException {
        Object value;
        try {
            value = rows.getObject(column);
        } catch (SQLException e) {
            // what Java's types do not hold, such as a decimal that is not a number
            value = rows.getString(column);
        }
        return value(value);
    }

    private JsonValue time(ResultSet rows, int column, Class<?> as) throws SQLException {
        Object value;
        try {
            value = rows.getObject(column, as);
        } catch (SQLException e) {
            // outside of what Java's calendar holds, or an old driver: the database's own words
            return value(rows.getString(column));
        }
        return value != null && INFINITE.contains(value) ? value(rows.getString(column)) : value(value);
    }

    private JsonValue value(@Nullable Object value) throws SQLException {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes, bytes.length);
        }
        if (value instanceof Object[] elements) {
            return elements(elements);
        }
        return large(value);
    }

    private JsonValue large(Object value) throws SQLException {
        if (value instanceof Clob clob) {
            return text(clob.getSubString(1, (int) Math.min(clob.length(), LONGEST_TEXT + 1)));
        }
        if (value instanceof Blob blob) {
            return bytes(blob.getBytes(1, MOST_BYTES), blob.length());
        }
        if (value instanceof SQLXML xml) {
            return text(xml.getString());
        }
        if (value instanceof Array array) {
            return value(array.getArray());
        }
        return text(value.toString());
    }

    private JsonValue number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            long exact = number.longValue();
            return Math.abs(exact) <= EXACT_IN_A_DOUBLE && exact != Long.MIN_VALUE
                    ? Json.provider().createValue(exact)
                    : text(number.toString());
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue())
                    ? Json.provider().createValue(new BigDecimal(number.toString()))
                    : text(number.toString());
        }
        if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        return number instanceof BigInteger integer ? decimal(new BigDecimal(integer)) : text(number.toString());
    }

    private JsonValue decimal(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0
                ? Json.provider().createValue(decimal)
                : text(decimal.toString());
    }

    private JsonValue elements(Object[] elements) throws SQLException {
        cut |= elements.length > MOST_ELEMENTS;
        JsonArrayBuilder array = Json.array();
        for (int i = 0; i < Math.min(elements.length, MOST_ELEMENTS); i++) {
            array.add(value(elements[i]));
        }
        return array.build();
    }

    private JsonValue bytes(byte[] bytes, long length) {
        cut |= length > MOST_BYTES;
        byte[] shown = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        return Json.string(Base64.getEncoder().encodeToString(shown));
    }

    private JsonValue text(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return Json.string(text);
        }
        cut = true;
        boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return Json.string(text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT) + "\u2026");
    }
}
