package io.mcpdata.config;

import java.util.regex.Pattern;

/** The rule for the name of a persona, connection, prompt, argument of a prompt, or document. */
final class EntryName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private EntryName() {}

    /** Reports a key of this section that is no such name. */
    static void check(Section section, String name) {
        if (!NAME.matcher(name).matches()) {
            section.error(name, "a name that cannot be used", "1 to 64 letters, digits and _ . -");
        }
    }
}
