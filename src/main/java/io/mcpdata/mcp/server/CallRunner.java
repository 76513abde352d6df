package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.background.CallerCounts;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.AuditConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.JsonRpcErrors.Answer;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Task.Status;
import io.mcpdata.servers.SharedTasks;
import io.mcpdata.tracing.CallSpan;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs requests to toolkits on threads of their own and replies through the exchange of the request. Thread-safe. */
public final class CallRunner {

    /** How often a client that wants to know is told that its call still runs. */
    static final Duration PROGRESS = Duration.ofSeconds(5);

    private final Executor executor;
    private final CallerLimits callerLimits;
    private final ActiveConfiguration configuration;
    private final RequestRefusals refusals;
    private final CallerCounts counts = new CallerCounts();
    private final Seal seal;
    private final Tasks tasks;
    private final Set<Running> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean answersCancelled;

    /**
     * @param executor must never run a task that it rejected
     * @param shared tells other servers of the tasks; empty if there are none
     */
    public CallRunner(
            Executor executor,
            CallerLimits callerLimits,
            ActiveConfiguration configuration,
            RequestRefusals refusals,
            Optional<SharedTasks> shared) {
        this.executor = executor;
        this.callerLimits = callerLimits;
        this.configuration = configuration;
        this.tasks = new Tasks(Clock.systemUTC(), shared);
        this.seal = Seal.ofServers(configuration, "requestState");
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
     * @param isImmediate whether the work waits for nothing; then it is done when this returns
     * @throws ProtocolException if the id is in use, too many calls are running, or too many began within a minute
     */
    void start(Exchange exchange, Asked asked, Results results, Work work, boolean isImmediate) {
        Requester requester = exchange.requester();
        JsonRpcId id = asked.request().id();
        String identity = requester.caller().identity();
        LimitsConfig limits = callerLimits.of(requester.caller());
        Cancellation cancellation = exchange.calls().begin(id).orElseThrow(() -> {
            refusals.callNotBegun(requester, asked, "request_id_in_use", "");
            return new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "a request with this id is still running in this session");
        });
        Optional<Duration> wait = callerLimits.countCall(requester.caller());
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
        Running call = new Running(exchange, asked, cancellation, results);
        calls.add(call);
        if (isImmediate && configuration.config().audit().mode() != AuditConfig.Mode.STRICT) {
            call.run(work);
            return;
        }
        try {
            exchange.awaitResponse();
            executor.execute(() -> call.run(work));
        } catch (RuntimeException | Error e) {
            call.span.failed(ErrorCode.SERVER_ERROR.code());
            call.end();
            if (!(e instanceof RejectedExecutionException)) {
                throw e;
            }
            refusals.callNotBegun(requester, asked, "server_busy", "");
            throw busy("the server takes no calls right now; try again");
        }
    }

    /** How many calls run now, or their answers are being sent. */
    public int running() {
        return calls.size();
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

    /** To be run every second: a call that takes long becomes a task where its client understands tasks. */
    void makeTasks() {
        Duration limit = configuration.config().limits().taskAfter();
        if (!limit.isZero()) {
            calls.forEach(call -> call.becomeTaskIfItTakesLonger(limit));
        }
    }

    /** Other servers are told now what became of the tasks of this one. */
    public void tellTasks() {
        tasks.exchange();
    }

    Tasks tasks() {
        return tasks;
    }

    /** A call that has begun. */
    private final class Running {

        private final Exchange exchange;
        private final JsonRpcRequest request;
        private final Cancellation cancellation;
        private final Results results;
        private final ExchangeClient client;
        private final boolean isTool;
        private final CallSpan span;
        private final long begun = System.nanoTime();
        private @Nullable RunningTask task;
        private boolean settled;
        private boolean released;

        Running(Exchange exchange, Asked asked, Cancellation cancellation, Results results) {
            JsonRpcRequest request = asked.request();
            this.exchange = exchange;
            this.request = request;
            this.cancellation = cancellation;
            this.results = results;
            this.isTool = asked.type() == AuditEvent.Type.TOOL_CALL;
            this.span = TraceMeta.span(exchange, request);
            this.client = new ExchangeClient(exchange, request, cancellation, seal, this::becomeTask);
        }

        private void reportProgress() {
            if (!cancellation.isCancelled()) {
                client.reportThatTheCallRuns();
            }
        }

        void run(Work work) {
            ClientCall call = new ClientCall(
                    exchange.requester().caller(),
                    exchange.requester().origin().within(span.place()),
                    cancellation,
                    client,
                    outcome -> answer(() -> Optional.of(outcome.get())));
            span.around(() -> answer(() -> work.run(call)));
        }

        /** @param outcome empty if the call has been answered on another thread */
        private void answer(Supplier<Optional<FeatureResult>> outcome) {
            boolean mine = true;
            try {
                Answer answer = JsonRpcErrors.of(
                        exchange,
                        request.id(),
                        () -> outcome.get().map(this::text).orElse(""));
                mine = !answer.text().isEmpty();
                if (mine) {
                    answer.error().ifPresent(error -> span.failed(error.code()));
                    client.end();
                    // the client may send its next request as soon as it has the answer
                    release();
                    deliver(answer);
                }
            } finally {
                if (mine) {
                    end();
                }
            }
        }

        /** A task holds the result alone. */
        private String text(FeatureResult result) {
            if (result instanceof CallToolResult tool && tool.isError()) {
                span.toolFailed();
            }
            return settle().isPresent()
                    ? result.write(exchange.initialization().client())
                    : results.of(exchange, request.id(), result);
        }

        private void deliver(Answer answer) {
            Optional<RunningTask> continued = settle();
            if (continued.isPresent()) {
                end(continued.get(), answer);
                exchange.endDetached();
            } else if (cancellation.isCancelled() && !answersCancelled) {
                // the client has stopped waiting for a cancelled request: MCP wants no answer
                exchange.end();
            } else {
                answer.send(exchange);
            }
        }

        private void end(RunningTask continued, Answer answer) {
            if (cancellation.isCancelled()) {
                continued.end(Status.CANCELLED, "");
            } else if (answer.error().isPresent()) {
                JsonObject error = Json.readObject(answer.text()).getJsonObject("error");
                continued.end(Status.FAILED, Json.write(error));
            } else {
                continued.end(Status.COMPLETED, answer.text());
            }
        }

        /** From now on the call becomes no task; the task that it is. */
        private synchronized Optional<RunningTask> settle() {
            settled = true;
            return Optional.ofNullable(task);
        }

        /** Answers the request with a task, if the client understands tasks; returns whether the call is one. */
        private synchronized boolean becomeTask() {
            if (task == null && !settled && isTool && client.acceptsTasks() && !cancellation.isCancelled()) {
                tasks.begin(exchange.requester().caller().identity(), cancellation)
                        .ifPresent(begun -> {
                            task = begun;
                            client.continueAs(begun);
                            exchange.detach(results.of(
                                    exchange, request.id(), begun.state().created()));
                        });
            }
            return task != null;
        }

        private void becomeTaskIfItTakesLonger(Duration limit) {
            if (System.nanoTime() - begun >= limit.toNanos()) {
                becomeTask();
            }
        }

        void end() {
            release();
            calls.remove(this);
            span.end();
        }

        /** The id and the place of the caller can be used again. */
        private synchronized void release() {
            if (!released) {
                released = true;
                exchange.calls().end(request.id());
                counts.end(exchange.requester().caller().identity());
            }
        }
    }

    private static ProtocolException busy(String message) {
        return new ProtocolException(ErrorCode.SERVER_ERROR, message);
    }
}
