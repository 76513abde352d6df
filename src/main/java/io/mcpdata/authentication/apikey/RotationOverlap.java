package io.mcpdata.authentication.apikey;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a rotated key stays valid beside its successor, as operators write it: one rule for the server and the
 * command line. Plain Java SE. Thread-safe.
 */
public final class RotationOverlap {

    /** The expected form, for error messages. */
    public static final String EXPECTED = "a duration from 0s to 365d, such as 30m or 24h";

    public static final Duration STANDARD = Duration.ofHours(24);

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    private RotationOverlap() {}

    /** @throws IllegalArgumentException if the text is not such a duration */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration overlap = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (overlap.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("too long");
        }
        return overlap;
    }
}
