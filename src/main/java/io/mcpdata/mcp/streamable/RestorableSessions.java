package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.session.SessionIds;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions of an earlier start of the server can be restored: each at most once, so that a session that ended stays
 * ended. Thread-safe.
 */
final class RestorableSessions {

    /** Ended sessions that are remembered; the oldest is forgotten first. */
    private static final int MOST_ENDED = 10_000;

    private static final int LOCKS = 64;

    private final SessionIds ids;
    private final Set<String> ended =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST_ENDED;
                }
            }));
    private final Object[] locks = new Object[LOCKS];

    RestorableSessions(SessionIds ids) {
        this.ids = ids;
        Arrays.setAll(locks, number -> new Object());
    }

    SessionIds ids() {
        return ids;
    }

    /** What the session's client initialized it with; empty if this caller can restore no session with this id. */
    Optional<Initialization> find(String id, String identity) {
        return ids.ofEarlierStart(id, identity).filter(client -> !ended.contains(id));
    }

    /** The session of this id is not restored again. */
    void ended(String id) {
        ended.add(id);
    }

    /** Held while the session is restored: several requests of its client may come at once. */
    Object lock(String id) {
        return locks[Math.floorMod(id.hashCode(), LOCKS)];
    }
}
