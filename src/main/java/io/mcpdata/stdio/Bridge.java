package io.mcpdata.stdio;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between a client on standard input and output and the platform, and hides a restart of the platform
 * from the client. Everything runs on one thread, in the order of arrival.
 */
final class Bridge implements PlatformStream.Listener, Delivery.Surroundings {

    private static final Duration TICK = Duration.ofMillis(200);
    /** The loss of a connection that lasted this long resets the wait before the next attempt. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private final PlatformHttp platform;
    private final ClientSide client;
    private final BridgeTimes times;
    private final Clock clock;
    private final BridgeThread thread = new BridgeThread(this::failing);
    private final Outbox outbox = new Outbox();
    private final Handshake handshake = new Handshake();
    private final Backoff backoff = Backoff.standard();
    private final Delivery delivery;
    private @Nullable BridgeConnection connection;
    private boolean connectedBefore;
    private boolean failedBefore;
    private String trouble;
    private Optional<Instant> inputEnded = Optional.empty();

    Bridge(PlatformHttp platform, ClientSide client, BridgeTimes times, Clock clock) {
        this.platform = platform;
        this.client = client;
        this.times = times;
        this.clock = clock;
        this.delivery = new Delivery(platform, outbox, thread, clock, this);
        this.trouble = platform.server() + ": not reached yet";
    }

    /**
     * Runs until the client has closed its input and has its responses.
     *
     * @return 0, or 1 if the server was never reached
     * @throws CommandFailed if the key is refused, or another error makes a retry useless
     */
    int run() {
        thread.run(this::connect);
        client.read(line -> thread.run(() -> fromClient(line)), () -> thread.run(this::inputEnded));
        thread.every(TICK, this::tick);
        return thread.await();
    }

    // the client's side

    private void fromClient(String line) {
        Optional<RpcMessage> read = RpcMessage.read(line);
        if (read.isEmpty()) {
            toClient(RpcMessage.error(null, RpcMessage.PARSE_ERROR, "expected one JSON object a line"));
            return;
        }
        RpcMessage message = read.get();
        if (!message.isRequest() && !message.isNotification() && !message.isResponse()) {
            toClient(RpcMessage.error(null, RpcMessage.INVALID_REQUEST, "expected a method, or an id and a result"));
            return;
        }
        handshake.sending(message);
        outbox.add(message, deadline());
        deliver();
    }

    private Instant deadline() {
        return clock.instant().plus(times.request());
    }

    private void toClient(RpcMessage message) {
        if (!client.write(message)) {
            end();
        }
    }

    private void answerForServer(RpcMessage request, String why) {
        toClient(RpcMessage.error(request.id(), RpcMessage.NO_ANSWER, Printable.of(why)));
    }

    private void inputEnded() {
        inputEnded = Optional.of(clock.instant());
        endIfDone();
    }

    private void endIfDone() {
        // a client that sends nothing still needs to know whether the key is valid
        if (inputEnded.isPresent() && outbox.isEmpty() && (connectedBefore || failedBefore)) {
            end();
        }
    }

    // the server's side

    private void connect() {
        connection = new BridgeConnection(platform.open(this), clock.instant());
    }

    @Override
    public boolean uses(BridgeConnection other) {
        return connection == other;
    }

    /** Runs the task unless the stream is no longer in use. */
    private void with(PlatformStream stream, Runnable task) {
        thread.run(() -> {
            if (connection != null && connection.is(stream)) {
                task.run();
            }
        });
    }

    @Override
    public void line(PlatformStream stream, String line, Runnable handled) {
        with(stream, () -> {
            BridgeConnection current = connection;
            if (current != null) {
                current.heard(clock.instant());
                current.events().line(line).ifPresent(event -> event(current, event));
                handled.run();
            }
        });
    }

    @Override
    public void refused(PlatformStream stream, PlatformHttp.Reply reply) {
        with(stream, () -> {
            if (reply.refusesTheKey()) {
                throw platform.keyRefused(reply);
            }
            String why = reply.problem().or("instead of an event stream; is this its base URL?");
            disconnected(platform.server() + ": " + reply.status() + " " + why, reply.retryAfter());
        });
    }

    @Override
    public void lost(PlatformStream stream, Optional<IOException> failure) {
        with(stream, () -> {
            boolean opened = connection != null && connection.endpoint() != null;
            if (!connectedBefore && failure.orElse(null) instanceof SSLException cause) {
                throw new CommandFailed(Unreachable.because(cause, platform.server()));
            }
            String why = failure.filter(cause -> !opened)
                    .map(cause -> Unreachable.because(cause, platform.server()))
                    .orElse(platform.server() + ": the server ended the connection");
            disconnected(why, Duration.ZERO);
        });
    }

    private void event(BridgeConnection current, EventStreamParser.Event event) {
        if (event.type().equals("endpoint") && current.endpoint() == null) {
            current.namesEndpoint(event.data());
            handshake.replay().ifPresentOrElse(opener -> delivery.open(current, opener), () -> ready(current));
        } else if (event.type().equals("message")) {
            RpcMessage.read(event.data())
                    .ifPresentOrElse(
                            message -> fromServer(current, message),
                            () -> client.say("the server sent something that is not JSON; it is left out"));
        }
    }

    private void fromServer(BridgeConnection current, RpcMessage message) {
        if (handshake.isAnswerToReplay(message)) {
            openerAnswered(current, message);
        } else if (!message.isResponse()) {
            toClient(message);
        } else if (outbox.answered(message.id())) {
            handshake.answering(message);
            toClient(message);
            endIfDone();
        }
    }

    private void openerAnswered(BridgeConnection current, RpcMessage answer) {
        if (!answer.json().has("result")) {
            disconnected(platform.server() + ": the server came back and refuses the session", Duration.ZERO);
            return;
        }
        current.openerAnswered();
        readyAgain(current);
    }

    @Override
    public void openerTaken(BridgeConnection current) {
        current.openerTaken();
        readyAgain(current);
    }

    private void readyAgain(BridgeConnection current) {
        if (!current.openedAgain()) {
            return;
        }
        handshake.closing().ifPresent(closing -> outbox.addFirst(closing, deadline()));
        ready(current);
        handshake.news().ifPresent(this::toClient);
    }

    private void ready(BridgeConnection current) {
        current.becomesReady();
        if (connectedBefore) {
            client.say(platform.server() + ": connected again");
        }
        connectedBefore = true;
        trouble = "";
        deliver();
        endIfDone();
    }

    @Override
    public void disconnected(String why, Duration asked) {
        BridgeConnection lost = connection;
        connection = null;
        if (lost == null) {
            return;
        }
        lost.close();
        if (!why.equals(trouble)) {
            client.say(why);
        }
        trouble = why;
        failedBefore = true;
        for (RpcMessage request : outbox.connectionLost()) {
            answerForServer(request, why + "; whether the request was carried out is not known");
        }
        if (lost.ready() && lost.olderThan(LONG_ENOUGH, clock.instant())) {
            backoff.reset();
        }
        Duration wished = lost.events().retry().orElse(Duration.ZERO);
        thread.after(backoff.next(asked.compareTo(wished) > 0 ? asked : wished), this::connect);
        endIfDone();
    }

    // messages to the server

    private void deliver() {
        if (connection != null) {
            delivery.next(connection);
        }
    }

    @Override
    public void taken(RpcMessage message) {
        handshake.taken(message);
        endIfDone();
    }

    @Override
    public void undeliverable(RpcMessage message, String why) {
        if (message.isRequest() && outbox.answered(message.id())) {
            answerForServer(message, why);
        } else if (!message.isRequest()) {
            client.say(why);
        }
        endIfDone();
    }

    // time limits and the end

    private void tick() {
        Instant now = clock.instant();
        for (Outbox.Late late : outbox.expired(now)) {
            answerForServer(late.request(), late.why().orElse(trouble));
        }
        if (connection != null && connection.silentFor(times.silence(), now)) {
            disconnected(platform.server() + ": the stream was silent for too long", Duration.ZERO);
        } else if (connection != null && !connection.ready() && connection.olderThan(times.opening(), now)) {
            disconnected(platform.server() + ": no answer in time", Duration.ZERO);
        }
        if (inputEnded.filter(end -> now.isAfter(end.plus(times.parting()))).isPresent()) {
            end();
        }
        endIfDone();
        deliver();
    }

    private void failing(CommandFailed failure) {
        for (RpcMessage request : outbox.abandon()) {
            answerForServer(request, String.valueOf(failure.getMessage()));
        }
        leave();
    }

    private void end() {
        leave();
        thread.end(connectedBefore ? 0 : CommandFailed.FAILURE);
    }

    private void leave() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
