package io.mcpdata.stdio;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The platform as the bridge uses it: over {@code /mcp}, or over {@code /sse}. Connects again after each loss, and opens
 * the client's session again where the server has forgotten it. Confined to the bridge's thread.
 */
final class ServerSide implements PlatformStream.Listener, Delivery.Surroundings, StreamableDelivery.Surroundings {

    /** The loss of a connection that lasted this long resets the wait before the next attempt. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    /** The wait before another request for a stream that the server did not give. */
    private static final Duration WITHOUT_STREAM = Duration.ofSeconds(30);

    /** The rest of the bridge. */
    interface Surroundings {

        /** Messages may be sent from now on. */
        void connected();

        /** @param answersAreLost whether no request that was sent can get its answer any more */
        void disconnected(String why, boolean answersAreLost);

        void taken(RpcMessage message);

        void undeliverable(RpcMessage message, String why);

        void received(RpcMessage message);

        /** Tells the user. */
        void say(String line);

        /** When a message that is added now is given up. */
        Instant deadline();
    }

    private final BridgeTransport transport;
    private final PlatformHttp platform;
    private final BridgeTimes times;
    private final Clock clock;
    private final BridgeThread thread;
    private final Outbox outbox;
    private final Handshake handshake;
    private final Surroundings bridge;
    private final Delivery delivery;
    private final StreamableDelivery streamable;
    private final Backoff backoff = Backoff.standard();
    private @Nullable BridgeConnection connection;
    private Optional<String> lastEventId = Optional.empty();
    private boolean connectedBefore;

    /** What the two sides of the bridge share. */
    record Shared(BridgeThread thread, Outbox outbox, Handshake handshake, BridgeTimes times, Clock clock) {}

    ServerSide(BridgeTransport transport, PlatformHttp platform, Shared shared, Surroundings bridge) {
        this.transport = transport;
        this.platform = platform;
        this.times = shared.times();
        this.clock = shared.clock();
        this.thread = shared.thread();
        this.outbox = shared.outbox();
        this.handshake = shared.handshake();
        this.bridge = bridge;
        this.delivery = new Delivery(platform, outbox, thread, clock, this);
        this.streamable = new StreamableDelivery(platform, outbox, thread, clock, this);
    }

    void connect() {
        Instant now = clock.instant();
        connection = transport == BridgeTransport.SSE
                ? BridgeConnection.sse(platform.open(this), now)
                : BridgeConnection.streamable(platform.listen(streamable.session(), lastEventId, this), now);
    }

    @Override
    public boolean uses(BridgeConnection other) {
        return connection == other;
    }

    /** Runs the task unless the stream is no longer in use. */
    private void with(PlatformStream stream, Consumer<BridgeConnection> task) {
        thread.run(() -> {
            BridgeConnection current = connection;
            if (current != null && current.is(stream)) {
                task.accept(current);
            }
        });
    }

    @Override
    public void opened(PlatformStream stream, HttpHeaders headers) {
        with(stream, current -> {
            if (current.isStreamable()) {
                current.hears(true, clock.instant());
                readyOrOpening(current);
            }
        });
    }

    @Override
    public void line(PlatformStream stream, String line, Runnable handled) {
        with(stream, current -> {
            current.heard(clock.instant());
            current.events().line(line).ifPresent(event -> event(current, event));
            lastEventId = current.events().lastEventId().or(() -> lastEventId);
            handled.run();
        });
    }

    @Override
    public void refused(PlatformStream stream, PlatformHttp.Reply reply) {
        with(stream, current -> {
            if (reply.refusesTheKey()) {
                throw platform.keyRefused(reply);
            }
            if (!current.isStreamable() || !goesOnWithout(current, reply)) {
                String why = reply.problem().or("instead of an event stream; is this its base URL?");
                disconnected(platform.server() + ": " + reply.status() + " " + why, reply.retryAfter());
            }
        });
    }

    /** Whether the bridge can use the server although {@code /mcp} gave it no stream. */
    private boolean goesOnWithout(BridgeConnection current, PlatformHttp.Reply reply) {
        boolean inSession = streamable.session().isPresent();
        boolean unknown = reply.status() == 404;
        boolean tooMany = reply.status() == 429;
        if (unknown && inSession) {
            streamable.forgetSession();
            lastEventId = Optional.empty();
            connect();
        } else if (unknown && transport == BridgeTransport.AUTO) {
            connection = BridgeConnection.sse(platform.open(this), clock.instant());
        } else if (reply.status() == 400 && lastEventId.isPresent()) {
            // what followed this event is not kept any more
            lastEventId = Optional.empty();
            connect();
        } else if (tooMany && inSession) {
            readyOrOpening(current);
            thread.after(WITHOUT_STREAM, () -> listen(current));
        } else if (reply.status() / 100 == 4 && !unknown && !tooMany) {
            readyOrOpening(current);
        } else {
            return false;
        }
        return true;
    }

    /** Opens the stream of the session for what the server sends unasked. */
    private void listen(BridgeConnection current) {
        if (uses(current) && current.isStreamable() && !current.hears()) {
            streamable
                    .session()
                    .ifPresent(session -> current.listensTo(platform.listen(Optional.of(session), lastEventId, this)));
        }
    }

    @Override
    public void lost(PlatformStream stream, Optional<IOException> failure) {
        with(stream, current -> {
            if (!connectedBefore && failure.orElse(null) instanceof SSLException cause) {
                throw new CommandFailed(Unreachable.because(cause, platform.server()));
            }
            boolean opened = current.isStreamable() ? current.hears() : current.endpoint() != null;
            String why = failure.filter(cause -> !opened)
                    .map(cause -> Unreachable.because(cause, platform.server()))
                    .orElse(platform.server() + ": the server ended the connection");
            disconnected(why, Duration.ZERO);
        });
    }

    private void event(BridgeConnection current, EventStreamParser.Event event) {
        if (event.type().equals("endpoint") && !current.isStreamable() && current.endpoint() == null) {
            current.namesEndpoint(event.data());
            handshake.replay().ifPresentOrElse(opener -> delivery.open(current, opener), () -> ready(current));
        } else if (event.type().equals("message") && !event.data().isEmpty()) {
            RpcMessage.read(event.data())
                    .ifPresentOrElse(
                            this::received,
                            () -> bridge.say("the server sent something that is not JSON; it is left out"));
        }
    }

    private void readyOrOpening(BridgeConnection current) {
        if (!current.ready()) {
            Optional<RpcMessage> opener = streamable.session().isPresent() ? Optional.empty() : handshake.replay();
            opener.ifPresentOrElse(message -> streamable.open(message, bridge.deadline()), () -> ready(current));
        }
    }

    @Override
    public void received(RpcMessage message) {
        BridgeConnection current = connection;
        if (!handshake.isAnswerToReplay(message)) {
            bridge.received(message);
        } else if (current != null && message.json().has("result")) {
            current.openerAnswered();
            readyAgain(current);
        } else if (current != null) {
            disconnected(platform.server() + ": the server came back and refuses the session", Duration.ZERO);
        }
    }

    @Override
    public void openerTaken(BridgeConnection current) {
        current.openerTaken();
        readyAgain(current);
    }

    @Override
    public void openerTaken() {
        BridgeConnection current = connection;
        if (current != null) {
            openerTaken(current);
        }
    }

    private void readyAgain(BridgeConnection current) {
        if (!current.openedAgain()) {
            return;
        }
        handshake.closing().ifPresent(closing -> outbox.addFirst(closing, bridge.deadline()));
        ready(current);
        handshake.news().ifPresent(bridge::received);
    }

    private void ready(BridgeConnection current) {
        current.becomesReady();
        connectedBefore = true;
        bridge.connected();
    }

    @Override
    public void disconnected(String why, Duration asked) {
        BridgeConnection lost = connection;
        connection = null;
        if (lost == null) {
            return;
        }
        lost.close();
        if (lost.ready() && lost.olderThan(LONG_ENOUGH, clock.instant())) {
            backoff.reset();
        }
        Duration wished = lost.events().retry().orElse(Duration.ZERO);
        thread.after(backoff.next(asked.compareTo(wished) > 0 ? asked : wished), this::connect);
        // with /mcp, each request has a response of its own, which may still come, or fails by itself
        bridge.disconnected(why, !lost.isStreamable());
    }

    @Override
    public void deliver() {
        BridgeConnection current = connection;
        if (current != null && !current.isStreamable()) {
            delivery.next(current);
        } else if (current != null && current.ready()) {
            streamable.next();
        }
    }

    @Override
    public void taken(RpcMessage message) {
        handshake.taken(message);
        BridgeConnection current = connection;
        if (current != null && message.calls("notifications/initialized")) {
            listen(current);
        }
        bridge.taken(message);
    }

    @Override
    public void undeliverable(RpcMessage message, String why) {
        bridge.undeliverable(message, why);
    }

    /** Gives up a server that is silent. */
    void tick() {
        Instant now = clock.instant();
        streamable.endSilent(times.silence());
        BridgeConnection current = connection;
        if (current != null && current.silentFor(times.silence(), now)) {
            disconnected(platform.server() + ": the stream was silent for too long", Duration.ZERO);
        } else if (current != null && !current.ready() && current.olderThan(times.opening(), now)) {
            disconnected(platform.server() + ": no answer in time", Duration.ZERO);
        }
        deliver();
    }

    void leave() {
        BridgeConnection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
        streamable.close();
        streamable.session().ifPresent(platform::end);
        streamable.forgetSession();
    }
}
