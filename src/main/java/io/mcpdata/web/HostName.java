package io.mcpdata.web;

import io.mcpdata.config.NetworkRange;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name or address in an authority such as {@code host:port} or {@code [::1]:port}. */
final class HostName {

    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([0-9a-f:.%]+)]|([a-z0-9._-]+))(?::\\d{1,5})?");

    private HostName() {}

    /** Without port, brackets and a closing dot, in lower case; empty if the text is not an authority. */
    static String of(String authority) {
        Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return "";
        }
        String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    static boolean isAddress(String name) {
        return NetworkRange.isAddress(name);
    }

    static boolean isLoopback(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
