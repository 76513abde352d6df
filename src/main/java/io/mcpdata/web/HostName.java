package io.mcpdata.web;

import java.util.Locale;

/** The name or address in an authority such as {@code host:port} or {@code [::1]:port}. */
final class HostName {

    private HostName() {}

    /** Without port, brackets and a closing dot, in lower case. */
    static String of(String authority) {
        String name = authority.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            int end = name.indexOf(']');
            return end < 0 ? name : name.substring(1, end);
        }
        int colon = name.indexOf(':');
        String host = colon < 0 ? name : name.substring(0, colon);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    static boolean isAddress(String name) {
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}") || name.matches("[0-9a-f:.%]*:[0-9a-f:.%]*");
    }

    static boolean isLoopback(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
