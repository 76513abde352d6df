package io.mcpdata.authentication.jwt;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one part of a token. Two parsers that take different members of a doubled name would read two different tokens
 * (RFC 7515, section 4; RFC 7519, section 4), so a second member of a name refuses the token; so do bytes that are not
 * UTF-8, and nesting or numbers beyond what any token needs. Not thread-safe; made for one text.
 */
final class StrictJsonObject {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final JsonParserFactory PARSERS = JSON.createParserFactory(Map.of());

    private static final int DEEPEST = 8;
    private static final int LONGEST_NUMBER = 32;

    /** Larger exponents turn a short text into a number of a million digits. */
    private static final Pattern SANE_EXPONENT = Pattern.compile("[^eE]*([eE][+-]?\\d{1,2})?");

    private final JsonParser parser;

    private StrictJsonObject(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws MalformedTokenException if these bytes are not one JSON object within the limits */
    static JsonObject read(byte[] utf8) throws MalformedTokenException {
        try (JsonParser parser = PARSERS.createParser(new StringReader(decode(utf8)))) {
            StrictJsonObject reader = new StrictJsonObject(parser);
            if (reader.next() != Event.START_OBJECT) {
                throw malformed();
            }
            JsonObject object = reader.object(1);
            // asks for the end of the text: anything behind the object is an error
            if (parser.hasNext()) {
                throw malformed();
            }
            return object;
        } catch (JsonException e) {
            throw malformed();
        }
    }

    private static String decode(byte[] utf8) throws MalformedTokenException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private Event next() throws MalformedTokenException {
        if (!parser.hasNext()) {
            throw malformed();
        }
        return parser.next();
    }

    private JsonObject object(int depth) throws MalformedTokenException {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        Set<String> names = new HashSet<>();
        for (Event event = next(); event != Event.END_OBJECT; event = next()) {
            if (event != Event.KEY_NAME) {
                throw malformed();
            }
            String name = unicode(parser.getString());
            if (!names.add(name)) {
                throw new MalformedTokenException(Refusal.DUPLICATE_MEMBER);
            }
            object.add(name, value(next(), depth));
        }
        return object.build();
    }

    private JsonValue value(Event event, int depth) throws MalformedTokenException {
        return switch (event) {
            case START_OBJECT -> object(deeper(depth));
            case START_ARRAY -> array(deeper(depth));
            case VALUE_STRING -> JSON.createValue(unicode(parser.getString()));
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> JsonValue.TRUE;
            case VALUE_FALSE -> JsonValue.FALSE;
            case VALUE_NULL -> JsonValue.NULL;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw malformed();
        };
    }

    private JsonValue array(int depth) throws MalformedTokenException {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Event event = next(); event != Event.END_ARRAY; event = next()) {
            array.add(value(event, depth));
        }
        return array.build();
    }

    private static int deeper(int depth) throws MalformedTokenException {
        if (depth >= DEEPEST) {
            throw new MalformedTokenException(Refusal.TOO_DEEP);
        }
        return depth + 1;
    }

    private static JsonValue number(String text) throws MalformedTokenException {
        if (text.length() > LONGEST_NUMBER || !SANE_EXPONENT.matcher(text).matches()) {
            throw malformed();
        }
        return JSON.createValue(new BigDecimal(text));
    }

    /** Half a surrogate pair has no UTF-8 form: two systems would write it down differently. */
    private static String unicode(String text) throws MalformedTokenException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw malformed();
        }
        return text;
    }

    private static MalformedTokenException malformed() {
        return new MalformedTokenException(Refusal.MALFORMED);
    }
}
