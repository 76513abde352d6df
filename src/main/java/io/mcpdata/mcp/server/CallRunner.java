package io.mcpdata.mcp.server;

import io.mcpdata.audit.RateLimits;
import io.mcpdata.background.CallerCounts;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.Tools;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.JsonRpcErrors.Answer;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs tool calls on threads of their own and replies through the exchange of the request. Thread-safe. */
public final class CallRunner {

    private final Tools tools;
    private final Executor executor;
    private final ActiveConfiguration configuration;
    private final RequestRefusals refusals;
    private final CallerCounts counts = new CallerCounts();
    private final RateLimits<String> rates = new RateLimits<>(System::nanoTime);
    private final Set<Cancellation> cancellations = ConcurrentHashMap.newKeySet();
    private volatile boolean answersCancelled;

    /** @param executor must never run a task that it rejected */
    public CallRunner(Tools tools, Executor executor, ActiveConfiguration configuration, RequestRefusals refusals) {
        this.tools = tools;
        this.executor = executor;
        this.configuration = configuration;
        this.refusals = refusals;
    }

    /**
     * Starts a call and returns; its answer goes through the exchange.
     *
     * @throws ProtocolException if the id is in use, too many calls are running, or too many began within a minute
     */
    void start(Exchange exchange, JsonRpcId id, CallToolRequest call, Results results) {
        Requester requester = exchange.requester();
        String identity = requester.caller().identity();
        LimitsConfig limits = configuration.config().limits();
        Cancellation cancellation = exchange.calls().begin(id).orElseThrow(() -> {
            refusals.callNotBegun(requester, call.name(), "request_id_in_use", "");
            return new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "a request with this id is still running in this session");
        });
        Optional<Duration> wait = rates.take(identity, limits.callsPerMinute());
        if (wait.isPresent()) {
            exchange.calls().end(id);
            refusals.callNotBegun(requester, call.name(), "too_many_calls_a_minute", "limits.calls_per_minute");
            throw busy("too many calls: at most " + limits.callsPerMinute() + " of one caller a minute; try again in "
                    + Math.max(1, wait.get().plusMillis(999).toSeconds()) + " s");
        }
        if (!counts.begin(identity, limits.callsPerCaller())) {
            exchange.calls().end(id);
            refusals.callNotBegun(requester, call.name(), "too_many_calls", "limits.calls_per_caller");
            throw busy("too many calls at once: at most " + limits.callsPerCaller() + " of one caller may run");
        }
        Runnable end = () -> {
            cancellations.remove(cancellation);
            exchange.calls().end(id);
            counts.end(identity);
        };
        cancellations.add(cancellation);
        try {
            executor.execute(() -> run(exchange, id, call, cancellation, results, end));
        } catch (RuntimeException | Error e) {
            end.run();
            if (!(e instanceof RejectedExecutionException)) {
                throw e;
            }
            refusals.callNotBegun(requester, call.name(), "server_busy", "");
            throw busy("the server takes no calls right now; try again");
        }
    }

    /** How many calls run now. */
    public int running() {
        return counts.total();
    }

    /** Cancels every running call. They are answered nevertheless: the server cancels, so the clients still wait. */
    public void cancelAll() {
        answersCancelled = true;
        cancellations.forEach(Cancellation::cancel);
    }

    private void run(
            Exchange exchange,
            JsonRpcId id,
            CallToolRequest call,
            Cancellation cancellation,
            Results results,
            Runnable end) {
        Requester requester = exchange.requester();
        Consumer<Supplier<CallToolResult>> late =
                outcome -> answer(exchange, id, cancellation, results, end, () -> Optional.of(outcome.get()));
        answer(
                exchange,
                id,
                cancellation,
                results,
                end,
                () -> tools.call(requester.caller(), call, requester.origin(), cancellation, late));
    }

    /** @param outcome empty if the call has been answered on another thread */
    private void answer(
            Exchange exchange,
            JsonRpcId id,
            Cancellation cancellation,
            Results results,
            Runnable end,
            Supplier<Optional<CallToolResult>> outcome) {
        boolean mine = true;
        try {
            Answer answer = JsonRpcErrors.of(
                    id,
                    exchange.requester().origin().requestId(),
                    () -> outcome.get()
                            .map(result -> results.of(
                                    exchange,
                                    id,
                                    result.write(
                                            exchange.initialization().client().hasStructuredContent())))
                            .orElse(""));
            mine = !answer.text().isEmpty();
            if (mine && cancellation.isCancelled() && !answersCancelled) {
                // the client has stopped waiting for a cancelled request: MCP wants no answer
                exchange.end();
            } else if (mine) {
                answer.send(exchange);
            }
        } finally {
            if (mine) {
                end.run();
            }
        }
    }

    private static ProtocolException busy(String message) {
        return new ProtocolException(ErrorCode.SERVER_ERROR, message);
    }
}
