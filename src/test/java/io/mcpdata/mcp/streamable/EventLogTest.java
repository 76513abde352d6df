package io.mcpdata.mcp.streamable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.mcp.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ReplayStore store = new ReplayStore(1_000, nanos::get);
    private final EventLog log = new EventLog("log", store);

    /** Keeps what it gets; "end" for the end. */
    private static final class Recording implements EventLog.Reader {

        private final List<String> got = new ArrayList<>();

        @Override
        public void event(StreamEvent event) {
            got.add(event.id() + " " + event.data());
        }

        @Override
        public void end() {
            got.add("end");
        }
    }

    @Test
    void readerGetsMessagesWithTheirIdsUntilTheEnd() {
        Recording reader = new Recording();
        log.send("before");
        log.read(reader, false);

        log.send("a");
        log.send("b");
        log.complete();

        assertThat(reader.got).containsExactly("log-2 a", "log-3 b", "end");
    }

    @Test
    void resumedReaderGetsWhatItMissedOnceAndThenTheRest() {
        log.send("a");
        log.send("b");
        Recording reader = new Recording();

        assertThat(log.resume(1, reader)).isTrue();
        log.send("c");

        assertThat(reader.got).containsExactly("log-2 b", "log-3 c");
    }

    @Test
    void completeStreamIsResumedAndEnds() {
        log.send("a");
        log.complete();
        Recording reader = new Recording();

        assertThat(log.resume(0, reader)).isTrue();

        assertThat(reader.got).containsExactly("log-1 a", "end");
    }

    /** A message goes to one stream only (MCP 2025-11-25, section Multiple Connections). */
    @Test
    void newReaderTakesTheStreamFromTheFormerOne() {
        Recording former = new Recording();
        Recording next = new Recording();
        log.read(former, false);

        log.resume(0, next);
        log.send("a");

        assertThat(former.got).containsExactly("end");
        assertThat(next.got).containsExactly("log-1 a");
    }

    @Test
    void evictedMessageIsAGapThatIsTold() {
        log.send("a");
        log.send("x".repeat(2_000));
        Recording reader = new Recording();
        log.read(reader, false);

        assertThat(log.resume(0, new Recording())).isFalse();
        log.send("b");

        assertThat(reader.got).as("the reader stays").containsExactly("log-3 b");
    }

    @Test
    void messagesAreKeptForAWhileOnly() {
        log.send("a");

        nanos.addAndGet(ReplayStore.KEPT.plus(Duration.ofSeconds(1)).toNanos());

        assertThat(log.resume(0, new Recording())).isFalse();
        assertThat(log.resume(1, new Recording())).as("nothing was missed").isTrue();
    }

    @Test
    void idsThatWereNeverGivenCannotBeResumed() {
        log.send("a");

        assertThat(log.resume(2, new Recording())).isFalse();
        assertThat(log.resume(-1, new Recording())).isFalse();
    }
}
