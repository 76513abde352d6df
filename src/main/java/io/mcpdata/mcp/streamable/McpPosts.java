package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.ClientRequests;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import io.mcpdata.protocol.ProtocolException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Executor;

/**
 * Takes the messages posted to {@code /mcp}. A request that says its revision in {@code _meta} is answered without a
 * session; {@code initialize} opens a session; every other message belongs to one. Thread-safe.
 */
final class McpPosts {

    private static final int ACCEPTED = 202;
    private static final String INITIALIZE = "initialize";

    private final MessageReader messages;
    private final StreamableSessions sessions;
    private final McpServer server;
    private final OpenResponses open;
    private final CallerLimits limits;
    private final Executor aborting;
    private final PostAnswer.Writers writers;

    McpPosts(
            MessageReader messages,
            StreamableSessions sessions,
            McpServer server,
            OpenResponses open,
            CallerLimits limits,
            Executor aborting,
            PostAnswer.Writers writers) {
        this.messages = messages;
        this.sessions = sessions;
        this.server = server;
        this.open = open;
        this.limits = limits;
        this.aborting = aborting;
        this.writers = writers;
    }

    /**
     * Answers now, or later from another thread.
     *
     * @throws PostRefusedException if the message does not reach a handler
     * @throws io.mcpdata.audit.AuditUnavailableException if a new session cannot be audited
     */
    void receive(PostRequest post, PostAnswer.Channel response) {
        JsonRpcMessage message = messages.read(post.requester(), post.body());
        boolean stateless = StatelessRequest.is(post, message);
        message.deliverTo(new JsonRpcMessage.Receiver() {
            @Override
            public void request(JsonRpcRequest request) {
                if (stateless) {
                    answer(withoutSession(post, request, response), request);
                } else if (request.method().equals(INITIALIZE)
                        && post.sessionId().isEmpty()) {
                    initialize(post, request, response);
                } else {
                    answer(inSession(session(post, request), post, request, response), request);
                }
            }

            @Override
            public void notification(JsonRpcNotification notification) {
                // revision 2026-07-28 has no notifications of clients, so an unknown one is ignored
                if (!stateless) {
                    server.dispatch(new WithoutAnswer(post.requester(), session(post)), notification);
                }
                accept(response);
            }

            @Override
            public void response(JsonRpcResponse answered) {
                if (stateless) {
                    throw PostRefusedException.of(
                            PostRefusedException.BAD_REQUEST,
                            ErrorCode.INVALID_REQUEST,
                            "a client of this revision sends requests only");
                }
                server.dispatch(new WithoutAnswer(post.requester(), session(post)), answered);
                accept(response);
            }
        });
    }

    private void initialize(PostRequest post, JsonRpcRequest request, PostAnswer.Channel response) {
        InitializeRequest asked;
        try {
            asked = InitializeRequest.from(request.params());
        } catch (ProtocolException e) {
            throw PostRefusedException.of(request.id(), e);
        }
        StreamableSession session = sessions.open(post.requester(), asked);
        PostExchange exchange = inSession(session, post, request, response);
        exchange.answer().withSession(session.id());
        answer(exchange, request);
    }

    private void answer(PostExchange exchange, JsonRpcRequest request) {
        server.dispatch(exchange, request);
        exchange.answer().serve();
    }

    /** A client that initializes wants a new session, so none is restored for it. */
    private StreamableSession session(PostRequest post, JsonRpcRequest request) {
        return request.method().equals(INITIALIZE)
                ? sessions.ofOpen(post.sessionId(), post.protocolVersion(), post.requester())
                : session(post);
    }

    private StreamableSession session(PostRequest post) {
        return sessions.of(post.sessionId(), post.protocolVersion(), post.requester());
    }

    private PostExchange withoutSession(PostRequest post, JsonRpcRequest request, PostAnswer.Channel response) {
        Initialization client = StatelessRequest.understood(post, request);
        try {
            RequestHeaders.checkParameters(
                    post, request, server.inHeaders(post.requester().caller(), request));
        } catch (ProtocolException e) {
            throw PostRefusedException.of(request.id(), e);
        }
        return new PostExchange(post.requester(), client, request.id(), answer(post, response), waiting(post));
    }

    private PostExchange inSession(
            StreamableSession session, PostRequest post, JsonRpcRequest request, PostAnswer.Channel response) {
        return new PostExchange(post.requester(), session, request.id(), answer(post, response), waiting(post));
    }

    private PostAnswer answer(PostRequest post, PostAnswer.Channel response) {
        return new PostAnswer(
                response,
                writers,
                post.requester().caller().identity(),
                limits.of(post.requester().caller()).callsPerCaller());
    }

    private PostExchange.Waiting waiting(PostRequest post) {
        return new PostExchange.Waiting(open, aborting, post.acceptsStream());
    }

    private static void accept(PostAnswer.Channel response) {
        response.response()
                .resume(Response.status(ACCEPTED)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    /** A message that gets no response. */
    private record WithoutAnswer(Requester requester, StreamableSession session) implements Exchange {

        @Override
        public Initialization initialization() {
            return session.initialization();
        }

        @Override
        public RunningCalls calls() {
            return session.calls();
        }

        @Override
        public ResourceSubscriptions subscriptions() {
            return session.session().subscriptions();
        }

        @Override
        public ClientRequests requests() {
            return session.session().requests();
        }

        /** Never called: handlers answer requests only. */
        @Override
        public boolean send(String message) {
            throw new IllegalStateException("this message has no response");
        }

        /** Never called: handlers answer requests only. */
        @Override
        public void reply(String response) {
            throw new IllegalStateException("this message has no response");
        }
    }
}
