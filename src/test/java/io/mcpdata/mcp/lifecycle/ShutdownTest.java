package io.mcpdata.mcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.http.RequestBodyLimits;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.protocol.CallToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class ShutdownTest {

    private final SseFixture fixture = new SseFixture();
    private final RequestBodyLimits halfSent = new RequestBodyLimits();

    @Test
    void clientsAreToldToComeBackAndTheirStreamsAreClosed() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            RecordingSink sink = fixture.openOn(threads, "ann");

            shutdown(Duration.ofSeconds(5)).begin();

            assertThat(fixture.sessions.open()).isZero();
            assertThat(sink.sent())
                    .last()
                    .satisfies(event ->
                            assertThat(event.retry()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(14)));
            assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "STREAM_CLOSE shutdown");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void streamThatDoesNotEndInTimeIsClosed() {
        Client client = fixture.connect("ann");
        client.sink().holdSends();

        shutdown(Duration.ofMillis(50)).begin();
        fixture.executor.runAll();

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(fixture.sessions.open()).isZero();
    }

    @Test
    void runningCallIsAwaitedForALimitedTime() {
        Client client = fixture.connectInitialized("ann");
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}");
        long start = System.nanoTime();

        shutdown(Duration.ofMillis(200), Duration.ofMillis(1)).begin();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(60));
    }

    @Test
    void callThatRunsLongerIsCancelled() {
        List<Boolean> cancelled = new ArrayList<>();
        fixture.tools.add("endless", cancellation -> {
            shutdown(Duration.ofMillis(1)).begin();
            cancelled.add(cancellation.isCancelled());
            return CallToolResult.error("ended");
        });
        fixture.connectInitialized("ann")
                .ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"endless\"}}");

        assertThat(cancelled).containsExactly(true);
    }

    @Test
    void halfSentMessageIsAwaitedForALimitedTime() {
        long start = System.nanoTime();
        assertThat(halfSent.take("ann")).isEmpty();

        shutdown(Duration.ofMillis(200), Duration.ofMillis(1)).begin();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(60));
    }

    @Test
    void fromItsBeginningOnItIsKnown() {
        Shutdown shutdown = shutdown(Duration.ofMillis(1));

        assertThat(shutdown.hasBegun()).isFalse();
        shutdown.begin();
        shutdown.begin();
        assertThat(shutdown.hasBegun()).isTrue();
    }

    private Shutdown shutdown(Duration forStreams) {
        return shutdown(Duration.ofMillis(1), forStreams);
    }

    private Shutdown shutdown(Duration forCalls, Duration forStreams) {
        return new Shutdown(
                fixture.sessions,
                fixture.pending,
                fixture.calls,
                halfSent,
                new Shutdown.Patience(forCalls, Duration.ofMillis(1), forStreams));
    }
}
