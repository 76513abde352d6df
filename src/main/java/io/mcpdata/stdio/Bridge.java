package io.mcpdata.stdio;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Passes messages between a client on standard input and output and the platform, and hides a restart of the platform
 * from the client. Everything runs on one thread, in the order of arrival.
 */
final class Bridge implements ServerSide.Surroundings {

    private static final Duration TICK = Duration.ofMillis(200);

    private final ClientSide client;
    private final BridgeTimes times;
    private final Clock clock;
    private final BridgeThread thread = new BridgeThread(this::failing);
    private final Outbox outbox = new Outbox();
    private final Handshake handshake = new Handshake();
    private final String address;
    private final ServerSide server;
    private boolean connectedBefore;
    private boolean failedBefore;
    private String trouble;
    private Optional<Instant> inputEnded = Optional.empty();

    Bridge(BridgeTransport transport, PlatformHttp platform, ClientSide client, BridgeTimes times, Clock clock) {
        this.client = client;
        this.times = times;
        this.clock = clock;
        this.address = platform.server().toString();
        this.server = new ServerSide(
                transport, platform, new ServerSide.Shared(thread, outbox, handshake, times, clock), this);
        this.trouble = address + ": not reached yet";
    }

    /**
     * Runs until the client has closed its input and has its responses.
     *
     * @return 0, or 1 if the server was never reached
     * @throws CommandFailed if the key is refused, or another error makes a retry useless
     */
    int run() {
        thread.run(server::connect);
        client.read(line -> thread.run(() -> fromClient(line)), () -> thread.run(this::inputEnded));
        thread.every(TICK, this::tick);
        return thread.await();
    }

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
        server.deliver();
    }

    @Override
    public Instant deadline() {
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

    @Override
    public void connected() {
        if (connectedBefore) {
            client.say(address + ": connected again");
        }
        connectedBefore = true;
        trouble = "";
        server.deliver();
        endIfDone();
    }

    @Override
    public void disconnected(String why, boolean answersAreLost) {
        if (!why.equals(trouble)) {
            client.say(why);
        }
        trouble = why;
        failedBefore = true;
        if (answersAreLost) {
            for (RpcMessage request : outbox.connectionLost()) {
                answerForServer(request, why + "; whether the request was carried out is not known");
            }
        }
        endIfDone();
    }

    @Override
    public void received(RpcMessage message) {
        if (!message.isResponse()) {
            toClient(message);
        } else if (outbox.answered(message.id())) {
            handshake.answering(message);
            toClient(message);
            endIfDone();
        }
    }

    @Override
    public void say(String line) {
        client.say(line);
    }

    @Override
    public void taken(RpcMessage message) {
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

    private void tick() {
        Instant now = clock.instant();
        for (Outbox.Late late : outbox.expired(now)) {
            answerForServer(late.request(), late.why().orElse(trouble));
        }
        server.tick();
        if (inputEnded.filter(end -> now.isAfter(end.plus(times.parting()))).isPresent()) {
            end();
        }
        endIfDone();
    }

    private void failing(CommandFailed failure) {
        for (RpcMessage request : outbox.abandon()) {
            answerForServer(request, String.valueOf(failure.getMessage()));
        }
        server.leave();
    }

    private void end() {
        server.leave();
        thread.end(connectedBefore ? 0 : CommandFailed.FAILURE);
    }
}
