package io.mcpdata.toolkit.sql;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in the form of ISO 8601, always with seconds. */
final class IsoText {

    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)([+-]\\d\\d(?::\\d\\d){0,2})?");

    private IsoText() {}

    /** The text of a date or time of Java's calendar; any other value as its own text. */
    static String of(Object value) {
        if (value instanceof LocalTime time) {
            // no database stores the last nanosecond of a day: the driver means 24:00
            return time.equals(LocalTime.MAX) ? "24:00:00" : time(time);
        }
        if (value instanceof OffsetTime time) {
            return time(time.toLocalTime()) + time.getOffset();
        }
        if (value instanceof LocalDateTime moment) {
            return moment.toLocalDate() + "T" + time(moment.toLocalTime());
        }
        if (value instanceof OffsetDateTime moment) {
            return of(moment.toLocalDateTime()) + moment.getOffset();
        }
        return value instanceof Timestamp || value instanceof Date || value instanceof Time
                ? old(value)
                : value.toString();
    }

    private static String old(Object value) {
        if (value instanceof Timestamp moment) {
            return of(moment.toLocalDateTime());
        }
        return value instanceof Time time ? time(time.toLocalTime()) : value.toString();
    }

    /**
     * A database's text for a timestamp, converted to UTC if it has an offset. A value outside Java's calendar, such as
     * the day zero or infinity, is returned unchanged.
     */
    static String timestamp(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        try {
            LocalDateTime moment = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2));
            String offset = parts.group(3);
            return offset == null
                    ? of(moment)
                    : of(moment.atOffset(ZoneOffset.of(offset)).withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String time(LocalTime time) {
        return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
    }
}
