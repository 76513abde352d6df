package io.mcpdata.mcp.streamable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.background.CallerCounts;
import io.mcpdata.mcp.stream.StreamEvent;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The answer to a posted request, over an HTTP response that only records. */
final class PostAnswerTest {

    private static final Executor FULL = task -> {
        throw new RejectedExecutionException("full");
    };

    private final List<Response> responses = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final CallerCounts unread = new CallerCounts();
    private final Semaphore waiting = new Semaphore(1);
    private final List<Thread> senders = new ArrayList<>();
    private Duration atOnce = Duration.ofMillis(1);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private OutputStream client = sent;

    private PostAnswer answer(Executor executor) {
        AsyncResponse response = (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("resume")) {
                        resume((Response) arguments[0]);
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
        PostAnswer answer = new PostAnswer(
                new PostAnswer.Channel(response, () -> {}),
                new PostAnswer.Writers(executor, unread, waiting, atOnce),
                "ann",
                1);
        answer.await(
                new PostAnswer.Events(
                        () -> told.add("slow"), () -> told.add("disconnected"), () -> told.add("complete")),
                true);
        return answer;
    }

    private void resume(Response response) {
        responses.add(response);
        senders.add(Thread.currentThread());
        if (response.getEntity() instanceof StreamingOutput stream) {
            try {
                stream.write(client);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void fastAnswerIsJsonThatTheRequestsOwnThreadSends() {
        PostAnswer answer = answer(FULL);

        assertThat(answer.json(200, "{}")).isTrue();

        assertThat(responses).isEmpty();
        answer.serve();
        assertThat(responses).singleElement().satisfies(response -> {
            assertThat(response.getEntity()).isEqualTo("{}");
            assertThat(response.getMediaType()).hasToString("application/json");
        });
        assertThat(told).containsExactly("complete");
        assertThat(answer.json(200, "{}")).isFalse();
        assertThat(answer.beginStream()).isFalse();
    }

    @Test
    @Timeout(30)
    void requestsOwnThreadWaitsForTheAnswerOfAnotherThread() throws Exception {
        atOnce = Duration.ofHours(1);
        PostAnswer answer = answer(FULL);
        Thread call = new Thread(() -> answer.json(200, "{}"));
        call.start();

        answer.serve();

        assertThat(responses).hasSize(1);
        assertThat(senders).containsExactly(Thread.currentThread());
        assertThat(waiting.availablePermits()).isEqualTo(1);
        call.join();
    }

    @Test
    void answerAfterTheWaitIsSentByItsOwnThread() {
        atOnce = Duration.ZERO;
        PostAnswer answer = answer(FULL);

        answer.serve();
        assertThat(responses).isEmpty();

        assertThat(answer.json(200, "{}")).isTrue();
        assertThat(responses).hasSize(1);
        assertThat(told).containsExactly("complete");
    }

    /** Slow calls may not hold all threads of a server. */
    @Test
    @Timeout(30)
    void requestDoesNotWaitIfManyDo() throws Exception {
        atOnce = Duration.ofHours(1);
        waiting.acquire();

        answer(FULL).serve();

        assertThat(responses).isEmpty();
        assertThat(waiting.availablePermits()).isZero();
    }

    @Test
    @Timeout(30)
    void requestDoesNotWaitForTheEndOfAStream() {
        atOnce = Duration.ofHours(1);
        PostAnswer answer = answer(tasks::add);
        answer.beginStream();

        answer.serve();

        assertThat(responses).isEmpty();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void slowAnswerIsAStreamThatEndsWithIt() {
        PostAnswer answer = answer(tasks::add);
        assertThat(answer.beginStream()).isTrue();
        assertThat(answer.json(200, "{}")).isFalse();
        answer.event(StreamEvent.message("log-1", "{\"a\":1}"));
        answer.end();

        tasks.get(0).run();

        assertThat(sent.toString(StandardCharsets.UTF_8)).endsWith("event: message\nid: log-1\ndata: {\"a\":1}\n\n");
        assertThat(told).containsExactly("complete");
        assertThat(unread.total()).isZero();
    }

    /** The response is the last message, and the one that the client must get. */
    @Test
    void manyNotificationsBeforeItDoNotDisplaceTheResponse() {
        PostAnswer answer = answer(tasks::add);
        answer.beginStream();
        for (int i = 0; i < 2_000; i++) {
            answer.event(StreamEvent.message("{\"method\":\"notifications/progress\"}"));
        }
        answer.event(StreamEvent.message("{\"result\":{}}"));
        answer.end();

        tasks.get(0).run();

        assertThat(sent.toString(StandardCharsets.UTF_8)).endsWith("data: {\"result\":{}}\n\n");
        assertThat(told).containsExactly("complete");
    }

    @Test
    void withoutAThreadForAStreamTheAnswerIsJson() {
        PostAnswer answer = answer(FULL);

        assertThat(answer.beginStream()).isFalse();

        assertThat(answer.json(200, "{}")).isTrue();
        answer.serve();
        assertThat(responses).hasSize(1);
        assertThat(unread.total()).isZero();
    }

    /** One caller may not take the threads of all. */
    @Test
    void callerWithManyUnreadAnswersGetsJson() {
        assertThat(answer(tasks::add).beginStream()).isTrue();

        PostAnswer second = answer(tasks::add);

        assertThat(second.beginStream()).isFalse();
        assertThat(second.json(200, "{}")).isTrue();
    }

    @Test
    void longAnswerIsWrittenByAnotherThread() {
        PostAnswer answer = answer(tasks::add);

        assertThat(answer.json(200, "x".repeat(20_000))).isTrue();

        assertThat(responses).isEmpty();
        tasks.get(0).run();
        assertThat(responses).hasSize(1);
        assertThat(unread.total()).isZero();
        assertThat(told).containsExactly("complete");
    }

    @Test
    void clientThatDisconnectsIsReportedOnce() {
        client = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        PostAnswer answer = answer(tasks::add);
        answer.beginStream();

        tasks.get(0).run();

        assertThat(told).containsExactly("disconnected", "complete");
        assertThat(unread.total()).isZero();
        answer.event(StreamEvent.message("{}"));
        answer.end();
    }
}
