package io.mcpdata.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A text of the configuration together with where it stands: under a key of the file, or in a property that speaks where
 * the file is silent. Lives while one file is read.
 *
 * @param key empty if the text is a property's
 * @param property empty if the text is the file's
 */
record Setting(Section section, String key, String property, String text) {

    /** Empty if neither says anything, or what the file says cannot be read, which is reported. */
    static Optional<Setting> of(
            Section section, String key, String property, Function<String, Optional<String>> properties) {
        return section.isGiven(key)
                ? section.text(key).map(text -> new Setting(section, key, "", text))
                : properties.apply(property).map(text -> new Setting(section, "", property, text));
    }

    /** The same place with another text. */
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
