package io.mcpdata.mcp.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one JSON document event by event, because a parser's own tree would take a member twice, nest as deep as it
 * likes and turn a million digits into a number, which costs seconds. Immutable and thread-safe.
 */
final class StrictJsonReader {

    /** Every number a client can mean: doubles need 17 digits, and integers are decimals too. */
    private static final int LONGEST_NUMBER = 64;

    /** An exponent of at most three digits: enough for a double, too small to blow up a conversion. */
    private static final Pattern SANE_EXPONENT = Pattern.compile("[^eE]*([eE][+-]?\\d{1,3})?");

    private final int maxDepth;

    StrictJsonReader(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** @throws ProtocolException ({@code PARSE_ERROR}) if the text is not one JSON document within the limits */
    JsonValue read(String text) {
        try (JsonParser parser = Json.parsers().createParser(new StringReader(text))) {
            JsonValue value = value(parser, next(parser), 1);
            // asks for the end of the text: anything behind the document is an error
            if (parser.hasNext()) {
                throw malformed("there is something behind the JSON document");
            }
            return value;
        } catch (JsonException e) {
            // its message quotes the text, so it goes no further
            throw malformed("the message is not valid JSON");
        }
    }

    private static Event next(JsonParser parser) {
        if (!parser.hasNext()) {
            throw malformed("the message is not valid JSON: it ends too early");
        }
        return parser.next();
    }

    private JsonValue value(JsonParser parser, Event event, int depth) {
        return switch (event) {
            case START_OBJECT -> object(parser, deeper(depth));
            case START_ARRAY -> array(parser, deeper(depth));
            case VALUE_STRING -> Json.provider().createValue(unicode(parser.getString()));
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> JsonValue.TRUE;
            case VALUE_FALSE -> JsonValue.FALSE;
            case VALUE_NULL -> JsonValue.NULL;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw malformed("the message is not valid JSON");
        };
    }

    private int deeper(int depth) {
        if (depth > maxDepth) {
            throw malformed("the message is nested deeper than the " + maxDepth + " levels allowed");
        }
        return depth + 1;
    }

    private JsonValue object(JsonParser parser, int depth) {
        JsonObjectBuilder object = Json.object();
        Set<String> names = new HashSet<>();
        for (Event event = next(parser); event != Event.END_OBJECT; event = next(parser)) {
            if (event != Event.KEY_NAME) {
                throw malformed("the message is not valid JSON");
            }
            String name = unicode(parser.getString());
            if (!names.add(name)) {
                throw malformed("a member of an object is given twice");
            }
            object.add(name, value(parser, next(parser), depth));
        }
        return object.build();
    }

    private JsonValue array(JsonParser parser, int depth) {
        JsonArrayBuilder array = Json.array();
        for (Event event = next(parser); event != Event.END_ARRAY; event = next(parser)) {
            array.add(value(parser, event, depth));
        }
        return array.build();
    }

    private static JsonValue number(String text) {
        if (text.length() > LONGEST_NUMBER || !SANE_EXPONENT.matcher(text).matches()) {
            throw malformed("a number has more digits than the " + LONGEST_NUMBER + " allowed");
        }
        return Json.provider().createValue(new BigDecimal(text));
    }

    /** Half a surrogate pair has no UTF-8 form: it could not even be sent back. */
    private static String unicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw malformed("a string holds half a surrogate pair");
            }
        }
        return text;
    }

    private static ProtocolException malformed(String message) {
        return new ProtocolException(ErrorCode.PARSE_ERROR, message);
    }
}
