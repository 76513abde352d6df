package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import io.mcpdata.stdio.Outbox.Outgoing;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts the client's messages to {@code /mcp} and handles the answer to each. Requests are posted without waiting for
 * the answers to earlier ones, except {@code initialize}; every other message is accepted before the next one is posted.
 * Confined to the bridge's thread.
 */
final class StreamableDelivery implements PostedMessage.Owner {

    /** The rest of the bridge. */
    interface Surroundings {

        /** The server has accepted a message of the client. */
        void taken(RpcMessage message);

        /** The server has accepted the message that opens the session again. */
        void openerTaken();

        /** A message of the server. */
        void received(RpcMessage message);

        void undeliverable(RpcMessage message, String why);

        /** More messages may be posted. */
        void deliver();

        /**
         * The server cannot be reached, or does not know the session any more.
         *
         * @param asked how long the server asks the client to wait
         */
        void disconnected(String why, Duration asked);
    }

    private final PlatformHttp platform;
    private final Outbox outbox;
    private final BridgeThread thread;
    private final Clock clock;
    private final Surroundings bridge;
    private final Backoff pauses = Backoff.standard();
    private final ToolHeaders toolHeaders = new ToolHeaders();
    private final Set<PostedMessage> open = new LinkedHashSet<>();
    private Optional<StreamableSession> session = Optional.empty();
    private Instant pausedUntil = Instant.MIN;

    StreamableDelivery(PlatformHttp platform, Outbox outbox, BridgeThread thread, Clock clock, Surroundings bridge) {
        this.platform = platform;
        this.outbox = outbox;
        this.thread = thread;
        this.clock = clock;
        this.bridge = bridge;
    }

    /** Empty until the client has initialized, and after the server has forgotten it. */
    Optional<StreamableSession> session() {
        return session;
    }

    void forgetSession() {
        session = Optional.empty();
    }

    /** Posts every message that may be posted now. */
    void next() {
        if (clock.instant().isBefore(pausedUntil)) {
            return;
        }
        Optional<Outgoing> outgoing = outbox.take();
        while (outgoing.isPresent()) {
            Outgoing taken = outgoing.get();
            boolean alone = !taken.message().isRequest() || taken.message().calls("initialize");
            boolean cancels = cancelsWithoutASession(taken.message());
            if (!alone || cancels) {
                outbox.sent();
            }
            if (!cancels) {
                post(taken, alone, false);
            }
            outgoing = outbox.take();
        }
    }

    /** Posts the message that opens the session again. It is not in the outbox, and it goes before all messages there. */
    void open(RpcMessage opener, Instant deadline) {
        post(new Outgoing(opener, deadline), false, true);
    }

    private void post(Outgoing outgoing, boolean alone, boolean opener) {
        boolean first = outgoing.message().calls("initialize");
        PostedMessage posted =
                new PostedMessage(outgoing, alone, opener, first ? Optional.empty() : session, thread, this);
        posted.heard(clock.instant());
        open.add(posted);
        posted.begin(platform, toolHeaders.of(outgoing.message()));
    }

    /** In revisions without sessions, a client cancels a request by closing its response. */
    private boolean cancelsWithoutASession(RpcMessage message) {
        if (!message.calls("notifications/cancelled")) {
            return false;
        }
        @Nullable JsonElement id = JsonMembers.object(message.json(), "params").get("requestId");
        Optional<PostedMessage> cancelled = open.stream()
                .filter(posted -> posted.isStateless() && posted.message().id().equals(id))
                .findFirst();
        cancelled.ifPresent(this::close);
        return cancelled.isPresent();
    }

    /** Gives up each response that was silent for longer; an open one has a comment every few seconds. */
    void endSilent(Duration limit) {
        for (PostedMessage posted : List.copyOf(open)) {
            if (posted.silentFor(limit, clock.instant())) {
                close(posted);
                ended(posted, Optional.of(new IOException("no answer in time")));
            }
        }
    }

    /** Closes every response. */
    void close() {
        List.copyOf(open).forEach(this::close);
    }

    private void close(PostedMessage posted) {
        open.remove(posted);
        posted.close();
    }

    @Override
    public boolean waitsFor(PostedMessage posted) {
        posted.heard(clock.instant());
        return open.contains(posted);
    }

    @Override
    public void accepted(PostedMessage posted) {
        pauses.reset();
        if (!posted.message().isRequest()) {
            release(posted);
        }
        if (posted.isOpener()) {
            bridge.openerTaken();
        } else {
            bridge.taken(posted.message());
        }
    }

    @Override
    public void received(PostedMessage posted, RpcMessage message) {
        posted.sessionOpenedBy(message).ifPresent(opened -> session = Optional.of(opened));
        if (posted.isAnsweredBy(message)) {
            toolHeaders.learn(posted.message(), message);
            release(posted);
        }
        bridge.received(message);
    }

    @Override
    public void refused(PostedMessage posted, PlatformHttp.Reply reply) {
        open.remove(posted);
        if (reply.refusesTheKey()) {
            throw platform.keyRefused(reply);
        }
        String why = platform.server() + ": " + reply.status() + " " + reply.reason();
        if (reply.status() == 404 || posted.isOpener()) {
            // the server no longer knows the session, or does not open it again
            if (posted.session().equals(session)) {
                forgetSession();
            }
            putBack(posted);
            bridge.disconnected(why, reply.retryAfter());
        } else if (reply.asksToWait()) {
            putBack(posted);
            outbox.notTaken(why);
            pausedUntil = clock.instant().plus(pauses.next(reply.retryAfter()));
        } else {
            undeliverable(posted, why);
        }
        bridge.deliver();
    }

    @Override
    public void ended(PostedMessage posted, Optional<IOException> failure) {
        open.remove(posted);
        if (!posted.isAccepted() || outbox.expectsAnswer(posted.message())) {
            String why = failure.map(cause -> Unreachable.because(cause, platform.server()))
                    .orElse(platform.server() + ": the server ended the response");
            if (failure.orElse(null) instanceof ConnectException || posted.mayBeRepeated()) {
                putBack(posted);
                bridge.disconnected(why, Duration.ZERO);
            } else {
                undeliverable(posted, why + "; whether the request was carried out is not known");
            }
        }
        bridge.deliver();
    }

    private void undeliverable(PostedMessage posted, String why) {
        release(posted);
        bridge.undeliverable(posted.message(), why);
    }

    private void release(PostedMessage posted) {
        if (posted.release()) {
            outbox.sent();
        }
    }

    private void putBack(PostedMessage posted) {
        if (posted.release()) {
            outbox.putBack();
        } else if (outbox.expectsAnswer(posted.message())) {
            outbox.putBack(posted.outgoing());
        }
    }
}
