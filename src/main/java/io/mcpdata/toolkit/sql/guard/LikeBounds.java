package io.mcpdata.toolkit.sql.guard;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Lets {@code LIKE} through if its pattern can be read here and costs little. */
final class LikeBounds {

    private static final Set<String> JOINING = Set.of("concat");
    private static final Set<String> KEEPING = Set.of("lower", "upper", "trim", "ltrim", "rtrim");

    private final Findings findings;
    private final ColumnSizes columns;

    LikeBounds(Findings findings, ColumnSizes columns) {
        this.findings = findings;
        this.columns = columns;
    }

    void check(LikeExpression like, long value, long patternSize) {
        if (!isLike(like)) {
            findings.refuse("a regular expression on an embedded database cannot be interrupted; use LIKE");
            return;
        }
        Optional<String> pattern = readable(like.getRightExpression());
        if (pattern.isEmpty()) {
            findings.refuse(
                    "the pattern of LIKE on an embedded database is a text, a parameter, a column of a table, or"
                            + " these joined with ||");
        } else if (!LikePattern.isLinear(pattern.get())) {
            findings.refuse(
                    "LIKE on an embedded database cannot be interrupted, so its pattern has one % at its beginning"
                            + " or in its middle, and one at its end; write two conditions joined with AND: x LIKE '%a%' AND x LIKE"
                            + " '%b%'");
        } else if (!LikePattern.isShort(Math.max(1, patternSize), value)) {
            findings.refuse("LIKE compares a value of up to " + value + " characters with a pattern of up to "
                    + patternSize + ", which an embedded database cannot interrupt; use shorter ones");
        }
    }

    private static boolean isLike(LikeExpression like) {
        LikeExpression.KeyWord word = like.getLikeKeyWord();
        return word == LikeExpression.KeyWord.LIKE || word == LikeExpression.KeyWord.ILIKE;
    }

    /** The pattern with markers and columns in place of their values; empty if it cannot be read here. */
    private Optional<String> readable(Expression expression) {
        if (expression instanceof StringValue text) {
            return Optional.of(text.getValue());
        }
        if (expression instanceof JdbcParameter) {
            return Optional.of(LikePattern.ANY_SIMPLE);
        }
        if (expression instanceof Column column) {
            return columns.isStored(column) ? Optional.of("x") : Optional.empty();
        }
        if (expression instanceof Concat concat) {
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

    private Optional<String> called(Function function) {
        String name = ColumnSizes.lower(String.valueOf(function.getName()));
        if (function.getParameters() == null || !(JOINING.contains(name) || KEEPING.contains(name))) {
            return Optional.empty();
        }
        boolean one = KEEPING.contains(name) && function.getParameters().size() != 1;
        return one ? Optional.empty() : joined(function.getParameters().stream());
    }

    private Optional<String> joined(Stream<? extends Expression> parts) {
        var read = parts.map(this::readable).toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Optional.of(read.stream().flatMap(Optional::stream).collect(Collectors.joining()))
                : Optional.empty();
    }
}
