package io.mcpdata.events;

import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.ConnectionStream;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The stream of one watcher. Its position is the number of the last row that it was given, or that its filter left out;
 * only rows after it are given, so no row is given twice. Thread-safe.
 */
final class EventStream implements ConnectionStream {

    /** Where the rows come from. */
    interface Source {

        /** The newest rows after this number; empty if they are not in memory. */
        Optional<RowPage> recent(long after, int most);

        /** Older rows, from the store. */
        RowPage stored(long after, int most);

        /** Lets a thread that may wait call {@link EventStream#replay()}; false if there is none now. */
        boolean replay(EventStream stream);
    }

    private final SseStream stream;
    private final StreamRoom room;
    private final AuditFilter filter;
    private final Source source;
    private long position;
    private long told;
    private boolean begun;
    private volatile boolean behind;
    private boolean replaying;

    /** @param position the number of the last row that the watcher has */
    EventStream(SseStream stream, StreamRoom room, AuditFilter filter, Source source, long position) {
        this.stream = stream;
        this.room = room;
        this.filter = filter;
        this.source = source;
        this.position = position;
        this.told = position;
    }

    /** Tells the watcher that it is connected, and from where; rows may follow. */
    synchronized void begin(long newest) {
        stream.begin(StreamEvent.of(
                "ready",
                Long.toString(position),
                Json.write(Json.object()
                        .add("after", position)
                        .add("newest", newest)
                        .build())));
        begun = true;
    }

    /** Tells the watcher that rows after its position were deleted before it read them. */
    synchronized void skipTo(long oldest) {
        stream.offer(StreamEvent.of(
                "gap",
                "",
                Json.write(Json.object()
                        .add("after", position)
                        .add("oldest", oldest)
                        .build())));
        position = oldest - 1;
    }

    /** Gives the watcher the rows that follow, as many as it has room for. Waits for nothing. */
    synchronized void advance() {
        while (begun && !replaying && stream.isOpen() && room.isFree()) {
            Optional<RowPage> next = source.recent(position, StreamRoom.ROWS);
            behind = next.isEmpty();
            if (behind) {
                replaying = source.replay(this);
                return;
            }
            if (!give(next.get()) || next.get().rows().isEmpty()) {
                return;
            }
        }
    }

    /** Asks for older rows again, if the store could not be read. Waits for nothing. */
    void retry() {
        if (behind) {
            advance();
        }
    }

    /** Gives the watcher older rows. The store may let this wait. */
    void replay() {
        long after;
        synchronized (this) {
            after = position;
        }
        try {
            // only this method moves the position while it runs
            RowPage page = source.stored(after, StreamRoom.ROWS);
            synchronized (this) {
                give(page);
            }
        } finally {
            synchronized (this) {
                replaying = false;
            }
        }
        advance();
    }

    /** False if the stream takes no more rows. */
    private boolean give(RowPage page) {
        List<RowEvent> wanted =
                page.rows().stream().filter(row -> filter.matches(row.row())).toList();
        if (!wanted.isEmpty()) {
            if (!stream.offerAll(wanted.stream().map(RowEvent::event).toList())) {
                return false;
            }
            told = wanted.get(wanted.size() - 1).id();
        }
        position = page.end();
        return true;
    }

    /** A watcher whose filter left out rows learns how far it is, so that it does not resume before them. */
    @Override
    public synchronized void sendHeartbeat() {
        if (position == told) {
            stream.sendHeartbeat();
            return;
        }
        told = position;
        String number = Long.toString(position);
        stream.offer(StreamEvent.of("position", number, "{\"after\":" + number + "}"));
    }

    @Override
    public SseStream connection() {
        return stream;
    }

    @Override
    public void send(String message) {
        throw new UnsupportedOperationException("a stream of events carries no MCP messages");
    }

    @Override
    public void notify(String method) {
        throw new UnsupportedOperationException("a stream of events carries no MCP messages");
    }

    @Override
    public void endWith(Duration reconnectDelay, CloseReason reason) {
        stream.endWith(reconnectDelay, reason);
    }
}
