package io.mcpdata.http;

import io.mcpdata.config.NetworkRange;
import java.util.List;

/**
 * The client behind trusted proxies: from the right, the first address of {@code X-Forwarded-For} that is no trusted
 * proxy. What an untrusted peer writes into that header is never believed. Immutable.
 */
record ForwardedFor(List<NetworkRange> trusted) {

    String client(String peer, String forwardedFor) {
        String client = peer;
        String[] hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            String hop = hops[i].trim();
            if (!NetworkRange.isAddress(hop)) {
                break;
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
