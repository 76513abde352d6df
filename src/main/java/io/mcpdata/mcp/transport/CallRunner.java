package io.mcpdata.mcp.transport;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.tool.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tool calls on threads of their own and sends their answers to the stream of the session that asked. Thread-safe. */
final class CallRunner {

    private final Tools tools;
    private final Executor executor;
    private final ActiveConfiguration configuration;
    private final StreamAudit audit;
    private final CallCounts counts = new CallCounts();
    private final CallRates rates;
    private volatile boolean ending;

    /** @param executor must never run what it refused */
    CallRunner(Tools tools, Executor executor, ActiveConfiguration configuration, StreamAudit audit) {
        this.tools = tools;
        this.executor = executor;
        this.configuration = configuration;
        this.audit = audit;
        this.rates = new CallRates(System::nanoTime);
    }

    /**
     * Starts a call and returns; its answer goes to the session's stream.
     *
     * @throws ProtocolException if the id is in use, too many calls are running, or there were too many within a minute
     */
    void start(McpSession session, JsonRpcId id, CallToolRequest call, Requester requester) {
        String identity = requester.caller().identity();
        LimitsConfig limits = configuration.config().limits();
        Cancellation cancellation = session.calls().begin(id).orElseThrow(() -> {
            audit.callNotBegun(requester, call.name(), "request_id_in_use", "");
            return new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "a request with this id is still running in this session");
        });
        Optional<Duration> wait = rates.take(identity, limits.callsPerMinute());
        if (wait.isPresent()) {
            session.calls().end(id);
            audit.callNotBegun(requester, call.name(), "too_many_calls_a_minute", "limits.calls_per_minute");
            throw busy("too many calls: at most " + limits.callsPerMinute() + " of one caller a minute; try again in "
                    + Math.max(1, wait.get().plusMillis(999).toSeconds()) + " s");
        }
        if (!counts.begin(identity, limits.callsPerCaller())) {
            session.calls().end(id);
            audit.callNotBegun(requester, call.name(), "too_many_calls", "limits.calls_per_caller");
            throw busy("too many calls at once: at most " + limits.callsPerCaller() + " of one caller may run");
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
        } catch (RuntimeException | Error e) {
            session.calls().end(id);
            counts.end(identity);
            if (!(e instanceof RejectedExecutionException)) {
                throw e;
            }
            audit.callNotBegun(requester, call.name(), "server_busy", "");
            throw busy("the server takes no calls right now; try again");
        }
    }

    int running() {
        return counts.total();
    }

    /** Cancels all calls of these sessions. No client has asked for that, so the clients still wait for their answers. */
    void cancelAndAnswer(Iterable<McpSession> sessions) {
        ending = true;
        sessions.forEach(session -> session.calls().cancelAll());
    }

    private void run(
            McpSession session, JsonRpcId id, CallToolRequest call, Requester requester, Cancellation cancellation) {
        String answer = Answers.of(
                id,
                requester.origin().requestId(),
                () -> JsonRpc.result(
                        id,
                        tools.call(requester.caller(), call, requester.origin(), cancellation)
                                .write(session.readsStructuredContent())));
        session.touch();
        // the client has stopped waiting for a cancelled request: MCP wants no answer
        if (ending || !cancellation.isCancelled()) {
            session.stream().offer(StreamEvent.message(answer));
        }
    }

    private static ProtocolException busy(String message) {
        return new ProtocolException(ErrorCode.SERVER_ERROR, message);
    }
}
