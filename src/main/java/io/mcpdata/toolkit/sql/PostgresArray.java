package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.util.function.Function;

/**
 * Reads an array from PostgreSQL's text. The driver cannot read arrays with values that have no Java type, such as
 * infinity or a decimal that is not a number, and it converts times to the server's zone. Belongs to one value.
 */
final class PostgresArray {

    private final String text;
    private final char delimiter;
    private final int most;
    private final Function<String, JsonValue> element;
    private int at;
    private int count;

    /**
     * @param delimiter the character between elements: a comma, except for boxes
     * @param most how many elements are read
     */
    PostgresArray(String text, char delimiter, int most, Function<String, JsonValue> element) {
        this.text = text;
        this.delimiter = delimiter;
        this.most = most;
        this.element = element;
    }

    /** Whether there were more elements than were read. */
    boolean isCut() {
        return count > most;
    }

    /** @throws IllegalArgumentException if the text is not an array */
    JsonArray read() {
        // bounds that do not begin with 1 precede the array
        at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
        JsonArray array = array();
        if (at != text.length()) {
            throw malformed();
        }
        return array;
    }

    private JsonArray array() {
        JsonArrayBuilder array = Json.array();
        expect('{');
        while (peek() != '}') {
            if (peek() == '{') {
                array.add(array());
            } else {
                JsonValue value = peek() == '"' ? element.apply(quoted()) : bare();
                if (++count <= most) {
                    array.add(value);
                }
            }
            if (peek() == delimiter) {
                at++;
            }
        }
        expect('}');
        return array.build();
    }

    private JsonValue bare() {
        int from = at;
        while (peek() != delimiter && peek() != '}') {
            at++;
        }
        if (from == at) {
            throw malformed();
        }
        String value = text.substring(from, at);
        return value.equals("NULL") ? JsonValue.NULL : element.apply(value);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; peek() != '"'; at++) {
            if (peek() == '\\') {
                at++;
            }
            value.append(peek());
        }
        at++;
        return value.toString();
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not the text of an array");
    }
}
