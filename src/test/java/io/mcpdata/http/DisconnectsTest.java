package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DisconnectsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Disconnects disconnects = new Disconnects(nanos::get);

    @Test
    void oneLineAMinuteReportsAll() {
        assertThat(disconnects.add()).hasValue(1);
        for (int i = 0; i < 500; i++) {
            assertThat(disconnects.add()).isEmpty();
        }
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(disconnects.add()).hasValue(501);
        assertThat(disconnects.add()).isEmpty();
    }
}
