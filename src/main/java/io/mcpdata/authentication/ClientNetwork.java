package io.mcpdata.authentication;

import java.util.Locale;

/**
 * The unit that counts as one client: an IPv4 address, or an IPv6 network of 64 bits, because one host usually has all
 * of it.
 */
final class ClientNetwork {

    private static final int GROUPS = 4;

    private ClientNetwork() {}

    /** Addresses come from the server or were checked before; any other text is returned unchanged. */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        int zone = address.indexOf('%');
        String literal = (zone < 0 ? address : address.substring(0, zone)).toLowerCase(Locale.ROOT);
        int dot = literal.indexOf('.');
        if (dot >= 0) {
            // an IPv4-mapped IPv6 address
            return literal.substring(literal.lastIndexOf(':') + 1);
        }
        return prefix(literal);
    }

    private static String prefix(String literal) {
        int gap = literal.indexOf("::");
        String[] head = (gap < 0 ? literal : literal.substring(0, gap)).split(":");
        String[] tail = gap < 0 ? new String[0] : literal.substring(gap + 2).split(":");
        StringBuilder prefix = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            prefix.append(withoutZeros(group(head, tail, group))).append(':');
        }
        return prefix.append(":/64").toString();
    }

    private static String group(String[] head, String[] tail, int index) {
        if (index < head.length) {
            return head[index];
        }
        int fromTail = index - (2 * GROUPS - tail.length);
        return fromTail >= 0 ? tail[fromTail] : "0";
    }

    private static String withoutZeros(String group) {
        String bare = group.replaceFirst("^0+", "");
        return bare.isEmpty() ? "0" : bare;
    }
}
