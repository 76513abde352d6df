package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One JSON object in each line. A number of a numeric column is a JSON number with all its digits, so that the column has
 * one type. A name that several columns have gets a number after it. Belongs to one export.
 */
final class JsonLine implements ExportLine {

    private final List<SqlColumn> columns;
    private final String[] keys;
    private final StringBuilder line = new StringBuilder();

    JsonLine(List<SqlColumn> columns) {
        this.columns = columns;
        this.keys = new String[columns.size()];
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < keys.length; i++) {
            String name = columns.get(i).name();
            String unique = name;
            for (int number = 2; !taken.add(unique); number++) {
                unique = name + "_" + number;
            }
            keys[i] = Json.string(unique) + ":";
        }
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public String of(JsonValue[] row) {
        line.setLength(0);
        line.append('{');
        for (int i = 0; i < row.length; i++) {
            line.append(i == 0 ? "" : ",").append(keys[i]);
            if (row[i] instanceof JsonString text && columns.get(i).isExactNumber(text.getString())) {
                line.append(text.getString());
            } else {
                line.append(row[i]);
            }
        }
        return line.append("}\n").toString();
    }
}
