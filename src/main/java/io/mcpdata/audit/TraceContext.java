package io.mcpdata.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a request in a trace, as its sender named it in {@code traceparent} (W3C Trace Context). Each part has
 * hexadecimal digits only.
 *
 * @param traceId 32 digits, the same for all requests of one trace
 * @param parentId 16 digits, of the sender's span
 * @param flags 2 digits
 */
public record TraceContext(String traceId, String parentId, String flags) {

    /** A later version may have more parts, which are not read. */
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[\\x20-\\x7e]*)?");

    private static final int LONGEST = 256;
    private static final String INVALID_VERSION = "ff";
    private static final String FIRST_VERSION = "00";

    /** Empty if the text is not valid: then the standard wants it to be ignored. */
    public static Optional<TraceContext> parse(String traceparent) {
        Matcher parts = FORM.matcher(traceparent);
        if (traceparent.length() > LONGEST || !parts.matches()) {
            return Optional.empty();
        }
        String version = parts.group(1);
        boolean isKnown =
                !version.equals(INVALID_VERSION) && (!version.equals(FIRST_VERSION) || parts.group(5) == null);
        boolean hasIds = !isZero(parts.group(2)) && !isZero(parts.group(3));
        return isKnown && hasIds
                ? Optional.of(new TraceContext(parts.group(2), parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    /** In version 00 of the standard. */
    public String traceparent() {
        return FIRST_VERSION + "-" + traceId + "-" + parentId + "-" + flags;
    }
}
