package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JsonAggregateFunction;
import net.sf.jsqlparser.expression.JsonFunction;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * The maximum number of characters or digits of an expression's value: calls, aggregates, windows and subqueries.
 * Refuses work that takes too long on one row, or on all rows at the end. Belongs to one check.
 */
final class EmbeddedSizes extends ValueSizes {

    private final ToLongFunction<Select> subquery;
    private final WindowBounds windows;

    /** @param subquery checks a query inside an expression, and returns the size of its longest column */
    EmbeddedSizes(Findings findings, ColumnSizes columns, RowWork work, ToLongFunction<Select> subquery) {
        super(findings, columns, work);
        this.subquery = subquery;
        this.windows = new WindowBounds(findings);
    }

    @Override
    public <S> Long visit(Function function, S context) {
        List<Expression> arguments = new ArrayList<>();
        Stream.of(function.getParameters(), function.getNamedParameters(), function.getChainedParameters())
                .filter(Objects::nonNull)
                .forEach(arguments::addAll);
        if (function.getKeywordArguments() != null) {
            function.getKeywordArguments().forEach(keyword -> of(keyword.getExpression()));
        }
        of(function.getKeep());
        return call(function, String.valueOf(function.getName()), arguments, function.getOrderByElements());
    }

    private long call(Object part, String name, List<Expression> arguments, @Nullable List<OrderByElement> order) {
        String lower = ColumnSizes.lower(name);
        if (FunctionSizes.COLLECTING.contains(lower)) {
            return collected(part, arguments, order);
        }
        boolean aggregate = FunctionSizes.AGGREGATES.contains(lower);
        if (aggregate) {
            work.beginAggregate();
        }
        boolean text = FunctionSizes.makesText(lower);
        if (text) {
            numbers.beginFunction(lower);
        }
        List<Long> sizes = arguments.stream().map(this::of).toList();
        ofOrder(order);
        if (text) {
            numbers.endText(List.of());
        }
        if (aggregate) {
            work.endAggregate();
        }
        FunctionSizes function = new FunctionSizes(findings, lower, arguments, sizes);
        work.make(function.comparisons());
        long size = function.size();
        write(FunctionSizes.fillsUp(lower) ? size : 0);
        return text ? made(part, size) : size;
    }

    /**
     * The result is as long as all rows together: it may be returned and counted, but not used to build another value.
     */
    private long collected(Object part, List<Expression> arguments, @Nullable List<OrderByElement> order) {
        long before = written();
        work.beginAggregate();
        long each = arguments.stream().mapToLong(this::of).sum() + ofOrder(order);
        work.endAggregate();
        work.collect(each, written() - before);
        findings.measured(part);
        return EmbeddedBounds.LONGEST;
    }

    @Override
    public <S> Long visit(MySQLGroupConcat group, S context) {
        long separator = String.valueOf(group.getSeparator()).length();
        work.collect(separator, separator);
        return collected(group, new ArrayList<>(group.getExpressionList()), group.getOrderByElements());
    }

    @Override
    public <S> Long visit(JsonAggregateFunction json, S context) {
        List<Expression> parts = Stream.of(json.getKey(), json.getValue(), json.getExpression())
                .filter(Expression.class::isInstance)
                .map(Expression.class::cast)
                .toList();
        of(json.getFilterExpression());
        return collected(json, parts, json.getExpressionOrderByElements());
    }

    @Override
    public <S> Long visit(JsonFunction json, S context) {
        return made(json, 2 * super.visit(json, context) + SMALL * parts(json));
    }

    private static long parts(JsonFunction json) {
        return 1L + json.getKeyValuePairs().size() + json.getExpressions().size();
    }

    @Override
    public <S> Long visit(AnalyticExpression window, S context) {
        windows.check(window);
        work.group();
        List<Expression> arguments = Stream.of(window.getExpression(), window.getOffset(), window.getDefaultValue())
                .filter(Objects::nonNull)
                .toList();
        work.beginAggregate();
        of(window.getFilterExpression());
        of(window.getKeep());
        ofOrder(window.getFuncOrderBy());
        ofAll(window.getPartitionExpressionList());
        ofDefinition(window.getWindowDefinition());
        work.endAggregate();
        return call(window, String.valueOf(window.getName()), arguments, window.getOrderByElements());
    }

    /** The window's definition, in the expression or behind WINDOW. */
    void ofDefinition(@Nullable WindowDefinition definition) {
        if (definition != null) {
            windows.check(definition.getWindowElement());
            ofAll(definition.getPartitionExpressionList());
            ofOrder(definition.getOrderByElements());
        }
    }

    private void ofAll(@Nullable List<? extends Expression> expressions) {
        if (expressions != null) {
            expressions.forEach(this::of);
        }
    }

    @Override
    public <S> Long visit(ParenthesedSelect query, S context) {
        return subquery.applyAsLong(query);
    }

    @Override
    public <S> Long visit(Select query, S context) {
        return subquery.applyAsLong(query);
    }

    @Override
    public <S> Long visit(AnyComparisonExpression comparison, S context) {
        return subquery.applyAsLong(comparison.getSelect());
    }
}
