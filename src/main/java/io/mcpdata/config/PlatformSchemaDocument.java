package io.mcpdata.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (2020-12) of {@code platform.yaml}, for editors. The reader itself checks more. */
public final class PlatformSchemaDocument {

    private static final String NAME = "platform.schema.json";

    private PlatformSchemaDocument() {}

    /** The document as it is shipped. */
    public static String text() {
        try (InputStream schema = PlatformSchemaDocument.class.getResourceAsStream(NAME)) {
            if (schema == null) {
                throw new IOException("the WAR lacks " + NAME);
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
