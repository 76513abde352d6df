package io.mcpdata.mcp.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions whose streams are open. Thread-safe. */
public final class McpSessions {

    private final Map<String, McpSession> byId = new ConcurrentHashMap<>();
    private final Map<String, Integer> streamsByCaller = new HashMap<>();

    /** False, and nothing is added, if the caller holds as many streams already. */
    public synchronized boolean add(McpSession session, int streamsPerCaller) {
        String identity = session.caller().identity();
        int open = streamsByCaller.getOrDefault(identity, 0);
        if (open >= streamsPerCaller) {
            return false;
        }
        streamsByCaller.put(identity, open + 1);
        byId.put(session.id(), session);
        return true;
    }

    /** The session with this id; empty if there is none or its stream is closed. */
    public Optional<McpSession> find(String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(session -> session.stream().isOpen());
    }

    /** The session with this id if it belongs to this caller; another caller's session is reported as absent. */
    public Optional<McpSession> find(String id, String identity) {
        return find(id).filter(session -> session.belongsTo(identity));
    }

    /** Removes the session; empty if it was removed before. */
    public synchronized Optional<McpSession> remove(String id) {
        Optional<McpSession> removed = Optional.ofNullable(byId.remove(id));
        removed.ifPresent(session -> streamsByCaller.computeIfPresent(
                session.caller().identity(), (identity, open) -> open > 1 ? open - 1 : null));
        return removed;
    }

    public Collection<McpSession> all() {
        return List.copyOf(byId.values());
    }

    public int openStreams() {
        return byId.size();
    }
}
