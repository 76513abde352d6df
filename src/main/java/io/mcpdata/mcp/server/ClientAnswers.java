package io.mcpdata.mcp.server;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.mcp.exchange.ClientRequests.Waiting;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.JsonRpc;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a client of a revision with sessions, and waits for its answers. Used by one thread. */
final class ClientAnswers {

    /** Time for a user to answer. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Exchange exchange;
    private final Cancellation cancellation;

    ClientAnswers(Exchange exchange, Cancellation cancellation) {
        this.exchange = exchange;
        this.cancellation = cancellation;
    }

    /** @throws ToolException if the client cannot be asked, does not answer in time, or answers with an error */
    Map<String, JsonObject> ask(Map<String, InputRequest> requests) {
        Map<String, JsonObject> answers = new LinkedHashMap<>();
        requests.forEach((key, request) -> answers.put(key, ask(request)));
        return answers;
    }

    private JsonObject ask(InputRequest request) {
        // the call may take longer than others while its client thinks
        cancellation.answerWithin(PATIENCE.plusSeconds(1), ClientAnswers::late);
        Waiting waiting = exchange.requests().begin();
        try {
            cancellation.onCancel(() -> waiting.response().cancel(true));
            if (!exchange.send(JsonRpc.request(waiting.id(), request.method(), request.params()))) {
                throw new ToolException(
                        "input_unavailable",
                        "This needs an answer of the client, which does not accept an event stream and so cannot be"
                                + " asked.");
            }
            JsonObject body = await(waiting.response(), PATIENCE);
            cancellation.answerInUsualTime();
            return result(body);
        } finally {
            exchange.requests().end(waiting);
        }
    }

    /** @throws ToolException if the answer does not come in time, or the call is cancelled */
    static JsonObject await(CompletableFuture<JsonObject> answer, Duration most) {
        try {
            return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (CancellationException e) {
            throw Cancellation.cancelled();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelled();
        }
    }

    private static JsonObject result(JsonObject body) {
        if (body.get("result") instanceof JsonObject result) {
            return result;
        }
        String why = body.get("error") instanceof JsonObject error && error.get("message") instanceof JsonString text
                ? text.getString()
                : "no result";
        throw new ToolException("input_refused", "The client did not answer the question: " + why);
    }

    static ToolException late() {
        return new ToolException(
                "input_timeout", "The client did not answer the question within " + PATIENCE.toMinutes() + " minutes.");
    }
}
