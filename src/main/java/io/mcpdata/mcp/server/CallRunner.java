package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.RateLimits;
import io.mcpdata.background.CallerCounts;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.gateway.Seal;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.JsonRpcErrors.Answer;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Runs requests to toolkits on threads of their own and replies through the exchange of the request. Thread-safe. */
public final class CallRunner {

    /** How often a client that wants to know is told that its call still runs. */
    static final Duration PROGRESS = Duration.ofSeconds(5);

    private final Executor executor;
    private final CallerLimits callerLimits;
    private final RequestRefusals refusals;
    private final CallerCounts counts = new CallerCounts();
    private final RateLimits<String> rates = new RateLimits<>(System::nanoTime);
    private final Seal seal = Seal.ofRandomKey();
    private final Set<Running> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean answersCancelled;

    /** @param executor must never run a task that it rejected */
    public CallRunner(Executor executor, CallerLimits callerLimits, RequestRefusals refusals) {
        this.executor = executor;
        this.callerLimits = callerLimits;
        this.refusals = refusals;
    }

    /** What a request asks a toolkit for. */
    @FunctionalInterface
    interface Work {
        /** Empty if the outcome is given to {@link ClientCall#late}. */
        Optional<FeatureResult> run(ClientCall call);
    }

    /**
     * A request for a toolkit.
     *
     * @param type of its audit row
     * @param tool empty if it is not a tool that is asked for
     */
    record Asked(JsonRpcRequest request, AuditEvent.Type type, String tool) {}

    /**
     * Starts a call and returns; its answer goes through the exchange.
     *
     * @throws ProtocolException if the id is in use, too many calls are running, or too many began within a minute
     */
    void start(Exchange exchange, Asked asked, Results results, Work work) {
        Requester requester = exchange.requester();
        JsonRpcId id = asked.request().id();
        String identity = requester.caller().identity();
        LimitsConfig limits = callerLimits.of(requester.caller());
        Cancellation cancellation = exchange.calls().begin(id).orElseThrow(() -> {
            refusals.callNotBegun(requester, asked, "request_id_in_use", "");
            return new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "a request with this id is still running in this session");
        });
        Optional<Duration> wait = rates.take(identity, limits.callsPerMinute());
        if (wait.isPresent()) {
            exchange.calls().end(id);
            refusals.callNotBegun(requester, asked, "too_many_calls_a_minute", "limits.calls_per_minute");
            throw busy("too many calls: at most " + limits.callsPerMinute() + " of one caller a minute; try again in "
                    + Math.max(1, wait.get().plusMillis(999).toSeconds()) + " s (limits.calls_per_minute)");
        }
        if (!counts.begin(identity, limits.callsPerCaller())) {
            exchange.calls().end(id);
            refusals.callNotBegun(requester, asked, "too_many_calls", "limits.calls_per_caller");
            throw busy("too many calls at once: at most " + limits.callsPerCaller()
                    + " of one caller may run (limits.calls_per_caller)");
        }
        Running call = new Running(exchange, asked.request(), cancellation, results);
        calls.add(call);
        try {
            executor.execute(() -> call.run(work));
        } catch (RuntimeException | Error e) {
            call.end();
            if (!(e instanceof RejectedExecutionException)) {
                throw e;
            }
            refusals.callNotBegun(requester, asked, "server_busy", "");
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
        calls.forEach(call -> call.cancellation.cancel());
    }

    /** To be run every {@link #PROGRESS}. */
    void reportProgress() {
        calls.forEach(Running::reportProgress);
    }

    /** A call that has begun. */
    private final class Running {

        private final Exchange exchange;
        private final JsonRpcRequest request;
        private final Cancellation cancellation;
        private final Results results;
        private final ExchangeClient client;

        Running(Exchange exchange, JsonRpcRequest request, Cancellation cancellation, Results results) {
            this.exchange = exchange;
            this.request = request;
            this.cancellation = cancellation;
            this.results = results;
            this.client = new ExchangeClient(exchange, request, cancellation, seal);
        }

        private void reportProgress() {
            if (!cancellation.isCancelled()) {
                client.reportThatTheCallRuns();
            }
        }

        void run(Work work) {
            ClientCall call = new ClientCall(
                    exchange.requester().caller(),
                    exchange.requester().origin(),
                    cancellation,
                    client,
                    outcome -> answer(() -> Optional.of(outcome.get())));
            answer(() -> work.run(call));
        }

        /** @param outcome empty if the call has been answered on another thread */
        private void answer(Supplier<Optional<FeatureResult>> outcome) {
            boolean mine = true;
            try {
                Answer answer = JsonRpcErrors.of(
                        exchange,
                        request.id(),
                        () -> outcome.get()
                                .map(result -> results.of(exchange, request.id(), result))
                                .orElse(""));
                mine = !answer.text().isEmpty();
                if (mine) {
                    client.end();
                }
                if (mine && cancellation.isCancelled() && !answersCancelled) {
                    // the client has stopped waiting for a cancelled request: MCP wants no answer
                    exchange.end();
                } else if (mine) {
                    answer.send(exchange);
                }
            } finally {
                if (mine) {
                    end();
                }
            }
        }

        void end() {
            calls.remove(this);
            exchange.calls().end(request.id());
            counts.end(exchange.requester().caller().identity());
        }
    }

    private static ProtocolException busy(String message) {
        return new ProtocolException(ErrorCode.SERVER_ERROR, message);
    }
}
