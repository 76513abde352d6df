package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.KeyFormat;
import java.util.regex.Pattern;

/** Makes foreign text safe for a terminal: it cannot move the cursor, and it shows no key. */
final class Printable {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern KEY = Pattern.compile(Pattern.quote(KeyFormat.PREFIX) + "[A-Za-z0-9_-]+");

    private Printable() {}

    static String of(String text) {
        return CONTROL.matcher(KEY.matcher(text).replaceAll("[redacted]")).replaceAll("?");
    }
}
