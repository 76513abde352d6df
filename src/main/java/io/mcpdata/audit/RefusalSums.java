package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Refusals without a row of their own, by caller and reason. Bounded. Thread-safe. */
final class RefusalSums {

    static final int MOST_CALLERS = 200;

    /**
     * One kind of refusal.
     *
     * @param who the caller's identity, the client address of an unauthenticated request, empty for the callers beyond
     *     {@link #MOST_CALLERS}
     */
    record Reason(String who, Type type, String category) {

        static Reason of(AuditEvent refusal) {
            String identity = refusal.subject().identity();
            String who = identity.isEmpty() ? "address:" + refusal.origin().clientAddress() : identity;
            return new Reason(who, refusal.type(), refusal.category());
        }
    }

    /** How many refusals of one reason there were, and from which addresses. Not thread-safe. */
    static final class Sum {

        private final Reason reason;
        private final AuditSubject subject;
        private final AddressCounts addresses = new AddressCounts();
        private String rule;
        private long count;

        private Sum(Reason reason, AuditSubject subject, String rule) {
            this.reason = reason;
            this.subject = subject;
            this.rule = rule;
        }

        private void add(String newRule, AddressCounts from, long more) {
            rule = newRule.equals(rule) ? rule : "";
            addresses.addAll(from);
            count += more;
        }

        AuditEvent row(Instant now) {
            return AuditEvent.of(
                            now, reason.type(), Outcome.DENIED, subject, new RequestOrigin("", addresses.single(), ""))
                    .because(reason.category(), rule)
                    .withCall("", "", "{\"unlisted\":" + count + ",\"addresses\":" + addresses.json() + "}")
                    .withFigures(Duration.ZERO, count);
        }
    }

    private Map<Reason, Sum> sums = new LinkedHashMap<>();

    void add(AuditEvent refusal) {
        AddressCounts address = new AddressCounts();
        address.add(refusal.origin().clientAddress());
        add(Reason.of(refusal), refusal.subject(), refusal.rule(), address, 1);
    }

    /** Passes every sum to the reader and removes it; if the reader throws, that sum and the later ones are kept. */
    void take(Consumer<Sum> reader) {
        Iterator<Sum> taken = taken().values().iterator();
        while (taken.hasNext()) {
            Sum sum = taken.next();
            try {
                reader.accept(sum);
            } catch (RuntimeException e) {
                keep(sum);
                taken.forEachRemaining(this::keep);
                throw e;
            }
        }
    }

    private synchronized Map<Reason, Sum> taken() {
        Map<Reason, Sum> taken = sums;
        sums = new LinkedHashMap<>();
        return taken;
    }

    private void keep(Sum sum) {
        add(sum.reason, sum.subject, sum.rule, sum.addresses, sum.count);
    }

    private synchronized void add(
            Reason reason, AuditSubject subject, String rule, AddressCounts addresses, long count) {
        boolean named = sums.containsKey(reason) || sums.size() < MOST_CALLERS;
        Reason counted = named ? reason : new Reason("", reason.type(), reason.category());
        AuditSubject shown = named ? subject : AuditSubject.ANONYMOUS;
        sums.computeIfAbsent(counted, first -> new Sum(first, shown, rule)).add(rule, addresses, count);
    }
}
