package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arrays, whose elements are converted like single values of their type. Belongs to one result. */
final class SqlArrays {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    private static final Pattern OF_WHOLE_HOURS = Pattern.compile("[+-]\\d\\d$");
    private static final Pattern H2_ARRAY = Pattern.compile(" array(\\[\\d+])?$");

    private final SqlValues values;

    SqlArrays(SqlValues values) {
        this.values = values;
    }

    JsonValue read(ResultSet rows, int index, SqlColumn column) throws SQLException {
        if (column.dialect() == Dialect.POSTGRESQL) {
            @Nullable String text = rows.getString(index);
            return text == null ? JsonValue.NULL : postgres(text, column.lowerType());
        }
        return column.dialect() == Dialect.H2
                ? values.value(rows.getObject(index, h2Class(column.lowerType())))
                : values.value(rows.getArray(index));
    }

    private JsonValue postgres(String text, String type) {
        PostgresArray array =
                new PostgresArray(text, type.equals("_box") ? ';' : ',', SqlValues.MOST_ELEMENTS, element(type));
        JsonValue read = array.read();
        values.cutIf(array.isCut());
        return read;
    }

    private Function<String, JsonValue> element(String type) {
        return switch (type) {
            case "_int2", "_int4", "_int8", "_float4", "_float8", "_numeric" ->
                text -> NUMBER.matcher(text).matches() ? values.decimal(new BigDecimal(text)) : values.text(text);
            case "_bool" -> text -> text.equals("t") ? JsonValue.TRUE : JsonValue.FALSE;
            case "_timestamp", "_timestamptz" -> text -> values.text(IsoText.timestamp(text));
            case "_timetz" -> text -> values.text(OF_WHOLE_HOURS.matcher(text).find() ? text + ":00" : text);
            case "_bytea" -> this::bytes;
            default -> values::text;
        };
    }

    private JsonValue bytes(String text) {
        if (!text.startsWith("\\x")) {
            return Json.string(text);
        }
        byte[] bytes = HexFormat.of().parseHex(text, 2, text.length());
        return values.bytes(bytes, bytes.length);
    }

    /** The class of an array whose elements H2 returns without loss and without creating an object from them. */
    private static Class<?> h2Class(String type) {
        String base = type;
        int dimensions = 0;
        for (var array = H2_ARRAY.matcher(base); array.find(); array = H2_ARRAY.matcher(base)) {
            base = base.substring(0, array.start());
            dimensions++;
        }
        Class<?> of = h2Element(base);
        for (int i = 0; i < dimensions; i++) {
            of = of.arrayType();
        }
        return of;
    }

    private static Class<?> h2Element(String base) {
        boolean zoned = base.contains("with time zone");
        return switch (base.replaceAll("[ (].*", "")) {
            case "boolean" -> Boolean.class;
            case "tinyint", "smallint", "integer" -> Integer.class;
            case "bigint" -> Long.class;
            case "real" -> Float.class;
            case "double", "float" -> base.startsWith("float") ? BigDecimal.class : Double.class;
            case "numeric", "decimal", "decfloat" -> BigDecimal.class;
            case "binary" -> byte[].class;
            case "date" -> LocalDate.class;
            case "time" -> zoned ? OffsetTime.class : LocalTime.class;
            case "timestamp" -> zoned ? OffsetDateTime.class : LocalDateTime.class;
            default -> String.class;
        };
    }
}
