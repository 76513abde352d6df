package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.KeyFormat;
import java.util.regex.Pattern;

/** Text that came from elsewhere, made fit for a terminal: nothing in it can move the cursor, and no key shows. */
final class Printable {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern KEY = Pattern.compile(Pattern.quote(KeyFormat.PREFIX) + "[A-Za-z0-9_-]+");

    private Printable() {}

    static String of(String text) {
        return CONTROL.matcher(KEY.matcher(text).replaceAll("[redacted]")).replaceAll("?");
    }
}
