package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One column of a result, with the kinds of its values. All numbers of a column have one JSON type: if a double cannot
 * represent one of them, all of them become text. Belongs to one result.
 */
final class SqlColumn {

    /** How many bytes a marked column adds to its JSON. */
    private static final int MARK = 20;

    private static final Pattern NUMBERS = Pattern.compile(
            "_(int[248]|float[48]|numeric)|(tinyint|smallint|integer|bigint|real|double precision|float|numeric|decimal"
                    + "|decfloat)\\b.*array.*");

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String name;
    private final String type;
    private final String lowerType;
    private final SqlForm form;
    private final Dialect dialect;
    private final boolean numeric;
    private long numbers;
    private boolean text;
    private long unreadable;

    private SqlColumn(String name, String type, SqlForm form, Dialect dialect) {
        this.name = name;
        this.type = type;
        this.lowerType = type.toLowerCase(Locale.ROOT);
        this.form = form;
        this.dialect = dialect;
        this.numeric = form == SqlForm.NUMBER
                || (form == SqlForm.ARRAY && NUMBERS.matcher(lowerType).matches());
    }

    static List<SqlColumn> all(ResultSetMetaData types, Dialect dialect) throws SQLException {
        List<SqlColumn> columns = new ArrayList<>();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            String type = types.getColumnTypeName(i);
            SqlForm form = SqlForm.of(types.getColumnType(i), type.toLowerCase(Locale.ROOT), dialect);
            columns.add(new SqlColumn(types.getColumnLabel(i), type, form, dialect));
        }
        return columns;
    }

    String name() {
        return name;
    }

    /** Whether the text is a number of this column that a double cannot hold, as JSON and CSV write it. */
    boolean isExactNumber(String text) {
        return form == SqlForm.NUMBER && JSON_NUMBER.matcher(text).matches();
    }

    SqlForm form() {
        return form;
    }

    Dialect dialect() {
        return dialect;
    }

    String lowerType() {
        return lowerType;
    }

    /** How many more bytes the value costs because of its effect on the other values of the column. */
    long costs(JsonValue value) {
        long mark = value == SqlValues.UNREADABLE && unreadable == 0 ? MARK : 0;
        if (!numeric) {
            return mark;
        }
        long quotes = text || hasText(value) ? 2 * numbersIn(value) : 0;
        return mark + quotes + (!text && hasText(value) ? MARK + 2 * numbers : 0);
    }

    void take(JsonValue value) {
        if (value == SqlValues.UNREADABLE) {
            unreadable++;
        } else if (numeric) {
            numbers += numbersIn(value);
            text |= hasText(value);
        }
    }

    /** The value as the result shows it, once all values of the column are known. */
    JsonValue shown(JsonValue value) {
        if (value == SqlValues.UNREADABLE) {
            return JsonValue.NULL;
        }
        return text ? asText(value) : value;
    }

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json = Json.object().add("name", name).add("type", type);
        if (text) {
            json.add("json", "string");
        }
        return unreadable == 0 ? json : json.add("unreadable", unreadable);
    }

    private static JsonValue asText(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Json.string(number.toString());
        }
        if (value instanceof JsonArray array) {
            var texts = Json.array();
            array.forEach(element -> texts.add(asText(element)));
            return texts.build();
        }
        return value;
    }

    private static boolean hasText(JsonValue value) {
        return value instanceof JsonArray array
                ? array.stream().anyMatch(SqlColumn::hasText)
                : value instanceof JsonString;
    }

    private static long numbersIn(JsonValue value) {
        return value instanceof JsonArray array
                ? array.stream().mapToLong(SqlColumn::numbersIn).sum()
                : value instanceof JsonNumber ? 1 : 0;
    }
}
