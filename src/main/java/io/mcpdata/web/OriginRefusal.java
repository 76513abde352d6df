package io.mcpdata.web;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the sender of a refused {@code Origin} is told: which one it was, so that an operator can list it. */
final class OriginRefusal {

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int LONGEST = 128;

    private OriginRefusal() {}

    static String of(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.equals("null") || lower.startsWith("file:")) {
            return "The Origin " + shown(origin)
                    + " cannot be allowed, because every local file and every sandboxed page"
                    + " can send it. Serve the page by HTTP, or use a client that sends no Origin.";
        }
        return "The Origin " + shown(origin) + " is not in server.allowed_origins.";
    }

    private static String shown(String origin) {
        String plain = UNPRINTABLE.matcher(origin).replaceAll("?");
        return '"' + (plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...") + '"';
    }
}
