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

/** Times in the form of ISO 8601, with their seconds even where those are zero. */
final class IsoText {

    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)([+-]\\d\\d(?::\\d\\d){0,2})?");

    private IsoText() {}

    /** A value of Java's calendar; anything else is its own text. */
    static String of(Object value) {
        if (value instanceof LocalTime time) {
            // no database has nanoseconds of a day's end: a driver means 24:00 by it
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
     * The text of a database for a timestamp, moved to UTC if it has an offset. What is no day of Java's calendar, such as
     * the day zero or infinity, stays as it is.
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
