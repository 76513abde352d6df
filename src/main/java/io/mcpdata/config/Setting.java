package io.mcpdata.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A text of the configuration and its source: a key of the file, or a property that is used where the file has no such
 * key. Lives while one file is read.
 *
 * @param key empty if the text is a property's
 * @param property empty if the text is the file's
 */
record Setting(Section section, String key, String property, String text) {

    /** Empty if neither has a text, or the file's text cannot be read, which is reported. */
    static Optional<Setting> of(
            Section section, String key, String property, Function<String, Optional<String>> properties) {
        return section.isGiven(key)
                ? section.text(key).map(text -> new Setting(section, key, "", text))
                : properties.apply(property).map(text -> new Setting(section, "", property, text));
    }

    /** Another text with the same source. */
    Setting saying(String other) {
        return new Setting(section, key, property, other);
    }

    void error(String found, String expected) {
        section.error(key, located(found), expected);
    }

    void warning(String found, String expected) {
        section.warning(key, located(found), expected);
    }

    private String located(String found) {
        return property.isEmpty() ? found : found + " in " + property;
    }
}
