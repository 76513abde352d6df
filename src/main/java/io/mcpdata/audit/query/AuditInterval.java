package io.mcpdata.audit.query;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The length of the times into which calls are counted, which begin at whole minutes, hours or days in UTC. */
public enum AuditInterval {
    MINUTE("1m", Duration.ofMinutes(1)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1));

    private final String label;
    private final Duration length;

    AuditInterval(String label, Duration length) {
        this.label = label;
        this.length = length;
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
        return length;
    }

    String beginOf(String time) {
        return "DATE_TRUNC(" + name() + ", " + time + ")";
    }
}
