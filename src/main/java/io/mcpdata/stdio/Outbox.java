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
 * What the client said and the server has not taken yet, in order, and the requests that still need an answer. Confined
 * to one thread.
 */
final class Outbox {

    /** One message. */
    record Outgoing(RpcMessage message, Instant deadline) {}

    /**
     * A request that waited too long.
     *
     * @param why what the server said when it would not take it; empty if it was not even asked
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

    /** Sends this before everything else, and once, should it be waiting already. */
    void addFirst(RpcMessage message, Instant deadline) {
        waiting.removeIf(outgoing -> outgoing.message().equals(message));
        waiting.addFirst(new Outgoing(message, deadline));
    }

    /** A cancelled request gets no answer; true if the server never saw it, so that it need not hear of this either. */
    private boolean forget(RpcMessage cancellation) {
        JsonElement id = JsonMembers.object(cancellation.json(), "params").get("requestId");
        Outgoing cancelled = id == null ? null : unanswered.remove(id);
        return cancelled != null && waiting.remove(cancelled);
    }

    /** The next message to send; none while one is under way. */
    Optional<Outgoing> take() {
        if (inFlight != null) {
            return Optional.empty();
        }
        inFlight = waiting.poll();
        return Optional.ofNullable(inFlight);
    }

    /** The message under way needs no more sending. */
    void sent() {
        inFlight = null;
        notTaken = Optional.empty();
    }

    /** The message under way was not taken: it is the next again. */
    void putBack() {
        if (inFlight != null) {
            waiting.addFirst(inFlight);
            inFlight = null;
        }
    }

    /** As {@link #putBack()}, for this reason. */
    void putBack(String why) {
        putBack();
        notTaken = Optional.of(why);
    }

    /** True if somebody still waits for this answer. */
    boolean answered(JsonElement id) {
        return unanswered.remove(id) != null;
    }

    /**
     * After the connection was lost: gives the requests that were sent and will not be answered. What opens a session is
     * sent again instead; answers to a server that is gone are dropped.
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

    /** Gives the requests that waited too long and are not sent any more; what else waited too long goes silently. */
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

    /** Every request that still needs an answer, none of which it will get from the server. */
    List<RpcMessage> abandon() {
        List<RpcMessage> all =
                unanswered.values().stream().map(Outgoing::message).toList();
        unanswered.clear();
        waiting.clear();
        return all;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && inFlight == null && unanswered.isEmpty();
    }
}
