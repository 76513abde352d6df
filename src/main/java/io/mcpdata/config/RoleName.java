package io.mcpdata.config;

import java.util.regex.Pattern;

/** What may be a role: printable, and not padded, because a padded one would silently match nothing. */
public final class RoleName {

    static final String EXPECTED = "a role of 1 to 128 printable characters, not padded";

    private static final Pattern ROLE = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}]{0,126}[^\\p{C}\\p{Z}])?");

    private RoleName() {}

    /** Whether a persona could list it. */
    public static boolean isRole(String text) {
        return ROLE.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is none */
    static String check(String text) {
        if (!isRole(text)) {
            throw new IllegalArgumentException("not a role");
        }
        return text;
    }
}
