package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.ClientRequests;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.session.OpenResponses.OpenResponse;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A request that was posted to {@code /mcp}; its response is that of the HTTP request. Thread-safe. */
final class PostExchange implements Exchange {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Requester requester;
    private final Initialization initialization;
    private final RunningCalls calls;
    private final JsonRpcId id;
    private final PostAnswer answer;
    private final Waiting waiting;
    private final Optional<StreamableSession> session;

    /**
     * What is needed when the answer comes later.
     *
     * @param open the requests that are watched
     * @param aborting runs what could wait for the client
     * @param acceptsStream whether a slow answer becomes an event stream
     */
    record Waiting(OpenResponses open, Executor aborting, boolean acceptsStream) {}

    private @Nullable EventLog log;
    private Runnable unwatch = () -> {};
    private boolean mayStream;
    private boolean streams;
    private boolean answered;

    /** The call continues as a task, although its request is answered. */
    private boolean detached;

    private boolean complete;

    /** Needs no session: the request says everything itself. */
    PostExchange(Requester requester, Initialization initialization, JsonRpcId id, PostAnswer answer, Waiting waiting) {
        this(requester, initialization, new RunningCalls(), id, answer, waiting, Optional.empty());
    }

    /** Belongs to a session, so its client can resume an event stream. */
    PostExchange(Requester requester, StreamableSession session, JsonRpcId id, PostAnswer answer, Waiting waiting) {
        this(requester, session.initialization(), session.calls(), id, answer, waiting, Optional.of(session));
    }

    private PostExchange(
            Requester requester,
            Initialization initialization,
            RunningCalls calls,
            JsonRpcId id,
            PostAnswer answer,
            Waiting waiting,
            Optional<StreamableSession> session) {
        this.requester = requester;
        this.initialization = initialization;
        this.calls = calls;
        this.id = id;
        this.answer = answer;
        this.waiting = waiting;
        this.session = session;
    }

    PostAnswer answer() {
        return answer;
    }

    /** The request is watched until its answer, and gets an event stream if that is slow. */
    @Override
    public void awaitResponse() {
        OpenResponse watched = new OpenResponse() {
            @Override
            public Requester requester() {
                return requester;
            }

            @Override
            public void abort(CloseReason reason) {
                waiting.aborting().execute(() -> PostExchange.this.abort(reason));
            }
        };
        waiting.open().add(watched);
        synchronized (this) {
            unwatch = () -> waiting.open().remove(watched);
            mayStream = waiting.acceptsStream();
        }
        answer.await(
                new PostAnswer.Events(this::beginStream, this::disconnected, () -> happened(false)),
                waiting.acceptsStream());
    }

    @Override
    public Requester requester() {
        return requester;
    }

    @Override
    public Initialization initialization() {
        return initialization;
    }

    @Override
    public RunningCalls calls() {
        return calls;
    }

    @Override
    public ResourceSubscriptions subscriptions() {
        return session.map(of -> of.session().subscriptions()).orElseGet(ResourceSubscriptions::new);
    }

    @Override
    public ClientRequests requests() {
        return session.map(of -> of.session().requests()).orElseGet(ClientRequests::new);
    }

    /** The first message makes the answer an event stream. */
    @Override
    public synchronized boolean send(String message) {
        if (!mayStream || answered) {
            return false;
        }
        beginStream();
        if (streams) {
            add(message);
        }
        return streams;
    }

    @Override
    public synchronized void reconnect(Duration delay) {
        if (mayStream && !answered) {
            beginStream();
        }
        if (log != null && initialization.revision().isSince(ProtocolVersion.V2025_11_25)) {
            answer.event(StreamEvent.retry(delay));
            log.interrupt();
        }
    }

    @Override
    public void reply(String response) {
        last(OK, response);
    }

    @Override
    public void refuse(ErrorCode code, String response) {
        last(initialization.revision().isStateless() ? status(code) : OK, response);
    }

    @Override
    public void detach(String response) {
        synchronized (this) {
            detached = true;
        }
        last(OK, response);
    }

    @Override
    public void endDetached() {
        synchronized (this) {
            detached = false;
            complete = true;
        }
        happened(true);
    }

    /** An HTTP request needs a response, even if MCP wants none for a request that its client has cancelled. */
    @Override
    public void end() {
        happened(true);
        answer.json(OK, JsonRpc.error(id, ErrorCode.SERVER_ERROR, "the call was cancelled"));
        finish();
    }

    private void abort(CloseReason reason) {
        calls.cancel(id);
        String why = switch (reason.outcome()) {
            case SUCCESS -> "the server shuts down; send the request again";
            case DENIED -> "the call was cancelled: your credential or persona is not valid any more";
            case ERROR -> "the call was cancelled: the server could not check your credential";
        };
        happened(true);
        answer.json(OK, JsonRpc.error(id, ErrorCode.SERVER_ERROR, why));
        finish();
    }

    /** In a session the call continues after its client has disconnected, so the request is watched until both. */
    private void happened(boolean answer) {
        Runnable over;
        synchronized (this) {
            answered |= answer;
            complete |= !answer;
            over = !detached && complete && (answered || session.isEmpty()) ? unwatch : () -> {};
        }
        over.run();
    }

    private void last(int status, String response) {
        happened(true);
        session.ifPresent(of -> of.session().touch());
        if (!answer.json(status, response)) {
            add(response);
            finish();
        }
    }

    private synchronized void beginStream() {
        if (!answer.beginStream()) {
            return;
        }
        streams = true;
        if (session.isEmpty()) {
            return;
        }
        EventLog begun = session.get().streams().answer();
        log = begun;
        begun.read(
                new EventLog.Reader() {
                    @Override
                    public void event(StreamEvent event) {
                        answer.event(event);
                    }

                    @Override
                    public void end() {
                        answer.end();
                    }
                },
                initialization.revision().isSince(ProtocolVersion.V2025_11_25));
    }

    private void add(String message) {
        @Nullable EventLog kept = log();
        if (kept == null) {
            answer.event(StreamEvent.message(message));
        } else {
            kept.send(message);
        }
    }

    private void finish() {
        @Nullable EventLog kept = log();
        if (kept == null) {
            answer.end();
        } else {
            kept.complete();
        }
    }

    private synchronized @Nullable EventLog log() {
        return log;
    }

    /** Without a session, the client cancels its request by closing the connection; with one, it may resume. */
    private synchronized void disconnected() {
        if (session.isEmpty() && !detached) {
            calls.cancel(id);
        }
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case METHOD_NOT_FOUND -> NOT_FOUND;
            case PARSE_ERROR,
                    INVALID_REQUEST,
                    HEADER_MISMATCH,
                    MISSING_CLIENT_CAPABILITY,
                    UNSUPPORTED_PROTOCOL_VERSION -> BAD_REQUEST;
            case INVALID_PARAMS, RESOURCE_NOT_FOUND, INTERNAL_ERROR, SERVER_ERROR -> OK;
        };
    }
}
