package io.mcpdata.mcp.exchange;

import io.mcpdata.protocol.SubscriptionFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The resources whose updates one client wants to be told. Thread-safe. */
public final class ResourceSubscriptions {

    /** Subscriptions of one client. */
    public static final int MOST = SubscriptionFilter.MOST_RESOURCES;

    private final Set<String> uris = ConcurrentHashMap.newKeySet();

    /** False, and nothing is added, if the client has as many as it may. */
    public synchronized boolean add(String uri) {
        if (!uris.contains(uri) && uris.size() >= MOST) {
            return false;
        }
        uris.add(uri);
        return true;
    }

    public void remove(String uri) {
        uris.remove(uri);
    }

    public boolean contains(String uri) {
        return uris.contains(uri);
    }
}
