package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LateRowsTest {

    private final List<String> written = new ArrayList<>();
    private boolean broken = true;
    private long nanos;
    private final LateRows late = new LateRows(this::write, 1_200, () -> nanos);

    private void write(List<AuditEvent> events) {
        assertThat(events).hasSizeLessThanOrEqualTo(500);
        if (broken) {
            throw new IllegalStateException("down");
        }
        events.forEach(event -> written.add(event.tool()));
    }

    @Test
    void rowsAreWrittenInTheirOrderWhenTheStoreTakesThemAgain() {
        IntStream.range(0, 1_100).forEach(i -> late.keep(Events.call("t" + i)));
        late.retry();
        assertThat(written).isEmpty();
        broken = false;
        late.retry();
        assertThat(written)
                .isEqualTo(IntStream.range(0, 1_100).mapToObj(i -> "t" + i).toList());
        late.retry();
        assertThat(written).as("none is written twice").hasSize(1_100);
    }

    @Test
    void rowIsTriedForTenMinutesAndNoLonger() {
        late.keep(Events.call("old"));
        nanos += LateRows.PATIENCE.toNanos();
        late.keep(Events.call("young"));
        late.retry();
        nanos += 1;
        late.retry();
        broken = false;
        late.retry();
        assertThat(written).containsExactly("young");
    }

    @Test
    void itIsFullUntilRowsAreWritten() {
        for (int i = 0; i < 1_200; i++) {
            assertThat(late.isFull()).isFalse();
            late.keep(Events.call("t"));
        }
        assertThat(late.isFull()).isTrue();
        broken = false;
        late.retry();
        assertThat(late.isFull()).isFalse();
    }

    @Test
    void lastAttemptWritesWhatItCan() {
        late.keep(Events.call("a"));
        broken = false;
        late.end();
        assertThat(written).containsExactly("a");
        nanos += Duration.ofHours(1).toNanos();
        late.end();
        assertThat(written).hasSize(1);
    }
}
