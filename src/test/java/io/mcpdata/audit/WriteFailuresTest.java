package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WriteFailuresTest {

    private final Logger logger = Logger.getLogger(WriteFailures.class.getName());
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private long nanos;
    private final WriteFailures failures = new WriteFailures(() -> nanos);

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
    }

    @Test
    void thousandFailuresOfOneCauseAreOneLineAMinute() {
        for (int i = 0; i < 1_000; i++) {
            failures.failed(new IllegalStateException("row " + i, new IOException("No space left on device")));
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getThrown()).isNotNull();
        nanos += Duration.ofMinutes(1).toNanos();
        failures.failed(new IllegalStateException(new IOException("No space left on device")));
        assertThat(lines).hasSize(2);
    }

    @Test
    void anotherCauseHasItsOwnLine() {
        failures.failed(new IllegalStateException(new IOException("full")));
        failures.failed(new IllegalStateException(new InterruptedException()));
        assertThat(lines).hasSize(2);
    }

    @Test
    void recoveryIsToldOnceAndOnlyAfterAFailure() {
        failures.succeeded();
        assertThat(lines).isEmpty();
        failures.failed(new IllegalStateException("down"));
        failures.succeeded();
        failures.succeeded();
        assertThat(lines).extracting(LogRecord::getMessage).last().isEqualTo("the store takes audit rows again");
        assertThat(lines).hasSize(2);
    }
}
