package io.mcpdata.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as a reader of the audit trail gives it: an instant, or how long ago. */
public final class AuditTime {

    public static final String EXPECTED = "a time such as 2026-01-31T08:00:00Z (a + of its offset is written %2B),"
            + " or how long ago, such as 30m, 24h or 90d";

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private AuditTime() {}

    /** @throws RuntimeException if the text is none, or not between the years 1970 and 9999 */
    public static Instant parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        Instant time = ago.matches()
                ? now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)))
                : OffsetDateTime.parse(text).toInstant();
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("not between 1970 and 9999");
        }
        return time;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
