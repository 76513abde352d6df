package io.mcpdata.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.io.Writer;
import java.util.Map;

/**
 * The JSON factories, looked up once: every static {@code jakarta.json.Json.create...} call looks up its provider
 * again, which costs more than the parsing. Thread-safe.
 */
public final class Json {

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
    private static final JsonWriterFactory WRITERS = PROVIDER.createWriterFactory(Map.of());
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

    private Json() {}

    public static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    public static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    /** An array of these texts. */
    public static JsonArrayBuilder strings(Iterable<String> texts) {
        JsonArrayBuilder array = array();
        texts.forEach(array::add);
        return array;
    }

    public static JsonString string(String text) {
        return PROVIDER.createValue(text);
    }

    public static JsonProvider provider() {
        return PROVIDER;
    }

    static JsonParserFactory parsers() {
        return PARSERS;
    }

    /**
     * Reads a document of the platform, such as a tool's schema; documents from clients go through {@link StrictJson}.
     */
    public static JsonObject readObject(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The value as compact JSON text. */
    public static String write(JsonValue value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    /** Appends the value as compact JSON text. */
    public static void append(JsonValue value, StringBuilder text) {
        try (JsonWriter writer = WRITERS.createWriter(new Appending(text))) {
            writer.write(value);
        }
    }

    /** Without the lock and the copy of a {@link java.io.StringWriter}. */
    private static final class Appending extends Writer {

        private final StringBuilder text;

        Appending(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void write(char[] from, int offset, int length) {
            text.append(from, offset, length);
        }

        @Override
        public void write(String from, int offset, int length) {
            text.append(from, offset, offset + length);
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
