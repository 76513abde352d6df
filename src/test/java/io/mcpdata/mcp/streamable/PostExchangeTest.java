package io.mcpdata.mcp.streamable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.background.CallerCounts;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.RequestMeta;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A posted request over an HTTP response that only records. */
final class PostExchangeTest {

    private static final String NOTIFICATION = "{\"method\":\"notifications/message\"}";

    private final List<Object> answers = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();

    @Test
    void messageWithoutAThreadForAStreamIsReportedAsNotSent() {
        PostExchange exchange = exchange(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                true);

        assertThat(exchange.send(NOTIFICATION)).isFalse();

        exchange.reply("{}");
        exchange.answer().serve();
        assertThat(answers).containsExactly("{}");
    }

    @Test
    void messageBeginsAStreamBeforeTheResponseOnly() {
        PostExchange exchange = exchange(tasks::add, true);

        assertThat(exchange.send(NOTIFICATION)).isTrue();
        assertThat(exchange.send(NOTIFICATION)).isTrue();
        assertThat(tasks).hasSize(1);

        exchange.reply("{}");
        assertThat(exchange.send(NOTIFICATION)).isFalse();
    }

    @Test
    void clientThatTakesNoStreamGetsNoMessage() {
        assertThat(exchange(tasks::add, false).send(NOTIFICATION)).isFalse();
        assertThat(tasks).isEmpty();
    }

    private PostExchange exchange(Executor streams, boolean acceptsStream) {
        AsyncResponse response = (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("resume")) {
                        answers.add(((Response) arguments[0]).getEntity());
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
        PostAnswer answer = new PostAnswer(
                new PostAnswer.Channel(response, () -> {}),
                new PostAnswer.Writers(streams, new CallerCounts(), new Semaphore(1), Duration.ZERO),
                "ann",
                1);
        PostExchange exchange = new PostExchange(
                new Requester(new SseFixture().caller("ann"), SseFixture.ORIGIN),
                Initialization.ofRequest(
                        ProtocolVersion.V2026_07_28,
                        new RequestMeta("2026-07-28", JsonValue.EMPTY_JSON_OBJECT, Optional.empty())),
                JsonRpcId.of(1),
                answer,
                new PostExchange.Waiting(new OpenResponses(), Runnable::run, acceptsStream));
        exchange.awaitResponse();
        return exchange;
    }
}
