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
 * Counts and audits refused credentials. What a refusal costs is its audit row, so a client with too many gets 429 and
 * no row: a row for all of these follows. The same goes when too many clients fail at once, whose refusals are then not
 * listed one by one. Whoever presents a good credential never comes here, whatever was tried from its address before.
 * Thread-safe.
 */
public final class FailedAttempts implements SummedRows {

    private static final int ROWS_AT_ONCE = 500;
    private static final int ROWS_PER_SECOND = 50;

    private record Built(LimitsConfig limits, AttemptThrottle throttle) {}

    private final ActiveConfiguration configuration;
    private final AuditLog audit;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AttemptTally tally = new AttemptTally();
    private final Bucket rows = Bucket.builder()
            .addLimit(limit -> limit.capacity(ROWS_AT_ONCE).refillGreedy(ROWS_PER_SECOND, Duration.ofSeconds(1)))
            .build();
    private volatile Built built;

    FailedAttempts(ActiveConfiguration configuration, AuditLog audit, Clock clock, LongSupplier nanos) {
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
        this.nanos = nanos;
        this.built = build(LimitsConfig.DEFAULT);
    }

    /**
     * Takes note of a refused credential.
     *
     * @return how long the client should wait, if it has failed too often
     * @throws io.mcpdata.audit.AuditUnavailableException if the refusal must be audited and cannot
     */
    Optional<Duration> failed(RequestOrigin origin, String category, AuditSubject subject) {
        return failed(origin, category, "", subject, subject.credentialId());
    }

    /**
     * The same for a credential that audit rows show otherwise than it is counted.
     *
     * @param rule what was found and how to mend it, if the category does not say it
     * @param credential the same for the same credential
     */
    Optional<Duration> failed(
            RequestOrigin origin, String category, String rule, AuditSubject subject, String credential) {
        Optional<Duration> wait = throttle().failed(origin.clientAddress(), credential);
        if (wait.isPresent()) {
            tally.addThrottled(origin.clientAddress());
        } else {
            audit(origin, category, rule, subject);
        }
        return wait;
    }

    /** Audits that a credential was refused because nobody could tell whether it is good: that counts against nobody. */
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
     * Whether this client has failed so often that costly work for one more credential should not begin, and how long it
     * should wait then. What costs little, such as a look-up, should be done all the same: it may be a good one. If it is
     * not, {@link #throttled} is to be told.
     *
     * @param credential the same for the same credential
     */
    Optional<Duration> areTooMany(RequestOrigin origin, String credential) {
        return throttle().exhausted(origin.clientAddress(), credential);
    }

    /** Takes note of a credential that nobody looked at, because there were too many before. */
    void throttled(RequestOrigin origin) {
        tally.addThrottled(origin.clientAddress());
    }

    /** Writes one row for all that got none of their own since the last time. */
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

    private AttemptThrottle throttle() {
        LimitsConfig limits = configuration.config().limits();
        Built known = built;
        if (known.limits() != limits) {
            known = known.limits().equals(limits) ? new Built(limits, known.throttle()) : build(limits);
            built = known;
        }
        return known.throttle();
    }

    private Built build(LimitsConfig limits) {
        return new Built(limits, new AttemptThrottle(limits.failedAttempts(), limits.failedAttemptsPerKey(), nanos));
    }

    private static String text(AttemptTally.Sum sum) {
        return "{\"throttled\":" + sum.throttled() + ",\"unlisted\":" + sum.unlisted() + ",\"addresses\":"
                + sum.addresses().json() + "}";
    }
}
