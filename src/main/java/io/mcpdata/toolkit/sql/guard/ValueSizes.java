package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.Matches;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.expression.operators.relational.SimilarToExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/**
 * The maximum number of characters or digits of an expression's value: literals, columns and operators. Refuses a value
 * that can be too long. Belongs to one check.
 */
abstract class ValueSizes extends ExpressionVisitorAdapter<Long> {

    /** The length of any number, date or boolean. */
    static final long SMALL = 30;

    /** Fewer digits cost next to nothing. */
    private static final long USUAL_DIGITS = 400;

    final Findings findings;
    final RowWork work;
    private long written;
    final LargeNumbers numbers;
    private final ColumnSizes columns;

    ValueSizes(Findings findings, ColumnSizes columns, RowWork work) {
        this.findings = findings;
        this.columns = columns;
        this.work = work;
        this.numbers = new LargeNumbers(findings);
    }

    /** How many characters of the parts visited so far the statement itself contains or fills up. */
    final long written() {
        return written;
    }

    final void write(long characters) {
        written += characters;
    }

    final long of(@Nullable Expression expression) {
        if (expression == null || !findings.isEmpty()) {
            return 0;
        }
        Long size = expression.accept(this, null);
        return size == null ? SMALL : size;
    }

    final long ofOrder(@Nullable List<OrderByElement> order) {
        return order == null
                ? 0
                : order.stream()
                        .mapToLong(element -> of(element.getExpression()))
                        .sum();
    }

    /** A text that the statement builds. */
    final long made(Object part, long size) {
        findings.measured(part);
        work.make(size);
        // a text as long as LISTAGG's is too long already
        return notTooLong(size + 1) - 1;
    }

    final long notTooLong(long size) {
        if (size > EmbeddedBounds.LONGEST) {
            findings.refuse("a value can have up to " + size + " characters or digits (a column counts as "
                    + EmbeddedBounds.COLUMN + "), and an embedded database allows " + EmbeddedBounds.LONGEST
                    + "; join fewer or shorter ones, or cut them with LEFT(text, length) first");
        }
        return size;
    }

    @Override
    protected <S> Long applyExpression(Expression expression, S context) {
        return SMALL;
    }

    @Override
    protected <S> Long visitExpressions(Expression expression, S context, Collection<Expression> parts) {
        return parts.stream().filter(Objects::nonNull).mapToLong(this::of).sum();
    }

    @Override
    protected <S> Long visitBinaryExpression(BinaryExpression expression, S context) {
        long left = of(expression.getLeftExpression());
        long right = of(expression.getRightExpression());
        if (expression instanceof Multiplication || expression instanceof Division) {
            work.make(left + right > USUAL_DIGITS ? left + right : 0);
            return notTooLong(left + right);
        }
        return Math.max(left, right) + 1;
    }

    @Override
    public <S> Long visit(Column column, S context) {
        written += columns.written(column);
        return columns.of(column);
    }

    @Override
    public <S> Long visit(StringValue text, S context) {
        numbers.literal(text.getValue());
        written += text.getValue().length();
        return notTooLong(text.getValue().length());
    }

    @Override
    public <S> Long visit(LongValue number, S context) {
        return notTooLong(number.getStringValue().length());
    }

    @Override
    public <S> Long visit(DoubleValue number, S context) {
        return notTooLong(numbers.digits(number.toString()));
    }

    @Override
    public <S> Long visit(JdbcParameter parameter, S context) {
        return (long) EmbeddedBounds.LONGEST_VALUE;
    }

    @Override
    public <S> Long visit(Concat concat, S context) {
        List<Expression> operands = new ArrayList<>();
        addOperands(concat, operands);
        numbers.beginText();
        long size = operands.stream().mapToLong(this::of).sum();
        numbers.endText(operands);
        return made(concat, size);
    }

    /** H2 joins all operands at once, so the sizes of the inner results do not count. */
    private void addOperands(Expression expression, List<Expression> operands) {
        if (expression instanceof Concat concat) {
            findings.measured(concat);
            addOperands(concat.getLeftExpression(), operands);
            addOperands(concat.getRightExpression(), operands);
        } else {
            operands.add(expression);
        }
    }

    @Override
    public <S> Long visit(TrimFunction trim, S context) {
        numbers.beginText();
        long size = of(trim.getExpression()) + of(trim.getFromExpression());
        numbers.endText(List.of());
        return made(trim, size);
    }

    @Override
    public <S> Long visit(ArrayConstructor array, S context) {
        return made(array, super.visit(array, context) + array.getExpressions().size());
    }

    /** One element is not longer than the whole array. */
    @Override
    public <S> Long visit(ArrayExpression element, S context) {
        of(element.getIndexExpression());
        of(element.getStartIndexExpression());
        of(element.getStopIndexExpression());
        return of(element.getObjExpression());
    }

    @Override
    public <S> Long visit(CaseExpression chosen, S context) {
        of(chosen.getSwitchExpression());
        long longest = of(chosen.getElseExpression());
        for (WhenClause when : chosen.getWhenClauses()) {
            of(when.getWhenExpression());
            longest = Math.max(longest, of(when.getThenExpression()));
        }
        return longest;
    }

    @Override
    public <S> Long visit(CastExpression cast, S context) {
        long before = of(cast.getLeftExpression());
        long size = new CastSize(findings, cast.getColDataType()).of(before);
        written += Math.max(0, size - before);
        return made(cast, size);
    }

    @Override
    public <S> Long visit(LikeExpression like, S context) {
        of(like.getEscape());
        new LikeBounds(findings, columns)
                .comparisons(like, of(like.getLeftExpression()))
                .ifPresent(work::make);
        return SMALL;
    }

    @Override
    public <S> Long visit(RegExpMatchOperator match, S context) {
        return refuseRegularExpression();
    }

    @Override
    public <S> Long visit(SimilarToExpression match, S context) {
        return refuseRegularExpression();
    }

    @Override
    public <S> Long visit(Matches match, S context) {
        return refuseRegularExpression();
    }

    private long refuseRegularExpression() {
        findings.refuse("a regular expression on an embedded database cannot be interrupted; use LIKE");
        return SMALL;
    }
}
