package io.mcpdata.stdio;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Posts the client's messages one after the other, so that they arrive in order, and handles the server's reply to
 * each. Confined to the bridge's thread.
 */
final class Delivery {

    /** The rest of the bridge. */
    interface Surroundings {

        /** Whether this connection is still the one in use. */
        boolean uses(BridgeConnection connection);

        void taken(RpcMessage message);

        /** The server has accepted the message that opens the session again. */
        void openerTaken(BridgeConnection connection);

        void undeliverable(RpcMessage message, String why);

        /**
         * Closes the connection.
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
    private Instant pausedUntil = Instant.MIN;

    Delivery(PlatformHttp platform, Outbox outbox, BridgeThread thread, Clock clock, Surroundings bridge) {
        this.platform = platform;
        this.outbox = outbox;
        this.thread = thread;
        this.clock = clock;
        this.bridge = bridge;
    }

    /** Posts the next message unless the connection or another message prevents it. */
    void next(BridgeConnection connection) {
        if (connection.ready() && !clock.instant().isBefore(pausedUntil)) {
            outbox.take()
                    .ifPresent(outgoing -> post(connection, outgoing.message(), () -> {
                        outbox.sent();
                        bridge.taken(outgoing.message());
                    }));
        }
    }

    /**
     * Posts the message that opens the session again. It is not in the outbox, and it goes before all messages there.
     */
    void open(BridgeConnection connection, RpcMessage opener) {
        post(connection, opener, () -> bridge.openerTaken(connection));
    }

    private void post(BridgeConnection connection, RpcMessage message, Runnable taken) {
        URI endpoint = connection.endpoint();
        if (endpoint != null) {
            CompletableFuture<PlatformHttp.Reply> unused = platform.post(endpoint, message)
                    .whenComplete(
                            (reply, failure) -> thread.run(() -> posted(connection, message, reply, failure, taken)));
        }
    }

    private void posted(
            BridgeConnection used,
            RpcMessage message,
            PlatformHttp.@Nullable Reply reply,
            @Nullable Throwable failure,
            Runnable taken) {
        if (!bridge.uses(used)) {
            return;
        }
        if (reply == null) {
            notPosted(used, message, PlatformHttp.cause(failure == null ? new IOException("no reply") : failure));
        } else if (reply.accepted()) {
            pauses.reset();
            taken.run();
        } else {
            refused(used, message, reply);
        }
        if (bridge.uses(used)) {
            next(used);
        }
    }

    private void notPosted(BridgeConnection used, RpcMessage message, IOException cause) {
        String why = Unreachable.because(cause, platform.server());
        if (cause instanceof ConnectException || !used.ready()) {
            outbox.putBack();
            bridge.disconnected(why, Duration.ZERO);
        } else {
            outbox.sent();
            bridge.undeliverable(message, why + "; whether the request was carried out is not known");
        }
    }

    private void refused(BridgeConnection used, RpcMessage message, PlatformHttp.Reply reply) {
        if (reply.refusesTheKey()) {
            throw platform.keyRefused(reply);
        }
        String why = platform.server() + ": " + reply.status() + " "
                + reply.problem().or("the server does not take the message");
        if (reply.status() == 404 || !used.ready()) {
            // the server no longer knows the session, or the session could not be opened again
            outbox.putBack();
            bridge.disconnected(why, reply.retryAfter());
        } else if (reply.asksToWait()) {
            outbox.putBack(why);
            pausedUntil = clock.instant().plus(pauses.next(reply.retryAfter()));
        } else {
            outbox.sent();
            bridge.undeliverable(message, why);
        }
    }
}
