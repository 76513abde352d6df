package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.InMemoryResponse;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ChallengeWriterTest {

    private final ChallengeWriter refusals =
            new ChallengeWriter(InMemoryActiveConfiguration.of("server: {name: data}"), (asked, answered) -> false);
    private final InMemoryResponse response = new InMemoryResponse();

    @Test
    void bodyThatHasArrivedIsReadToItsEnd() {
        Body body = new Body(9_000);

        write(new InMemoryRequest().body(9_000, body));

        assertThat(body.left()).isZero();
        assertThat(body.endSeen).isTrue();
        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void answerClosesTheConnectionOfABodyThatNobodyMayWaitFor() throws InterruptedException {
        CountDownLatch arrives = new CountDownLatch(1);
        List<Thread> waiting = new ArrayList<>();
        try {
            // as many as may wait do
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> refusals.write(
                        new InMemoryRequest().body(60_000, new Hanging(arrives)).asRequest(),
                        new InMemoryResponse().asResponse(),
                        Challenge.CREDENTIAL_MISSING));
                thread.start();
                waiting.add(thread);
            }
            Hanging.awaitReaders(4);

            write(new InMemoryRequest().body(60_000, new Hanging(arrives)));

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers()).containsEntry("Connection", "close");
        } finally {
            arrives.countDown();
            for (Thread thread : waiting) {
                thread.join(5_000);
            }
        }
    }

    @Test
    void largeBodyIsLeftAlone() {
        Body body = new Body(100_000);

        write(new InMemoryRequest().body(100_000, body));

        assertThat(body.left()).isEqualTo(100_000);
        assertThat(response.status()).isEqualTo(401);
    }

    private void write(InMemoryRequest request) {
        refusals.write(request.asRequest(), response.asResponse(), Challenge.CREDENTIAL_MISSING);
    }

    /** A body that does not come until the test lets it. */
    private static final class Hanging extends ServletInputStream {

        private static final AtomicInteger READERS = new AtomicInteger();
        private final CountDownLatch arrives;

        Hanging(CountDownLatch arrives) {
            this.arrives = arrives;
        }

        static void awaitReaders(int count) throws InterruptedException {
            for (int i = 0; i < 500 && READERS.get() < count; i++) {
                Thread.sleep(10);
            }
            assertThat(READERS).hasValue(count);
        }

        @Override
        public int read() throws IOException {
            READERS.incrementAndGet();
            try {
                arrives.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("not expected");
        }
    }

    /** A body that has arrived. */
    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream arrived;
        private boolean endSeen;

        Body(int arrived) {
            this.arrived = new ByteArrayInputStream(new byte[arrived]);
        }

        int left() {
            return arrived.available();
        }

        @Override
        public int available() {
            return arrived.available();
        }

        @Override
        public int read() {
            int next = arrived.read();
            endSeen |= next < 0;
            return next;
        }

        @Override
        public boolean isFinished() {
            return endSeen;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("not expected");
        }
    }
}
