package io.mcpdata.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The length of the times into which calls are counted, which begin at whole minutes, hours or days in UTC. */
public enum AuditInterval {
    MINUTE("1m", ChronoUnit.MINUTES),
    HOUR("1h", ChronoUnit.HOURS),
    DAY("1d", ChronoUnit.DAYS);

    private final String label;
    private final ChronoUnit unit;

    AuditInterval(String label, ChronoUnit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** All labels, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(AuditInterval::label).collect(Collectors.joining(", "));
    }

    /** The interval with this label; empty if there is none. */
    public static Optional<AuditInterval> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** As readers write it. */
    public String label() {
        return label;
    }

    public Duration length() {
        return unit.getDuration();
    }

    Instant beginOf(Instant time) {
        return time.truncatedTo(unit);
    }
}
