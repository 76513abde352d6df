package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {

    private long nanos;
    private final RateLimits<String> rates = new RateLimits<>(() -> nanos);

    @Test
    void asManyCallsAsTheLimitAreLetThroughAndTheNextIsToldHowLongToWait() {
        for (int i = 0; i < 60; i++) {
            assertThat(rates.take("ann", 60)).isEmpty();
        }
        assertThat(rates.take("ann", 60)).contains(Duration.ofSeconds(1));
        assertThat(rates.take("bob", 60)).isEmpty();
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(rates.take("ann", 60)).isEmpty();
        assertThat(rates.take("ann", 60)).isPresent();
    }

    @Test
    void withoutALimitNothingIsCounted() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(rates.take("ann", 0)).isEmpty();
        }
    }

    @Test
    void changedLimitCountsFromNow() {
        assertThat(rates.take("ann", 1)).isEmpty();
        assertThat(rates.take("ann", 1)).isPresent();
        assertThat(rates.take("ann", 2)).isEmpty();
    }
}
