package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AwaitedBodiesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AwaitedBodies awaited = new AwaitedBodies(nanos::get);

    @Test
    void bodyIsAwaitedFromItsBeginningToItsEnd() {
        assertThat(awaited.acquire()).isTrue();
        assertThat(awaited.acquire()).isTrue();
        awaited.release();
        assertThat(awaited.isEmpty()).isFalse();
        awaited.release();
        assertThat(awaited.isEmpty()).isTrue();
    }

    @Test
    void noWaitBeginsOnceTheApplicationEnds() {
        assertThat(awaited.acquire()).isTrue();
        awaited.end();
        assertThat(awaited.acquire()).isFalse();
        awaited.release();
        assertThat(awaited.isEmpty()).isTrue();
    }

    @Test
    void endingTwiceGivesNoMoreTime() {
        awaited.end();
        nanos.addAndGet(AwaitedBodies.FOR_THE_REST.toNanos());
        assertThat(awaited.areOver()).isFalse();
        awaited.end();
        nanos.addAndGet(1);

        assertThat(awaited.areOver()).isTrue();
    }
}
