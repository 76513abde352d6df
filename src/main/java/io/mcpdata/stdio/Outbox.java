package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages that the server has not accepted yet, in order, and the requests that still need a response.
 * Confined to one thread.
 */
final class Outbox {

    /** One message. */
    record Outgoing(RpcMessage message, Instant deadline) {}

    /**
     * A request that waited too long.
     *
     * @param why the server's reason for not accepting it; empty if the server was never asked
     */
    record Late(RpcMessage request, Optional<String> why) {}

    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Map<JsonElement, Outgoing> unanswered = new LinkedHashMap<>();
    private @Nullable Outgoing inFlight;
    private Optional<String> notTaken = Optional.empty();

    void add(RpcMessage message, Instant deadline) {
        if (message.calls("notifications/cancelled") && forget(message)) {
            return;
        }
        Outgoing outgoing = new Outgoing(message, deadline);
        waiting.add(outgoing);
        if (message.isRequest()) {
            unanswered.put(message.id(), outgoing);
        }
    }

    /** Sends this message before all others, and only once if it is already waiting. */
    void addFirst(RpcMessage message, Instant deadline) {
        waiting.removeIf(outgoing -> outgoing.message().equals(message));
        waiting.addFirst(new Outgoing(message, deadline));
    }

    /**
     * A cancelled request gets no response; true if the server never saw the request and so needs no cancellation
     * either.
     */
    private boolean forget(RpcMessage cancellation) {
        JsonElement id = JsonMembers.object(cancellation.json(), "params").get("requestId");
        Outgoing cancelled = id == null ? null : unanswered.remove(id);
        return cancelled != null && waiting.remove(cancelled);
    }

    /** The next message to send; none while one is being sent. */
    Optional<Outgoing> take() {
        if (inFlight != null) {
            return Optional.empty();
        }
        inFlight = waiting.poll();
        return Optional.ofNullable(inFlight);
    }

    /** The server has accepted the message that was being sent. */
    void sent() {
        inFlight = null;
        notTaken = Optional.empty();
    }

    /** The server did not accept the message that was being sent: it is the next one again. */
    void putBack() {
        if (inFlight != null) {
            waiting.addFirst(inFlight);
            inFlight = null;
        }
    }

    /** As {@link #putBack()}, for this reason. */
    void putBack(String why) {
        putBack();
        notTaken(why);
    }

    /** A message that was sent without waiting for the server is the next one again. */
    void putBack(Outgoing outgoing) {
        waiting.addFirst(outgoing);
    }

    /** Why the server does not accept the next message yet. */
    void notTaken(String why) {
        notTaken = Optional.of(why);
    }

    /** Whether the client waits for the response to this request. */
    boolean expectsAnswer(RpcMessage request) {
        return request.isRequest() && unanswered.containsKey(request.id());
    }

    /** True if the client still waits for this response. */
    boolean answered(JsonElement id) {
        return unanswered.remove(id) != null;
    }

    /**
     * After the connection was lost: returns the requests that were sent and will get no response. The message that
     * opens a session is sent again instead; responses to the lost server are dropped.
     */
    List<RpcMessage> connectionLost() {
        notTaken = Optional.empty();
        Outgoing interrupted = inFlight;
        inFlight = null;
        waiting.removeIf(outgoing -> outgoing.message().isResponse());
        if (interrupted != null && interrupted.message().calls("notifications/initialized")) {
            waiting.addFirst(interrupted);
        }
        List<RpcMessage> lost = new ArrayList<>();
        for (Outgoing outgoing : List.copyOf(unanswered.values())) {
            if (waiting.contains(outgoing)) {
                continue;
            }
            if (outgoing.message().calls("initialize")) {
                waiting.addFirst(outgoing);
            } else {
                unanswered.remove(outgoing.message().id());
                lost.add(outgoing.message());
            }
        }
        return lost;
    }

    /**
     * Returns the requests that waited too long and are not sent any more; other messages that waited too long are
     * dropped without a report.
     */
    List<Late> expired(Instant now) {
        List<Late> late = new ArrayList<>();
        waiting.removeIf(outgoing -> {
            boolean expired = now.isAfter(outgoing.deadline());
            if (expired && outgoing.message().isRequest()) {
                unanswered.remove(outgoing.message().id());
                late.add(new Late(outgoing.message(), notTaken));
            }
            return expired && !outgoing.message().calls("notifications/initialized");
        });
        return late;
    }

    /** Every request that still needs a response; the server will send none of them. */
    List<RpcMessage> abandon() {
        List<RpcMessage> all =
                unanswered.values().stream().map(Outgoing::message).toList();
        unanswered.clear();
        waiting.clear();
        return all;
    }

    /** Whether nothing needs to be sent or answered; a subscription is answered at its end only. */
    boolean isEmpty() {
        return waiting.isEmpty()
                && inFlight == null
                && unanswered.values().stream()
                        .allMatch(outgoing -> outgoing.message().calls("subscriptions/listen"));
    }
}
