package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.stream.ClientStream;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.JsonRpc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one session of {@code /mcp}: one for messages of the server, which a client opens with {@code GET},
 * and one for each request whose answer is a stream. The session lives without any of them. Thread-safe.
 */
final class SessionStreams implements ClientStream {

    /** Streams of answers that a client can resume; the oldest is forgotten first. */
    private static final int MOST_ANSWERS = 64;

    private final ReplayStore store;
    private final Clock clock;
    private final Consumer<CloseReason> onEnd;
    private final EventLog messages;
    private final Map<String, EventLog> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventLog> eldest) {
            return size() > MOST_ANSWERS;
        }
    };

    /** The connections that clients opened with {@code GET}, by the stream that each carries. */
    private final Map<EventLog, SseStream> open = new HashMap<>();

    private boolean ended;

    /** @param onEnd called once, when the session ends */
    SessionStreams(ReplayStore store, Clock clock, Consumer<CloseReason> onEnd) {
        this.store = store;
        this.clock = clock;
        this.onEnd = onEnd;
        this.messages = new EventLog(RandomText.streamId(), store);
    }

    /** A new stream for the answer to one request. */
    synchronized EventLog answer() {
        EventLog answer = new EventLog(RandomText.streamId(), store);
        answers.put(answer.id(), answer);
        return answer;
    }

    /** The stream for messages of the server. */
    EventLog messages() {
        return messages;
    }

    /** The stream that sent this event; empty if it is not of this session, or forgotten. */
    synchronized Optional<EventLog> of(EventId event) {
        return event.log().equals(messages.id())
                ? Optional.of(messages)
                : Optional.ofNullable(answers.get(event.log()));
    }

    /** This connection carries a stream from now on; it takes the place of an earlier one. */
    void carry(SseStream connection, EventLog stream) {
        @Nullable SseStream before;
        boolean late;
        synchronized (this) {
            open.values().removeIf(other -> !other.isOpen());
            before = open.put(stream, connection);
            late = ended;
        }
        if (before != null) {
            before.close(CloseReason.REPLACED);
        }
        if (late) {
            connection.close(CloseReason.ENDED_BY_CLIENT);
        }
    }

    @Override
    public void send(String message) {
        messages.send(message);
    }

    @Override
    public void notify(String method) {
        send(JsonRpc.notification(method));
    }

    @Override
    public void sendHeartbeat() {
        carriers().forEach(SseStream::sendHeartbeat);
    }

    @Override
    public Instant lastOffer() {
        return carriers().stream()
                .map(SseStream::lastOffer)
                .min(Comparator.naturalOrder())
                .orElseGet(clock::instant);
    }

    @Override
    public synchronized boolean isOpen() {
        return !ended;
    }

    /** False: a session survives its connection, which is closed here. */
    @Override
    public boolean isLost() {
        carriers().stream().filter(SseStream::isLost).forEach(stream -> stream.close(CloseReason.CLIENT_GONE));
        return false;
    }

    /** False: a session survives its connection, which is closed here. */
    @Override
    public boolean isStuckFor(Duration patience) {
        carriers().stream()
                .filter(stream -> stream.isStuckFor(patience))
                .forEach(stream -> stream.close(CloseReason.SLOW_READER));
        return false;
    }

    @Override
    public void close(CloseReason reason) {
        if (end()) {
            carriers().forEach(stream -> stream.close(reason));
            onEnd.accept(reason);
        }
    }

    @Override
    public void endWith(Duration reconnectDelay, CloseReason reason) {
        if (end()) {
            carriers().forEach(stream -> stream.endWith(StreamEvent.comeBackIn(reconnectDelay), reason));
            onEnd.accept(reason);
        }
    }

    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private synchronized List<SseStream> carriers() {
        return open.values().stream().filter(SseStream::isOpen).toList();
    }
}
