package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Dates and times are ISO 8601, bytes Base64, arrays arrays, all other values text. A number that does
 * not fit into a double, the type of most JSON readers, becomes text, so that no digit is lost. Records whether a value
 * was cut. Belongs to one result.
 */
final class SqlValues {

    /** Replaces a value that the driver could not return in any form. */
    static final JsonString UNREADABLE = Json.string("[unreadable]");

    static final int LONGEST_TEXT = 65_536;
    static final int MOST_ELEMENTS = 10_000;
    private static final int MOST_BYTES = LONGEST_TEXT / 4 * 3;
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;
    /** Values that drivers return for infinity, and PostgreSQL's for 24:00 with an offset. */
    private static final Set<Object> BEYOND = Set.of(
            LocalDate.MAX,
            LocalDate.MIN,
            LocalDateTime.MAX,
            LocalDateTime.MIN,
            OffsetDateTime.MAX,
            OffsetDateTime.MIN,
            OffsetTime.MAX);

    private final SqlArrays arrays = new SqlArrays(this);
    private boolean cut;

    boolean anyCut() {
        return cut;
    }

    /**
     * Reads a value. If the driver cannot return it, only this value is affected: it becomes its text, or {@link
     * #UNREADABLE}.
     *
     * @throws SQLException if no more values can be read
     */
    JsonValue read(ResultSet rows, int index, SqlColumn column) throws SQLException {
        try {
            return typed(rows, index, column);
        } catch (SQLException | RuntimeException | Error e) {
            endIfOver(e);
        }
        try {
            return text(rows.getString(index));
        } catch (SQLException | RuntimeException | Error e) {
            endIfOver(e);
            return UNREADABLE;
        }
    }

    /** Drivers also throw errors such as NoClassDefFoundError for a single value. */
    private static void endIfOver(Throwable e) throws SQLException {
        if (e instanceof VirtualMachineError machine) {
            throw machine;
        }
        if (e instanceof SQLException sql && SqlErrors.endsTheResult(sql)) {
            throw sql;
        }
    }

    private JsonValue typed(ResultSet rows, int index, SqlColumn column) throws SQLException {
        return switch (column.form()) {
            case TEXT -> text(rows.getString(index));
            case NUMBER, NESTED -> value(rows.getObject(index));
            case BITS -> orNull(number(rows.getLong(index)), rows);
            case FLAG -> orNull(rows.getBoolean(index) ? JsonValue.TRUE : JsonValue.FALSE, rows);
            case BYTES -> value(rows.getBytes(index));
            case BLOB -> value(rows.getBlob(index));
            case CLOB -> value(rows.getClob(index));
            case DATE -> time(rows, index, LocalDate.class);
            case TIME -> time(rows, index, LocalTime.class);
            case ZONED_TIME -> time(rows, index, OffsetTime.class);
            case TIMESTAMP -> time(rows, index, LocalDateTime.class);
            case ZONED_TIMESTAMP ->
                column.dialect() == Dialect.TRINO
                        ? moment(rows.getObject(index, ZonedDateTime.class))
                        : time(rows, index, OffsetDateTime.class);
            case TIMESTAMP_TEXT -> {
                @Nullable String text = rows.getString(index);
                yield text(text == null ? null : IsoText.timestamp(text));
            }
            case ARRAY -> arrays.read(rows, index, column);
            case OBJECT -> text("[object]");
        };
    }

    private static JsonValue orNull(JsonValue value, ResultSet rows) throws SQLException {
        return rows.wasNull() ? JsonValue.NULL : value;
    }

    private JsonValue time(ResultSet rows, int index, Class<?> as) throws SQLException {
        @Nullable Object value = rows.getObject(index, as);
        // outside Java's calendar: use the database's own text
        return value == null || BEYOND.contains(value) ? text(rows.getString(index)) : text(IsoText.of(value));
    }

    private JsonValue moment(@Nullable ZonedDateTime moment) {
        return moment == null ? JsonValue.NULL : text(IsoText.of(moment.toOffsetDateTime()));
    }

    /** A value as returned by the driver. */
    JsonValue value(@Nullable Object value) throws SQLException {
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
        return value.getClass().isArray() ? elements(value) : large(value);
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
        if (value instanceof List<?> list) {
            return elements(list.toArray());
        }
        if (value instanceof Map<?, ?> map) {
            return members(map);
        }
        Optional<Map<String, Object>> row = TrinoRow.fields(value);
        if (row.isPresent()) {
            return members(row.get());
        }
        return text(IsoText.of(value));
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

    JsonValue decimal(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0
                ? Json.provider().createValue(decimal)
                : text(decimal.toString());
    }

    private JsonValue elements(Object elements) throws SQLException {
        int length = java.lang.reflect.Array.getLength(elements);
        cut |= length > MOST_ELEMENTS;
        JsonArrayBuilder array = Json.array();
        for (int i = 0; i < Math.min(length, MOST_ELEMENTS); i++) {
            array.add(value(java.lang.reflect.Array.get(elements, i)));
        }
        return array.build();
    }

    private JsonValue members(Map<?, ?> map) throws SQLException {
        cut |= map.size() > MOST_ELEMENTS;
        JsonObjectBuilder object = Json.object();
        int count = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (count++ < MOST_ELEMENTS) {
                object.add(String.valueOf(entry.getKey()), value(entry.getValue()));
            }
        }
        return object.build();
    }

    JsonValue bytes(byte[] bytes, long length) {
        cut |= length > MOST_BYTES;
        byte[] shown = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        return Json.string(Base64.getEncoder().encodeToString(shown));
    }

    void cutIf(boolean longer) {
        cut |= longer;
    }

    JsonValue text(@Nullable String text) {
        if (text == null) {
            return JsonValue.NULL;
        }
        if (text.length() <= LONGEST_TEXT) {
            return Json.string(text);
        }
        cut = true;
        boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return Json.string(text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT) + "\u2026");
    }
}
