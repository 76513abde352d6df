package io.mcpdata.toolkit.sql;

import java.util.Set;

/** The words the guard knows, lower case. What is a function and not listed here does not run. */
final class SqlVocabulary {

    /**
     * Words that write, lock, leave the statement or, where no semicolon is needed, start another one, wherever they
     * stand. {@code REGEXP} is here because an embedded database's regular expressions cannot be stopped.
     */
    static final Set<String> FORBIDDEN = words("""
            insert update delete merge upsert into create alter drop truncate grant revoke deny
            call exec execute deallocate declare begin commit rollback savepoint set setuser nextval
            outfile dumpfile procedure trigger backup restore shutdown
            bulk checkpoint dbcc kill print raiserror reconfigure revert use waitfor writetext updatetext
            updlock xlock tablock tablockx holdlock rowlock paglock
            uescape java_object regexp rlike""");

    /** The same for two words in a row, each of which alone may name a column. */
    static final Set<String> FORBIDDEN_PAIRS =
            Set.of("next value", "for share", "key share", "in share", "lock in", "for update");

    /** What tells about the account behind the connection, without a parenthesis. */
    static final Set<String> ACCOUNT =
            words("current_user session_user system_user current_role current_catalog suser_name suser_sname");

    static final Set<String> SYSTEM_SCHEMAS = words("""
            information_schema pg_catalog pg_toast sys sysibm syscat sysproc mysql performance_schema
            definition_schema master msdb tempdb""");

    /** Beginnings of names that belong to the database system. */
    static final Set<String> SYSTEM_PREFIXES = words("pg_ sqlite_ duckdb_ dbms_ utl_");

    /** Names of tables and columns that the parser takes for keywords of dialects that have them. */
    static final Set<String> RESERVED_BY_THE_PARSER = words("""
            absent check constraint csv current distinctrow errors excludes extend fbv final force foreign import includes
            only output pivot unpivot preferring prewhere prior returning returns sample script semi settings statement
            sql_cache unknown verify""");

    /** Words that may stand before an opening parenthesis without calling anything. */
    static final Set<String> KEYWORDS = words("""
            in exists any all some as and or not on using where select from join apply union except intersect minus
            over values when then else case between having by filter group with recursive limit offset top
            distinct like ilike is partition lateral end fetch first sets rollup cube row array interval materialized
            decimal numeric number float varchar varying char character nchar nvarchar varchar2 varbinary binary bit
            timestamp time datetime datetime2 datetimeoffset escape div""");

    static final Set<String> FUNCTIONS = words("""
            count sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp stdev stdevp var varp
            covar_pop covar_samp corr regr_slope regr_intercept regr_r2 regr_count median mode
            percentile_cont percentile_disc string_agg listagg group_concat array_agg any_value bool_and bool_or every
            bit_and bit_or approx_count_distinct
            row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value grouping
            grouping_id
            abs ceil ceiling floor round trunc mod power pow sqrt cbrt exp ln log log10 log2 sign
            greatest least width_bucket pi degrees radians sin cos tan asin acos atan atan2
            coalesce nullif ifnull isnull nvl nvl2 if iif decode cast try_cast convert try_convert
            upper lower initcap trim ltrim rtrim substring substr left right length len char_length character_length
            octet_length position locate instr charindex strpos replace concat concat_ws lpad rpad reverse translate
            split_part ascii chr starts_with
            extract year month day hour minute second quarter week day_of_week dayofweek day_of_month dayofmonth
            day_of_year dayofyear iso_week isoyear weekday yearweek last_day eomonth
            date_trunc date_part date_bin datepart datename datediff dateadd date_diff date_add date_sub date_format
            months_between add_months timestampdiff timestampadd make_date make_interval justify_days to_days
            to_char to_date to_timestamp to_number str_to_date date now getdate current_date current_timestamp
            localtimestamp age formatdatetime parsedatetime monthname dayname
            json_value json_query json_extract json_array_length jsonb_array_length jsonb_extract_path_text
            json_extract_path_text cardinality array_length""");

    /** Functions whose second argument is the length of the result, which must not be left to the statement. */
    static final Set<String> PADDING = words("lpad rpad");

    private SqlVocabulary() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
