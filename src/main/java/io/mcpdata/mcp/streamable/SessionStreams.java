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
    private final Map<String, EventLog> answers = new LinkedHashMap<>();

    /** What clients opened with {@code GET}, by the stream that each carries. */
    private final Map<EventLog, Carried> connections = new HashMap<>();

    private @Nullable CloseReason ending;
    private boolean ended;

    /** @param onEnd called once, when the session has ended and its connections are closed */
    SessionStreams(ReplayStore store, Clock clock, Consumer<CloseReason> onEnd) {
        this.store = store;
        this.clock = clock;
        this.onEnd = onEnd;
        this.messages = new EventLog(EventId.MESSAGES + RandomText.streamId(), store);
    }

    /** A new stream for the answer to one request. */
    EventLog answer() {
        EventLog answer = new EventLog(EventId.ANSWER + RandomText.streamId(), store);
        Optional<EventLog> forgotten;
        synchronized (this) {
            forgotten = answers.size() < MOST_ANSWERS
                    ? Optional.empty()
                    : Optional.ofNullable(
                            answers.remove(answers.keySet().iterator().next()));
            answers.put(answer.id(), answer);
        }
        forgotten.ifPresent(EventLog::forget);
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

    private record Carried(SseStream stream, EventLog.Reader reader) {}

    /**
     * This connection carries a stream from now on; it takes the place of an earlier one. Nothing happens if a later one
     * reads the stream already, or if the stream is complete.
     */
    void carry(SseStream connection, EventLog stream, EventLog.Reader reader) {
        @Nullable Carried before;
        boolean late;
        synchronized (this) {
            before = stream.isReadBy(reader) ? connections.put(stream, new Carried(connection, reader)) : null;
            late = ending != null;
        }
        if (before != null) {
            before.stream().close(CloseReason.REPLACED);
        }
        if (late) {
            connection.close(CloseReason.ENDED_BY_CLIENT);
        }
    }

    /** The connection is closed. */
    void closed(EventLog stream, EventLog.Reader reader) {
        synchronized (this) {
            @Nullable Carried carried = connections.get(stream);
            if (carried != null && carried.reader() == reader) {
                connections.remove(stream);
            }
        }
        finish();
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
        open().forEach(SseStream::sendHeartbeat);
    }

    @Override
    public Instant lastOffer() {
        return open().stream()
                .map(SseStream::lastOffer)
                .min(Comparator.naturalOrder())
                .orElseGet(clock::instant);
    }

    @Override
    public synchronized boolean isOpen() {
        return ending == null;
    }

    @Override
    public boolean isWanted() {
        return !open().isEmpty();
    }

    /** False: a session survives its connections, which are closed here. */
    @Override
    public boolean isLost() {
        open().stream().filter(SseStream::isLost).forEach(connection -> connection.close(CloseReason.CLIENT_GONE));
        return false;
    }

    /** False: a session survives its connections, which are closed here. */
    @Override
    public boolean isStuckFor(Duration patience) {
        open().stream()
                .filter(connection -> connection.isStuckFor(patience))
                .forEach(connection -> connection.close(CloseReason.SLOW_READER));
        return false;
    }

    @Override
    public void close(CloseReason reason) {
        if (begin(reason)) {
            open().forEach(connection -> connection.close(reason));
            finish();
        }
    }

    @Override
    public void endWith(Duration reconnectDelay, CloseReason reason) {
        if (begin(reason)) {
            open().forEach(connection -> connection.endWith(StreamEvent.comeBackIn(reconnectDelay), reason));
            finish();
        }
    }

    private synchronized boolean begin(CloseReason reason) {
        boolean first = ending == null;
        ending = first ? reason : ending;
        return first;
    }

    private void finish() {
        CloseReason reason;
        List<EventLog> all;
        synchronized (this) {
            if (ending == null || ended || !connections.isEmpty()) {
                return;
            }
            ended = true;
            reason = ending;
            all = List.copyOf(answers.values());
        }
        messages.forget();
        all.forEach(EventLog::forget);
        onEnd.accept(reason);
    }

    private synchronized List<SseStream> open() {
        return connections.values().stream()
                .map(Carried::stream)
                .filter(SseStream::isOpen)
                .toList();
    }
}
