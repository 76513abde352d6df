package io.mcpdata.config;

import java.util.regex.Pattern;

/** What may be a role: printable, and not padded, because a padded one would silently match nothing. */
final class RoleName {

    static final String EXPECTED = "a role of 1 to 128 printable characters, not padded";

    private static final Pattern ROLE = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}]{0,126}[^\\p{C}\\p{Z}])?");

    private RoleName() {}

    /** @throws IllegalArgumentException if it is none */
    static String check(String text) {
        if (!ROLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a role");
        }
        return text;
    }
}
