package io.mcpdata.authentication;

import io.github.bucket4j.Bucket;
import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.SummedRows;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts and audits refused credentials. The cost of a refusal is its audit row, so a client with too many gets 429 and
 * no row; one later row reports all of these. If too many clients fail at once, their refusals are reported the same
 * way. A client with a valid credential is not affected by earlier failures from its address. Thread-safe.
 */
public final class FailedAttempts implements SummedRows {

    private static final int ROWS_AT_ONCE = 500;
    private static final int ROWS_PER_SECOND = 50;

    private final ActiveConfiguration configuration;
    private final AuditLog audit;
    private final Clock clock;
    private final AttemptThrottle throttle;
    private final AttemptTally tally = new AttemptTally();
    private final Bucket rows = Bucket.builder()
            .addLimit(limit -> limit.capacity(ROWS_AT_ONCE).refillGreedy(ROWS_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    FailedAttempts(ActiveConfiguration configuration, AuditLog audit, Clock clock, LongSupplier nanos) {
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
        this.throttle = new AttemptThrottle(nanos);
    }

    /**
     * Counts a refused credential.
     *
     * @return how long the client should wait, if it has failed too often
     * @throws io.mcpdata.audit.AuditUnavailableException if the refusal must be audited and cannot be
     */
    Optional<Duration> failed(RequestOrigin origin, String category, AuditSubject subject) {
        return failed(origin, category, "", subject, subject.credentialId());
    }

    /**
     * The same for a credential that is counted under another value than its audit rows show.
     *
     * @param rule the finding and how to correct it, if the category does not say it
     * @param credential equal for equal credentials
     */
    Optional<Duration> failed(
            RequestOrigin origin, String category, String rule, AuditSubject subject, String credential) {
        Optional<Duration> wait = throttle.failed(limits(), origin.clientAddress(), credential);
        if (wait.isPresent()) {
            tally.addThrottled(origin.clientAddress());
        } else {
            audit(origin, category, rule, subject);
        }
        return wait;
    }

    /** Audits a refusal of a credential that could not be checked; it does not count as a failed attempt. */
    void undecided(RequestOrigin origin, String category, AuditSubject subject) {
        audit(origin, category, "", subject);
    }

    private void audit(RequestOrigin origin, String category, String rule, AuditSubject subject) {
        if (rows.tryConsume(1)) {
            audit.record(AuditEvent.of(clock.instant(), Type.LOGIN_FAILURE, Outcome.DENIED, subject, origin)
                    .because(category, rule));
        } else {
            tally.addUnlisted(origin.clientAddress());
        }
    }

    /**
     * Whether this client has failed so often that no costly check of another credential should begin, and how long it
     * should then wait. A cheap check, such as a look-up, should still run, because the credential may be valid. If it
     * is not, call {@link #throttled}.
     *
     * @param credential equal for equal credentials
     */
    Optional<Duration> areTooMany(RequestOrigin origin, String credential) {
        return throttle.exhausted(limits(), origin.clientAddress(), credential);
    }

    /** Counts a credential that was not checked, because too many before it failed. */
    void throttled(RequestOrigin origin) {
        tally.addThrottled(origin.clientAddress());
    }

    /** Writes one row for all refusals that got no row of their own since the last report. */
    @Override
    public void report() {
        AttemptTally.Sum sum = tally.take();
        if (sum.all() == 0) {
            return;
        }
        try {
            audit.record(AuditEvent.of(
                            clock.instant(),
                            Type.LOGIN_FAILURE,
                            Outcome.DENIED,
                            AuditSubject.ANONYMOUS,
                            new RequestOrigin("", sum.addresses().single(), ""))
                    .because("too_many_attempts", "limits.failed_attempts")
                    .withCall("", "", text(sum))
                    .withFigures(Duration.ZERO, sum.all()));
        } catch (RuntimeException e) {
            tally.restore(sum);
            throw e;
        }
    }

    private LimitsConfig limits() {
        return configuration.config().limits();
    }

    private static String text(AttemptTally.Sum sum) {
        return "{\"throttled\":" + sum.throttled() + ",\"unlisted\":" + sum.unlisted() + ",\"addresses\":"
                + sum.addresses().json() + "}";
    }
}
