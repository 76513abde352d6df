package io.mcpdata.config;

import java.util.regex.Pattern;

/**
 * The rule for the name of a role, the same in {@code platform.yaml}, in tokens, over REST and on the command line. A role
 * with a space at either end is refused, because it would match no persona and no message would say so.
 */
public final class RoleName {

    public static final String EXPECTED = "a role of 1 to 128 printable characters, no space at either end";

    private static final Pattern ROLE = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}]{0,126}[^\\p{C}\\p{Z}])?");

    private RoleName() {}

    /** Whether a persona could list it. */
    public static boolean isRole(String text) {
        return ROLE.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is none */
    public static String check(String text) {
        if (!isRole(text)) {
            throw new IllegalArgumentException("not a role");
        }
        return text;
    }
}
