package io.mcpdata.config;

import java.util.regex.Pattern;

/** The rule for the name of an API key, the same in {@code platform.yaml}, over REST and on the command line. */
public final class KeyName {

    public static final String EXPECTED = "1 to 128 printable ASCII characters, no space at either end";

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");

    private KeyName() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is none */
    public static String check(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name");
        }
        return text;
    }
}
