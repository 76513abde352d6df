package io.mcpdata.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PeriodicTaskTest {

    private long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();
    private int times;
    private final PeriodicTask hourly =
            new PeriodicTask(Duration.ofMinutes(2), Duration.ofHours(1), () -> times++, () -> now);

    private void askAfter(Duration time) {
        now += time.toNanos();
        hourly.run();
    }

    private PeriodicTask dueNowAndHourly(Runnable task) {
        return new PeriodicTask(
                Duration.ZERO,
                Duration.ofHours(1),
                () -> {
                    times++;
                    task.run();
                },
                () -> now);
    }

    @Test
    void taskIsDoneWhenItIsDueHoweverOftenItIsAskedFor() {
        askAfter(Duration.ZERO);
        askAfter(Duration.ofSeconds(119));
        assertThat(times).isZero();
        askAfter(Duration.ofSeconds(1));
        assertThat(times).isEqualTo(1);
        askAfter(Duration.ofMinutes(59));
        assertThat(times).isEqualTo(1);
        // the counter has overflowed, as a machine's may
        askAfter(Duration.ofMinutes(1));
        assertThat(times).isEqualTo(2);
    }

    @Test
    void pauseBeginsWhenTheTaskHasEnded() {
        PeriodicTask slow = dueNowAndHourly(() -> now += Duration.ofHours(1).toNanos());
        slow.run();
        slow.run();
        assertThat(times).isEqualTo(1);
    }

    @Test
    void taskThatFailsIsDoneAgainAfterThePauseAndNotBefore() {
        PeriodicTask failing = dueNowAndHourly(() -> {
            throw new IllegalStateException("no");
        });
        assertThatIllegalStateException().isThrownBy(failing::run);
        failing.run();
        assertThat(times).isEqualTo(1);
    }
}
