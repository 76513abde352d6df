package io.mcpdata.toolkit.sql.guard;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;

/** Accepts a {@code LIKE} if its pattern is known here and costs little to match. */
final class LikeBounds {

    private static final Set<String> JOINING = Set.of("concat");
    private static final Set<String> KEEPING = Set.of("lower", "upper", "trim", "ltrim", "rtrim");

    /**
     * The known part of a pattern.
     *
     * @param text with placeholders for the values of markers and columns
     * @param length the most characters that it has with the values
     */
    private record Readable(String text, long length) {

        static final Readable EMPTY = new Readable("", 0);
        static final Readable MARKER = new Readable(LikePattern.ANY_SIMPLE, LikePattern.LONGEST_VALUE);
        static final Readable COLUMN = new Readable("x", EmbeddedBounds.COLUMN);

        Readable followedBy(Readable next) {
            return new Readable(text + next.text, length + next.length);
        }
    }

    private final Findings findings;
    private final ColumnSizes columns;

    LikeBounds(Findings findings, ColumnSizes columns) {
        this.findings = findings;
        this.columns = columns;
    }

    /**
     * @param value the most characters of the matched value
     * @return how many characters are compared; empty if the {@code LIKE} is refused
     */
    OptionalLong comparisons(LikeExpression like, long value) {
        findings.measured(like);
        if (!isLike(like)) {
            findings.refuse("a regular expression on an embedded database cannot be interrupted; use LIKE");
            return OptionalLong.empty();
        }
        Optional<Readable> pattern = readable(like.getRightExpression());
        if (pattern.isEmpty()) {
            findings.refuse(
                    "the pattern of LIKE on an embedded database is a text, a parameter, a column of a table, or"
                            + " these joined with ||");
            return OptionalLong.empty();
        }
        boolean stored = isStored(like.getLeftExpression());
        if (stored
                && isText(like.getRightExpression())
                && LikePattern.isQuadratic(pattern.get().text())) {
            return OptionalLong.of(value * value);
        }
        if (!LikePattern.isLinear(pattern.get().text())) {
            findings.refuse(
                    "LIKE on an embedded database cannot be interrupted, so its pattern has few % with text behind them:"
                            + " two for a column of a table, else one; write two conditions joined with AND: x LIKE '%a%' AND"
                            + " x LIKE '%b%'");
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                stored
                        ? value + pattern.get().length()
                        : value * Math.max(1, pattern.get().length()));
    }

    private static boolean isText(Expression pattern) {
        return pattern instanceof StringValue;
    }

    private static boolean isLike(LikeExpression like) {
        LikeExpression.KeyWord word = like.getLikeKeyWord();
        return word == LikeExpression.KeyWord.LIKE || word == LikeExpression.KeyWord.ILIKE;
    }

    /** Whether the value comes from a table: no caller has built it so that a match begins at each position. */
    boolean isStored(Expression expression) {
        return readable(expression).filter(Readable.COLUMN::equals).isPresent();
    }

    private Optional<Readable> readable(Expression expression) {
        if (expression instanceof StringValue text) {
            return Optional.of(new Readable(text.getValue(), text.getValue().length()));
        }
        if (expression instanceof JdbcParameter) {
            return Optional.of(Readable.MARKER);
        }
        if (expression instanceof Column column) {
            return columns.isStored(column) ? Optional.of(Readable.COLUMN) : Optional.empty();
        }
        if (expression instanceof Concat concat) {
            findings.measured(concat);
            return joined(Stream.of(concat.getLeftExpression(), concat.getRightExpression()));
        }
        if (expression instanceof CastExpression cast) {
            return readable(cast.getLeftExpression());
        }
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return readable(list.get(0));
        }
        return expression instanceof Function function ? called(function) : Optional.empty();
    }

    private Optional<Readable> called(Function function) {
        String name = ColumnSizes.lower(String.valueOf(function.getName()));
        if (function.getParameters() == null
                || !(JOINING.contains(name)
                        || (KEEPING.contains(name) && function.getParameters().size() == 1))) {
            return Optional.empty();
        }
        findings.measured(function);
        return joined(function.getParameters().stream());
    }

    private Optional<Readable> joined(Stream<? extends Expression> parts) {
        Readable all = Readable.EMPTY;
        for (Expression part : parts.toList()) {
            Optional<Readable> one = readable(part);
            if (one.isEmpty()) {
                return one;
            }
            all = all.followedBy(one.get());
        }
        return Optional.of(all);
    }
}
