package io.mcpdata.toolkit.sql.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.StringValue;

/** The maximum length of a function's result, by its name and the sizes of its arguments. */
final class FunctionSizes {

    /** These functions keep every row of a group and join the rows at the end. */
    static final Set<String> COLLECTING =
            words("listagg string_agg group_concat array_agg json_arrayagg json_objectagg");

    static final Set<String> AGGREGATES = words("""
            count sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp median mode corr covar_pop
            covar_samp regr_slope regr_intercept regr_r2 regr_count percentile_cont percentile_disc any_value bool_and
            bool_or every bit_and bit_or bit_and_agg bit_or_agg approx_count_distinct histogram row_number rank dense_rank
            percent_rank cume_dist ntile lag lead first_value last_value nth_value ratio_to_report grouping""");

    /** These functions return one of their arguments unchanged. */
    private static final Set<String> CHOOSING = words("""
            coalesce nullif ifnull isnull nvl nvl2 greatest least if iif casewhen decode min max any_value lag lead
            first_value last_value nth_value mode median percentile_disc""");

    private static final Set<String> SEARCHING = words("position locate instr charindex strpos");

    private static final Set<String> MATCHING = words("replace translate trim ltrim rtrim btrim split_part");

    private static final Set<String> OF_NUMBERS = words("""
            abs ceil ceiling floor round trunc truncate mod power pow sqrt cbrt exp ln log log10 log2 sign pi degrees radians
            sin cos tan cot asin acos atan atan2 sinh cosh tanh width_bucket length len char_length character_length
            octet_length bit_length cardinality array_length array_max_cardinality ascii rand random random_uuid uuid
            year month day hour minute second quarter week day_of_week dayofweek day_of_month dayofmonth day_of_year dayofyear
            iso_week iso_year iso_day_of_week isoyear weekday yearweek extract date_part datepart datediff date_diff
            timestampdiff months_between dateadd date_add date_sub timestampadd add_months date_trunc last_day eomonth date
            now getdate curdate curtime current_date current_time current_timestamp localtime localtimestamp sysdate to_days
            dayname monthname parsedatetime to_date to_timestamp to_number str_to_date make_date bitand bitor bitxor
            unix_timestamp from_unixtime epoch difference soundex json_array_length system_range grouping grouping_id""");

    /** These functions return at most as many characters as they get. */
    private static final Set<String> COPYING = words("""
            upper lower ucase lcase initcap trim ltrim rtrim btrim substring substr left right mid reverse translate concat
            concat_ws insert overlay split_part unnest table array_slice trim_array""");

    private static final Set<String> FILLING = words("lpad rpad space repeat replace");

    private static final Set<String> CUTTING = words("left right substring substr mid");

    private final Findings findings;
    private final String name;
    private final List<? extends Expression> arguments;
    private final List<Long> sizes;

    FunctionSizes(Findings findings, String name, List<? extends Expression> arguments, List<Long> sizes) {
        this.findings = findings;
        this.name = ColumnSizes.lower(name);
        this.arguments = arguments;
        this.sizes = sizes;
    }

    /** Whether the result is longer than the arguments. */
    static boolean fillsUp(String name) {
        return FILLING.contains(name);
    }

    /** Whether the function builds a text, rather than a number or one of its arguments. */
    static boolean makesText(String name) {
        String lower = ColumnSizes.lower(name);
        return !OF_NUMBERS.contains(lower)
                && !CHOOSING.contains(lower)
                && !AGGREGATES.contains(lower)
                && !SEARCHING.contains(lower);
    }

    long size() {
        if (name.startsWith("regexp") || name.equals("hash")) {
            findings.refuse(name.toUpperCase(Locale.ROOT)
                    + " on an embedded database cannot be interrupted; use LIKE, or compare in the client");
        }
        if (CHOOSING.contains(name)) {
            return sizes.stream().mapToLong(Long::longValue).reduce(EmbeddedSizes.SMALL, Math::max);
        }
        return !makesText(name) ? EmbeddedSizes.SMALL : text();
    }

    private long text() {
        return switch (name) {
            case "lpad", "rpad" -> count(1);
            case "space" -> count(0);
            case "repeat" -> size(0) * count(1);
            case "replace" -> size(0) * Math.max(1, (size(2) + searched() - 1) / searched());
            case "concat_ws" -> sum() + size(0) * sizes.size();
            default -> COPYING.contains(name) ? copied() : 2 * (sum() + EmbeddedSizes.SMALL);
        };
    }

    private long copied() {
        Optional<Long> most = CUTTING.contains(name) && arguments.size() > 1
                ? number(arguments.get(arguments.size() - 1))
                : Optional.empty();
        return most.map(limit -> Math.min(limit, size(0))).orElseGet(this::sum);
    }

    /** The length of the text that REPLACE searches for: one character unless the statement gives the text. */
    private long searched() {
        return arguments.size() > 1 && arguments.get(1) instanceof StringValue text
                ? Math.max(1, text.getValue().length())
                : 1;
    }

    private long count(int argument) {
        return argument < arguments.size()
                ? number(arguments.get(argument)).orElseGet(this::refuseCount)
                : refuseCount();
    }

    private long refuseCount() {
        findings.refuse("the length in " + name.toUpperCase(Locale.ROOT) + " must be a plain number");
        return 0;
    }

    private static Optional<Long> number(Expression expression) {
        return expression instanceof LongValue value && value.getStringValue().matches("\\d{1,9}")
                ? Optional.of(value.getValue())
                : Optional.empty();
    }

    /** How many characters it may compare to find one text in another, repeated at each position. */
    long comparisons() {
        return SEARCHING.contains(name) || MATCHING.contains(name) ? size(0) * Math.max(1, size(1)) : 0;
    }

    private long size(int argument) {
        return argument < sizes.size() ? sizes.get(argument) : 0;
    }

    private long sum() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
