package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.SettableConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FailedAttemptsTest {

    private static final int PER_ADDRESS = LimitsConfig.DEFAULT.failedAttempts();
    private static final int PER_KEY = LimitsConfig.DEFAULT.failedAttemptsPerKey();

    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private long nanos;
    private final FailedAttempts attempts =
            new FailedAttempts(new SettableConfiguration(), audit, Clock.systemUTC(), () -> nanos);

    private Optional<Duration> fail(String address, String keyId) {
        return attempts.failed(
                new RequestOrigin("request", address, "test"),
                "unknown_key",
                new AuditSubject("", "api_key", keyId, ""));
    }

    private Optional<Duration> wait(String address, String credential) {
        return attempts.areTooMany(new RequestOrigin("request", address, "test"), credential);
    }

    @Test
    void askingWhetherThereAreTooManyCountsNothing() {
        for (int i = 0; i < 10 * PER_ADDRESS; i++) {
            assertThat(wait("192.0.2.1", "key" + i)).isEmpty();
        }
        assertThat(fail("192.0.2.1", "first")).isEmpty();
    }

    @Test
    void uncheckedCredentialsAreReportedWithTheOthers() {
        attempts.throttled(new RequestOrigin("request", "192.0.2.1", "test"));
        attempts.report();
        assertThat(audit.rows()).singleElement().satisfies(row -> {
            assertThat(row.category()).isEqualTo("too_many_attempts");
            assertThat(row.rows()).isEqualTo(1);
        });
    }

    @Test
    void refusalsAreAuditedOneByOneUntilThereAreTooMany() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(fail("192.0.2.1", "key" + i)).isEmpty();
        }
        assertThat(audit.rows()).hasSize(PER_ADDRESS);

        assertThat(fail("192.0.2.1", "one-more"))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
        assertThat(audit.rows()).hasSize(PER_ADDRESS);
        assertThat(wait("192.0.2.1", "never-seen"))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    @Test
    void oneStaleKeyDoesNotUseUpWhatOthersBehindTheSameAddressHave() {
        for (int i = 0; i < 10 * PER_ADDRESS; i++) {
            fail("192.0.2.1", "stale");
        }
        assertThat(audit.rows()).hasSize(PER_KEY);
        assertThat(wait("192.0.2.1", "stale")).isPresent();
        assertThat(wait("192.0.2.1", "other")).isEmpty();
        assertThat(fail("192.0.2.1", "other")).isEmpty();
    }

    @Test
    void otherAddressesAreNotAffected() {
        for (int i = 0; i < 2 * PER_ADDRESS; i++) {
            fail("192.0.2.1", "key" + i);
        }
        assertThat(fail("192.0.2.2", "key1")).isEmpty();
        assertThat(wait("192.0.2.2", "key1")).isEmpty();
    }

    @Test
    void hostHasOneAllowanceForAllAddressesOfItsNetwork() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            fail("2001:db8:1:2::" + Integer.toHexString(i + 1), "key" + i);
        }
        assertThat(fail("2001:db8:1:2:ffff::1", "one-more")).isPresent();
        assertThat(fail("2001:db8:1:3::1", "one-more")).isEmpty();
    }

    @Test
    void allowanceComesBackWithTime() {
        for (int i = 0; i < 2 * PER_ADDRESS; i++) {
            fail("192.0.2.1", "key" + i);
        }
        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(fail("192.0.2.1", "later")).isEmpty();
    }

    @Test
    void undecidedCredentialDoesNotCountAsAFailure() {
        for (int i = 0; i < 2 * PER_ADDRESS; i++) {
            attempts.undecided(
                    new RequestOrigin("request", "192.0.2.1", "test"),
                    "key_store_unavailable",
                    new AuditSubject("", "api_key", "same", ""));
        }
        assertThat(audit.rows()).hasSize(2 * PER_ADDRESS);
        assertThat(wait("192.0.2.1", "same")).isEmpty();
        assertThat(fail("192.0.2.1", "same")).isEmpty();
    }

    @Test
    void oneRowReportsAllThatWereThrottled() {
        for (int i = 0; i < PER_ADDRESS + 7; i++) {
            fail("192.0.2.1", "key" + i);
        }
        audit.clear();
        attempts.report();
        attempts.report();
        assertThat(audit.rows()).singleElement().satisfies(row -> {
            assertThat(row.category()).isEqualTo("too_many_attempts");
            assertThat(row.rows()).isEqualTo(7);
            assertThat(row.origin().clientAddress()).isEqualTo("192.0.2.1");
            assertThat(row.parameters()).isEqualTo("{\"throttled\":7,\"unlisted\":0,\"addresses\":{\"192.0.2.1\":7}}");
        });
    }

    @Test
    void reportThatCannotBeWrittenIsKept() {
        for (int i = 0; i < PER_ADDRESS + 7; i++) {
            fail("192.0.2.1", "key" + i);
        }
        audit.clear();
        audit.breakDown();
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(attempts::report);
        audit.recover();
        attempts.report();
        assertThat(audit.rows()).extracting(AuditEvent::rows).containsExactly(7L);
    }

    @Test
    void floodFromManyAddressesIsNotListedOneByOneButSummedUp() {
        int many = 100_000;
        for (int i = 0; i < many; i++) {
            assertThat(fail("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "key"))
                    .isEmpty();
        }
        // 500 at once, and 50 for every second that the flood took
        assertThat(audit.rows().size()).isBetween(500, 5_000);
        long listed = audit.rows().size();
        audit.clear();
        attempts.report();
        assertThat(audit.rows()).singleElement().satisfies(row -> {
            assertThat(row.rows()).isEqualTo(many - listed);
            assertThat(row.parameters().length()).isLessThan(1_000);
        });
    }

    @Test
    void memoryIsBoundedUnderAMillionAddresses() {
        AttemptThrottle throttle = new AttemptThrottle(() -> nanos);
        for (int i = 0; i < 1_000_000; i++) {
            throttle.failed(
                    LimitsConfig.DEFAULT, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "key" + i);
        }
        assertThat(throttle.clients()).isLessThanOrEqualTo(20_000);
    }

    @Test
    void persistentClientIsNotForgottenForAFloodOfOthers() {
        AttemptThrottle throttle = new AttemptThrottle(() -> nanos);
        for (int i = 0; i < 300_000; i++) {
            throttle.failed(
                    LimitsConfig.DEFAULT, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "key" + i);
            if (i % 100 == 0) {
                throttle.failed(LimitsConfig.DEFAULT, "192.0.2.1", "guess" + i);
            }
        }
        assertThat(throttle.exhausted(LimitsConfig.DEFAULT, "192.0.2.1", "never-seen"))
                .isPresent();
    }
}
