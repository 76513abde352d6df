package io.mcpdata.mcp.session;

import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.stream.CloseReason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions and streams. Thread-safe. */
public final class McpSessions {

    /** Streams and sessions of {@code /mcp} are counted apart. */
    private record Counted(String identity, boolean stream) {

        static Counted of(McpSession session) {
            return new Counted(session.caller().identity(), session.kind().isStream());
        }
    }

    private final Map<String, McpSession> byId = new ConcurrentHashMap<>();
    private final Map<Counted, Integer> counts = new HashMap<>();

    /** False, and nothing is added, if the caller has as many of this kind already. */
    public synchronized boolean add(McpSession session, int most) {
        Counted counted = Counted.of(session);
        int open = counts.getOrDefault(counted, 0);
        if (open >= most) {
            return false;
        }
        counts.put(counted, open + 1);
        byId.put(session.id(), session);
        return true;
    }

    /** The session of {@code /sse} with this id; empty if there is none or its stream is closed. */
    public Optional<McpSession> find(String id) {
        return find(Kind.SSE, id);
    }

    /** The session with this id if it belongs to this caller; another caller's session is reported as absent. */
    public Optional<McpSession> find(String id, String identity) {
        return find(id).filter(session -> session.belongsTo(identity));
    }

    /** The session of this kind with this id; empty if there is none or it has ended. */
    public Optional<McpSession> find(Kind kind, String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(session -> session.kind() == kind && session.stream().isOpen());
    }

    /** The same, for its caller only. */
    public Optional<McpSession> find(Kind kind, String id, String identity) {
        return find(kind, id).filter(session -> session.belongsTo(identity));
    }

    /**
     * The session of this kind that the caller has not used for the longest time, and in which no call runs; one whose
     * client listens only if there is no other.
     */
    public Optional<McpSession> leastRecentlyUsed(Kind kind, String identity) {
        return byId.values().stream()
                .filter(session -> session.kind() == kind && session.belongsTo(identity))
                .filter(session -> session.calls().isEmpty())
                .min(Comparator.comparing(
                                (McpSession session) -> session.stream().isWanted())
                        .thenComparing(McpSession::lastRequest));
    }

    /** Removes the session; empty if it was removed before. */
    public synchronized Optional<McpSession> remove(String id) {
        Optional<McpSession> removed = Optional.ofNullable(byId.remove(id));
        removed.ifPresent(
                session -> counts.computeIfPresent(Counted.of(session), (counted, open) -> open > 1 ? open - 1 : null));
        return removed;
    }

    public Collection<McpSession> all() {
        return List.copyOf(byId.values());
    }

    /** Every open session and stream, the newest first. */
    public List<OpenSession> shown() {
        return byId.values().stream()
                .filter(session -> session.stream().isOpen())
                .map(OpenSession::of)
                .sorted(Comparator.comparing(OpenSession::openedAt).reversed().thenComparing(OpenSession::id))
                .toList();
    }

    /**
     * Ends a session for an administrator. Its caller may open another one; a request of it gets the answer for an
     * unknown session.
     *
     * @param shownId {@link OpenSession#id}
     */
    public void endForAdministrator(String shownId) {
        byId.values().stream()
                .filter(session -> session.shownId().equals(shownId))
                .forEach(session -> session.stream().close(CloseReason.CLOSED_BY_ADMINISTRATOR));
    }

    /** How many are open of each kind, by the label of the kind. */
    Map<String, Integer> byKind() {
        Map<String, Integer> open = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            open.put(kind.label(), 0);
        }
        byId.values().forEach(session -> open.merge(session.kind().label(), 1, Integer::sum));
        return open;
    }

    /** How many sessions and streams are open. */
    public int open() {
        return byId.size();
    }
}
