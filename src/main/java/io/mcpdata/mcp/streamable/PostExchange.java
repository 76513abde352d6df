package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.session.PendingAnswers;
import io.mcpdata.mcp.session.PendingAnswers.PendingAnswer;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolVersion;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that was posted to {@code /mcp}; its response is that of the HTTP request. Thread-safe. */
final class PostExchange implements Exchange, PendingAnswer {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Requester requester;
    private final Initialization initialization;
    private final RunningCalls calls;
    private final PendingAnswers pending;
    private final JsonRpcId id;
    private final PostAnswer answer;
    private final Optional<Supplier<EventLog>> logs;

    private @Nullable EventLog log;

    /**
     * @param calls the calls of the session, or of this request alone if there is no session
     * @param logs makes the stream that a client can resume; empty if the client cannot resume
     */
    PostExchange(
            Requester requester,
            Initialization initialization,
            RunningCalls calls,
            PendingAnswers pending,
            JsonRpcId id,
            PostAnswer answer,
            Optional<Supplier<EventLog>> logs) {
        this.requester = requester;
        this.initialization = initialization;
        this.calls = calls;
        this.pending = pending;
        this.id = id;
        this.logs = logs;
        this.answer = answer;
    }

    PostAnswer answer() {
        return answer;
    }

    /** The request is watched until it is answered, and gets an event stream if it is slow. */
    void await(boolean mayStream) {
        pending.add(this);
        if (mayStream) {
            answer.streamWhenSlow(this::beginStream, this::disconnected);
        }
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
    public void reply(String response) {
        last(OK, response);
    }

    @Override
    public void refuse(ErrorCode code, String response) {
        last(isStateless() ? status(code) : OK, response);
    }

    @Override
    public void end() {
        pending.remove(this);
        answer.empty(ACCEPTED);
        finish();
    }

    @Override
    public void abort(CloseReason reason) {
        pending.remove(this);
        calls.cancel(id);
        answer.json(
                OK,
                JsonRpc.error(
                        id,
                        ErrorCode.SERVER_ERROR,
                        reason == CloseReason.SHUTDOWN
                                ? "the server ends; try again"
                                : "the call was cancelled: your credential or persona is not valid any more"));
        finish();
    }

    private void last(int status, String response) {
        pending.remove(this);
        if (!answer.json(status, response)) {
            send(response);
            finish();
        }
    }

    private void beginStream() {
        synchronized (this) {
            if (log == null && logs.isPresent()) {
                EventLog begun = logs.get().get();
                log = begun;
                answer.beginStream();
                if (initialization.revision().isSince(ProtocolVersion.V2025_11_25)) {
                    answer.event(StreamEvent.priming(begun.currentEventId()));
                }
                begun.read(new EventLog.Reader() {
                    @Override
                    public void event(StreamEvent event) {
                        answer.event(event);
                    }

                    @Override
                    public void end() {
                        answer.end();
                    }
                });
                return;
            }
        }
        answer.beginStream();
    }

    private void send(String message) {
        @Nullable EventLog kept;
        synchronized (this) {
            kept = log;
        }
        if (kept == null) {
            answer.event(StreamEvent.message(message));
        } else {
            kept.send(message);
        }
    }

    private void finish() {
        @Nullable EventLog kept;
        synchronized (this) {
            kept = log;
        }
        if (kept == null) {
            answer.end();
        } else {
            kept.complete();
        }
    }

    /** Without a session, the client cancels its request by closing the connection; with one, it may resume. */
    private void disconnected() {
        if (logs.isEmpty()) {
            calls.cancel(id);
        }
    }

    private boolean isStateless() {
        return initialization.revision().isStateless();
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case METHOD_NOT_FOUND -> NOT_FOUND;
            case PARSE_ERROR,
                    INVALID_REQUEST,
                    HEADER_MISMATCH,
                    MISSING_CLIENT_CAPABILITY,
                    UNSUPPORTED_PROTOCOL_VERSION -> BAD_REQUEST;
            case INVALID_PARAMS, INTERNAL_ERROR, SERVER_ERROR -> OK;
        };
    }
}
