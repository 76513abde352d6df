package io.mcpdata.stdio;

import io.mcpdata.stdio.Outbox.Outgoing;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message posted to {@code /mcp}, and what the server answers to it. Confined to the bridge's thread. */
final class PostedMessage implements PlatformStream.Listener {

    /** What handles the answer. */
    interface Owner {

        /** Whether the answer is still of use. */
        boolean waitsFor(PostedMessage posted);

        /** The server has begun to answer, and handles the message. */
        void accepted(PostedMessage posted);

        void received(PostedMessage posted, RpcMessage message);

        /** The server does not handle the message. */
        void refused(PostedMessage posted, PlatformHttp.Reply reply);

        /** The answer is complete, or there is none. */
        void ended(PostedMessage posted, Optional<IOException> failure);
    }

    private final Outgoing outgoing;
    private final boolean opener;
    private final Optional<StreamableSession> session;
    private final BridgeThread thread;
    private final Owner owner;
    private final EventStreamParser events = new EventStreamParser();
    private Optional<PlatformStream> stream = Optional.empty();
    private Optional<String> openedSession = Optional.empty();
    private Instant lastHeard = Instant.MIN;
    private boolean holdsOthers;
    private boolean accepted;

    /**
     * @param holdsOthers whether no other message is posted until this one is released
     * @param opener whether it is the bridge's own, which opens the session again
     */
    PostedMessage(
            Outgoing outgoing,
            boolean holdsOthers,
            boolean opener,
            Optional<StreamableSession> session,
            BridgeThread thread,
            Owner owner) {
        this.outgoing = outgoing;
        this.holdsOthers = holdsOthers;
        this.opener = opener;
        this.session = session;
        this.thread = thread;
        this.owner = owner;
    }

    /** @param arguments the headers that repeat arguments of a tool */
    void begin(PlatformHttp platform, Map<String, String> arguments) {
        stream = Optional.of(platform.post(session, message(), arguments, this));
    }

    void close() {
        stream.ifPresent(PlatformStream::close);
    }

    Outgoing outgoing() {
        return outgoing;
    }

    RpcMessage message() {
        return outgoing.message();
    }

    Optional<StreamableSession> session() {
        return session;
    }

    /** Other messages may be posted; false if they might be before. */
    boolean release() {
        boolean held = holdsOthers;
        holdsOthers = false;
        return held;
    }

    boolean isOpener() {
        return opener;
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isStateless() {
        return message().isRequest() && !StatelessHeaders.revision(message()).isEmpty();
    }

    /** Whether the server may get the message twice. */
    boolean mayBeRepeated() {
        return message().calls("initialize") || message().calls("subscriptions/listen");
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    boolean silentFor(Duration limit, Instant now) {
        return now.isAfter(lastHeard.plus(limit));
    }

    /** The session, if this message of the server is the answer that opens one. */
    Optional<StreamableSession> sessionOpenedBy(RpcMessage answer) {
        boolean opens = message().calls("initialize")
                && isAnsweredBy(answer)
                && answer.json().has("result");
        String revision = JsonMembers.text(JsonMembers.object(answer.json(), "result"), "protocolVersion");
        return opens ? openedSession.map(id -> new StreamableSession(id, revision)) : Optional.empty();
    }

    boolean isAnsweredBy(RpcMessage answer) {
        return answer.isResponse() && answer.id().equals(message().id());
    }

    @Override
    public void opened(PlatformStream from, HttpHeaders headers) {
        whileOpen(() -> accept(headers));
    }

    @Override
    public void line(PlatformStream from, String line, Runnable handled) {
        whileOpen(() -> {
            events.line(line)
                    .filter(event -> !event.data().isEmpty())
                    .flatMap(event -> RpcMessage.read(event.data()))
                    .ifPresent(message -> owner.received(this, message));
            handled.run();
        });
    }

    @Override
    public void refused(PlatformStream from, PlatformHttp.Reply reply) {
        whileOpen(() -> {
            // an error of JSON-RPC is an answer with any status
            Optional<RpcMessage> answer = reply.message().filter(this::isAnsweredBy);
            if (!reply.refusesTheKey() && (answer.isPresent() || reply.accepted())) {
                accept(reply.headers());
                answer.ifPresent(message -> owner.received(this, message));
                owner.ended(this, Optional.empty());
            } else {
                owner.refused(this, reply);
            }
        });
    }

    @Override
    public void lost(PlatformStream from, Optional<IOException> failure) {
        whileOpen(() -> owner.ended(this, failure));
    }

    private void accept(HttpHeaders headers) {
        openedSession = headers.firstValue(StreamableSession.HEADER);
        owner.accepted(this);
        accepted = true;
    }

    private void whileOpen(Runnable task) {
        thread.run(() -> {
            if (owner.waitsFor(this)) {
                task.run();
            }
        });
    }
}
