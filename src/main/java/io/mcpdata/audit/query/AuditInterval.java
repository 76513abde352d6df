package io.mcpdata.audit.query;

import io.mcpdata.store.StoreDialect;
import java.time.Duration;

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

    /** As readers write it. */
    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }

    String beginOf(StoreDialect dialect, String time) {
        return dialect.beginOf(name(), time);
    }
}
