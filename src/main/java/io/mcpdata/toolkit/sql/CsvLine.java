package io.mcpdata.toolkit.sql;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * RFC 4180 in UTF-8, with the names of the columns in the first line. NULL is an empty field, and an empty text two quotes.
 * A spreadsheet would execute a text that begins like a formula: it gets an apostrophe before it. Belongs to one export.
 */
final class CsvLine implements ExportLine {

    private static final String FORMULA = "=+-@\t\r";

    private final List<SqlColumn> columns;
    private final StringBuilder line = new StringBuilder();

    CsvLine(List<SqlColumn> columns) {
        this.columns = columns;
    }

    @Override
    public String head() {
        line.setLength(0);
        for (int i = 0; i < columns.size(); i++) {
            line.append(i == 0 ? "" : ",");
            text(columns.get(i).name());
        }
        return line.append("\r\n").toString();
    }

    @Override
    public String of(JsonValue[] row) {
        line.setLength(0);
        for (int i = 0; i < row.length; i++) {
            line.append(i == 0 ? "" : ",");
            if (row[i] == JsonValue.NULL) {
                // a line of its own would be empty, which readers take for no row
                line.append(row.length == 1 ? "\"\"" : "");
            } else if (row[i] instanceof JsonString text) {
                value(text.getString(), columns.get(i));
            } else if (row[i] instanceof JsonNumber number) {
                line.append(number);
            } else {
                text(row[i].toString());
            }
        }
        return line.append("\r\n").toString();
    }

    private void value(String text, SqlColumn column) {
        if (column.isExactNumber(text)) {
            line.append(text);
        } else if (text.isEmpty()) {
            line.append("\"\"");
        } else {
            text(text);
        }
    }

    private void text(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        boolean quoted = formula || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        if (!quoted) {
            line.append(text);
            return;
        }
        line.append('"').append(formula ? "'" : "");
        line.append(text.replace("\"", "\"\"")).append('"');
    }
}
