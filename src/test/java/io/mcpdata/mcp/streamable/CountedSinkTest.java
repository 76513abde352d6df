package io.mcpdata.mcp.streamable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.StreamEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CountedSinkTest {

    private final AtomicInteger freed = new AtomicInteger();
    private final CountDownLatch sending = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);

    /** Blocks the thread that sends as long as the client does not read, and not the one that closes. */
    private final CountedSink sink = new CountedSink(
            new EventSink() {
                @Override
                public CompletableFuture<?> send(List<StreamEvent> events) {
                    sending.countDown();
                    try {
                        read.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public boolean isClosed() {
                    return false;
                }

                @Override
                public void close() {}
            },
            freed::incrementAndGet);

    @Test
    void closedSinkIsFreeOnceNoThreadWrites() throws InterruptedException {
        Thread writer = new Thread(() -> sink.send(List.of(StreamEvent.heartbeat())));
        writer.start();
        sending.await();

        sink.close();
        assertThat(freed).hasValue(0);

        read.countDown();
        writer.join();
        assertThat(freed).hasValue(1);
        sink.send(List.of(StreamEvent.heartbeat()));
        assertThat(freed).hasValue(1);
    }
}
