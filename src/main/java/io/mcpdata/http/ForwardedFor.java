package io.mcpdata.http;

import io.mcpdata.config.NetworkRange;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client behind trusted proxies: from the right, the first address of {@code X-Forwarded-For} that is not a trusted
 * proxy. The header of an untrusted peer is ignored. Immutable.
 */
record ForwardedFor(List<NetworkRange> trusted) {

    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d{1,5})?");
    private static final Pattern PORTED = Pattern.compile("([0-9.]+):\\d{1,5}");

    String client(String peer, String forwardedFor) {
        String client = peer;
        String[] hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            String hop = withoutPort(hops[i].trim());
            if (!NetworkRange.isAddress(hop)) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** Some proxies add the port: {@code 192.0.2.7:4711}, {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        Matcher bracketed = BRACKETED.matcher(hop);
        if (bracketed.matches()) {
            return bracketed.group(1);
        }
        Matcher ported = PORTED.matcher(hop);
        return ported.matches() ? ported.group(1) : hop;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
