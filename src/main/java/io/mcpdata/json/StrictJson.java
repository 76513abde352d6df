package io.mcpdata.json;

import io.mcpdata.json.MalformedJsonException.Fault;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one JSON document from outside, event by event. A parser's own tree would keep the last of two members with one
 * name, where another system keeps the first (RFC 7515, section 4; RFC 7519, section 4). It would also nest as deep as
 * the text does, and expand an exponent to a million digits. Immutable and thread-safe.
 *
 * @param maxDepth deepest nesting of objects and arrays, the document itself counted
 */
public record StrictJson(int maxDepth) {

    /** Enough for every number that a client needs: doubles have at most 17 digits, and integers are decimals too. */
    private static final int LONGEST_NUMBER = 64;

    /** Digits of an exponent: enough for a double, too few for a slow conversion. */
    private static final int LONGEST_EXPONENT = 3;

    /**
     * @throws MalformedJsonException if these bytes are not UTF-8, not one JSON document, nested too deep, or have a
     *     member twice
     */
    public JsonValue read(byte[] utf8) {
        try (JsonParser parser = Json.parsers().createParser(new StringReader(decoded(utf8)))) {
            JsonValue value = value(parser, next(parser), 1);
            // reads up to the end of the text: anything after the document is an error
            if (parser.hasNext()) {
                throw malformed("there is something after the JSON document");
            }
            return value;
        } catch (JsonException e) {
            // the parser's message quotes the text, so it is not passed on
            throw malformed("the message is not valid JSON");
        }
    }

    private static String decoded(byte[] utf8) {
        try {
            // the charset's decoder reports malformed input; new String() would replace it silently
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the message is not valid UTF-8");
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
            throw new MalformedJsonException(
                    Fault.TOO_DEEP, "the message is nested deeper than the " + maxDepth + " levels allowed");
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
                throw MalformedJsonException.duplicate(name);
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
        if (text.length() > LONGEST_NUMBER || exponentDigits(text) > LONGEST_EXPONENT) {
            throw malformed("a number has more digits than the " + LONGEST_NUMBER + " allowed");
        }
        return Json.provider().createValue(new BigDecimal(text));
    }

    /** @param number as JSON writes it, for the parser has read it */
    private static int exponentDigits(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return 0;
        }
        char sign = number.charAt(e + 1);
        return number.length() - e - (sign == '+' || sign == '-' ? 2 : 1);
    }

    /** A single surrogate has no UTF-8 form, so it could not be sent back. */
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

    private static MalformedJsonException malformed(String message) {
        return new MalformedJsonException(Fault.SYNTAX, message);
    }
}
