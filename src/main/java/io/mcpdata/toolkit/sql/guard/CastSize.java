package io.mcpdata.toolkit.sql.guard;

import java.util.Locale;
import java.util.regex.Pattern;
import net.sf.jsqlparser.statement.create.table.ColDataType;

/** The maximum length of a value after a cast to another type. */
final class CastSize {

    private static final long MOST_DIGITS = 1_000;

    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\s*([KMGTP]?)\\b");

    private final Findings findings;
    private final String type;
    private final long longest;

    CastSize(Findings findings, ColDataType type) {
        this.findings = findings;
        this.type = type.toString().toUpperCase(Locale.ROOT);
        this.longest = NUMBER.matcher(this.type)
                .results()
                .mapToLong(number -> number(number.group(1), number.group(2)))
                .max()
                .orElse(0);
    }

    long of(long size) {
        if (type.startsWith("DEC") || type.startsWith("NUM")) {
            checkDigits();
            return Math.max(EmbeddedSizes.SMALL, longest);
        }
        if (type.contains("VAR") || type.contains("TEXT") || type.contains("CLOB") || type.contains("LOB")) {
            return longest == 0 ? size : Math.min(size, longest);
        }
        // types of fixed length are filled up with blanks or zeros
        return type.contains("CHAR") || type.contains("BINARY") ? Math.max(1, longest) : size;
    }

    private void checkDigits() {
        if (longest > MOST_DIGITS) {
            findings.refuse(type + " has more digits than the " + MOST_DIGITS + " that an embedded database allows");
        }
    }

    private static long number(String digits, String unit) {
        return digits.length() > 9 || !unit.isEmpty() ? Integer.MAX_VALUE : Long.parseLong(digits);
    }
}
