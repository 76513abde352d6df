package io.mcpdata.mcp.server;

import io.mcpdata.gateway.CallClient;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.Seal;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.RequestMeta;
import io.mcpdata.protocol.Task;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The client of one request, reached through its exchange. Thread-safe. */
final class ExchangeClient implements CallClient {

    private final Exchange exchange;
    private final JsonRpcRequest request;
    private final Cancellation cancellation;
    private final Seal seal;
    private final BooleanSupplier becomeTask;
    private final Optional<JsonValue> progressToken;
    private final long begun = System.nanoTime();
    private boolean reportedByToolkit;

    /** What the platform had reported before the toolkit began to: progress must grow. */
    private double base;

    private double progress = -1;
    private boolean answered;
    private @Nullable RunningTask task;

    /**
     * @param seal of the states that clients keep for the server
     * @param becomeTask answers the request with a task; returns whether the call is one
     */
    ExchangeClient(
            Exchange exchange,
            JsonRpcRequest request,
            Cancellation cancellation,
            Seal seal,
            BooleanSupplier becomeTask) {
        this.becomeTask = becomeTask;
        this.exchange = exchange;
        this.request = request;
        this.cancellation = cancellation;
        this.seal = seal;
        this.progressToken = RequestMeta.progressToken(request.params());
    }

    @Override
    public synchronized void progress(double now, double total, String message) {
        if (!reportedByToolkit) {
            reportedByToolkit = true;
            base = Math.max(0, progress);
        }
        report(base + now, total > 0 ? base + total : 0, message);
    }

    private void report(double now, double total, String message) {
        if (answered || progressToken.isEmpty() || now <= progress) {
            return;
        }
        progress = now;
        JsonObjectBuilder params =
                Json.object().add("progressToken", progressToken.get()).add("progress", now);
        if (total > 0) {
            params.add("total", total);
        }
        if (!message.isEmpty() && exchange.initialization().client().hasProgressMessages()) {
            params.add("message", message);
        }
        exchange.send(JsonRpc.notification("notifications/progress", params.build()));
    }

    /** Tells the client that the call still runs, unless the toolkit reports its progress itself. */
    synchronized void reportThatTheCallRuns() {
        if (reportedByToolkit) {
            return;
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        // a call that has just begun needs no event stream
        if (seconds > 0) {
            report(seconds, 0, "running for " + seconds + " s");
        }
    }

    @Override
    public synchronized void log(LogLevel level, String logger, JsonValue data) {
        boolean wanted = exchange.initialization()
                .logLevel()
                .filter(least -> level.compareTo(least) >= 0)
                .isPresent();
        if (wanted && !answered) {
            exchange.send(JsonRpc.notification(
                    "notifications/message",
                    Json.object()
                            .add("level", level.label())
                            .add("logger", logger)
                            .add("data", data)
                            .build()));
        }
    }

    @Override
    public boolean supports(InputRequest.Kind kind) {
        return kind.isIn(exchange.initialization().capabilities());
    }

    @Override
    public Map<String, JsonObject> ask(Map<String, InputRequest> requests) {
        for (InputRequest one : requests.values()) {
            if (!supports(one.kind())) {
                throw missing(one);
            }
        }
        Optional<RunningTask> continued = task();
        if (continued.isPresent()) {
            return continued.get().ask(requests);
        }
        return exchange.initialization().revision().isStateless()
                ? new InputRounds(seal, exchange.requester().caller().identity(), request).ask(requests)
                : new ClientAnswers(exchange, cancellation).ask(requests);
    }

    private RuntimeException missing(InputRequest wanted) {
        return missing(wanted.kind().capability(), wanted.requiredCapability());
    }

    private RuntimeException missing(String capability, JsonObject required) {
        String text = "This needs a client with the capability " + capability + ".";
        return exchange.initialization().revision().isStateless()
                ? new ProtocolException(
                        ErrorCode.MISSING_CLIENT_CAPABILITY,
                        text,
                        Json.object().add("requiredCapabilities", required).build())
                : new ToolException("capability_missing", text);
    }

    /** The response goes out: what an abandoned toolkit sends after it is dropped. */
    synchronized void end() {
        answered = true;
    }

    /** Whether a call of this client may become a task. */
    boolean acceptsTasks() {
        return exchange.initialization().revision().isStateless()
                && Task.isIn(exchange.initialization().capabilities());
    }

    /** The request is answered with this task: what the client is asked from now on, it is asked by it. */
    synchronized void continueAs(RunningTask begun) {
        task = begun;
        // a task has no progress and no log messages
        answered = true;
    }

    private synchronized Optional<RunningTask> task() {
        return Optional.ofNullable(task);
    }

    @Override
    public boolean continueAsTask() {
        return becomeTask.getAsBoolean();
    }

    @Override
    public void requireTask() {
        if (!acceptsTasks()) {
            throw missing(Task.EXTENSION, Task.requiredCapability());
        }
        if (!continueAsTask()) {
            throw new ToolException("too_many_tasks", "There are too many tasks; try again later.");
        }
    }

    @Override
    public void reconnect(Duration delay) {
        exchange.reconnect(delay);
    }
}
