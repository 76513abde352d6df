package io.mcpdata.toolkit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that the WAR contains beside the classes of this package. */
final class ShippedText {

    private ShippedText() {}

    /**
     * @param name of the file, relative to this package
     * @throws IllegalStateException if the file is missing in the WAR: the deployment must fail then
     */
    static String of(String name) {
        try (InputStream text = ShippedText.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("the WAR lacks " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
