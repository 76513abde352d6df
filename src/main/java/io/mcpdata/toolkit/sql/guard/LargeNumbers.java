package io.mcpdata.toolkit.sql.guard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TrimFunction;

/** Refuses numbers with large exponents, and texts that may become one. Belongs to one check. */
final class LargeNumbers {

    private static final int MOST_DIGITS = 400;

    /** These functions return characters that no literal of the statement contains. */
    private static final Set<String> OF_CODES = Set.of("chr", "char", "hextoraw", "utf8tostring", "stringdecode");

    private final Findings findings;
    private int depth;
    private boolean suspicious;

    LargeNumbers(Findings findings) {
        this.findings = findings;
    }

    void literal(String text) {
        if (NumberText.isTooLarge(text)) {
            refuse("the text '" + text.strip() + "' is a number with an exponent of more than three digits");
        }
        suspicious |= depth > 0 && NumberText.mayBecomeTooLarge(text);
    }

    /** How many digits the number has in all. */
    long digits(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            long digits = (long) value.precision() + Math.abs((long) value.scale());
            if (digits > MOST_DIGITS) {
                refuse("the number " + number + " has more than " + MOST_DIGITS + " digits");
            }
            return digits;
        } catch (NumberFormatException e) {
            refuse("the number " + number + " cannot be read");
            return 0;
        }
    }

    /** The nodes visited from now on are parts of one text. */
    void beginText() {
        if (depth++ == 0) {
            suspicious = false;
        }
    }

    void beginFunction(String name) {
        beginText();
        suspicious |= OF_CODES.contains(name);
    }

    /** @param operands the operands of {@code ||}, if the text was built with it */
    void endText(List<Expression> operands) {
        depth--;
        if (depth == 0 && (suspicious || isOfPieces(operands)) && !hasWord(operands)) {
            refuse("a text that is put together here may turn out to be a number with a large exponent, such as"
                    + " 1E99999999; put a word or a sign such as / or , between its parts");
        }
    }

    /** Digits, a letter cut out of a text, and digits again. */
    private static boolean isOfPieces(List<Expression> operands) {
        return operands.size() > 2
                && operands.stream()
                        .anyMatch(part -> part instanceof TrimFunction
                                || (part instanceof Function call && FunctionSizes.makesText(call.getName())));
    }

    private static boolean hasWord(List<Expression> operands) {
        return operands.stream()
                .anyMatch(part -> part instanceof StringValue text && NumberText.isNeverPartOfOne(text.getValue()));
    }

    private void refuse(String what) {
        findings.refuse(what + "; an embedded database cannot be interrupted while it works on such a number");
    }
}
