package io.mcpdata.mcp.transport;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.mcp.protocol.CallToolRequest;
import io.mcpdata.mcp.protocol.ErrorCode;
import io.mcpdata.mcp.protocol.JsonRpc;
import io.mcpdata.mcp.protocol.JsonRpcId;
import io.mcpdata.mcp.protocol.ProtocolException;
import io.mcpdata.tool.Cancellation;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tool calls on threads of their own and sends their answers to the stream of the session that asked. Thread-safe. */
final class CallRunner {

    private final Tools tools;
    private final Executor executor;
    private final ActiveConfiguration configuration;
    private final StreamAudit audit;
    private final CallCounts counts = new CallCounts();

    CallRunner(Tools tools, Executor executor, ActiveConfiguration configuration, StreamAudit audit) {
        this.tools = tools;
        this.executor = executor;
        this.configuration = configuration;
        this.audit = audit;
    }

    /**
     * Starts a call and returns; its answer goes to the session's stream.
     *
     * @throws ProtocolException if the id is in use, or too many calls are running
     */
    void start(McpSession session, JsonRpcId id, CallToolRequest call, Requester requester) {
        String identity = requester.caller().identity();
        int allowed = configuration.config().limits().callsPerCaller();
        Cancellation cancellation = session.calls()
                .begin(id)
                .orElseThrow(() -> new ProtocolException(
                        ErrorCode.INVALID_REQUEST, "a request with this id is still running in this session"));
        if (!counts.begin(identity, allowed)) {
            session.calls().end(id);
            audit.callNotBegun(requester, call, "too_many_calls");
            throw busy("too many calls at once: at most " + allowed + " of one caller may run");
        }
        Runnable task = () -> {
            try {
                run(session, id, call, requester, cancellation);
            } finally {
                session.calls().end(id);
                counts.end(identity);
            }
        };
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            session.calls().end(id);
            counts.end(identity);
            audit.callNotBegun(requester, call, "server_busy");
            throw busy("the server takes no calls right now; try again");
        }
    }

    int running() {
        return counts.total();
    }

    private void run(
            McpSession session, JsonRpcId id, CallToolRequest call, Requester requester, Cancellation cancellation) {
        String answer = Answers.of(
                id,
                requester.origin().requestId(),
                () -> JsonRpc.result(
                        id,
                        tools.call(requester.caller(), call, requester.origin(), cancellation)
                                .toJson()));
        session.touch();
        // the client has stopped waiting for a cancelled request: MCP wants no answer
        if (!cancellation.isCancelled()) {
            session.stream().offer(StreamEvent.message(answer));
        }
    }

    private static ProtocolException busy(String message) {
        return new ProtocolException(ErrorCode.SERVER_ERROR, message);
    }
}
