package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AwaitedBodiesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AwaitedBodies awaited = new AwaitedBodies(nanos::get);

    @Test
    void bodyIsAwaitedWhileItIsReadHoweverThatEnds() throws IOException {
        assertThat(awaited.isEmpty()).isTrue();
        assertThat(awaited.read(new Watched(), new byte[1], 0, 1)).isEqualTo(1);
        assertThat(awaited.isEmpty()).isTrue();

        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client has left");
            }
        };
        assertThatThrownBy(() -> awaited.read(broken, new byte[1], 0, 1)).hasMessage("the client has left");
        assertThat(awaited.isEmpty()).isTrue();
    }

    @Test
    void endingTwiceGivesNoMoreTime() {
        assertThat(awaited.areEnding()).isFalse();
        awaited.end();
        assertThat(awaited.areEnding()).isTrue();
        nanos.addAndGet(AwaitedBodies.FOR_THE_REST.toNanos());
        assertThat(awaited.areOver()).isFalse();
        awaited.end();
        nanos.addAndGet(1);

        assertThat(awaited.areOver()).isTrue();
    }

    private final class Watched extends InputStream {
        @Override
        public int read() {
            assertThat(awaited.isEmpty()).isFalse();
            return 7;
        }
    }
}
