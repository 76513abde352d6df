package io.mcpdata.testing;

import java.util.Map;

/** Texts with names such as {@code ${port}} for values that are known only at run time. */
final class Placeholders {

    private Placeholders() {}

    static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
