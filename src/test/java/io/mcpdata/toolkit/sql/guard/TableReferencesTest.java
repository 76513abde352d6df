package io.mcpdata.toolkit.sql.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables the guard finds in a statement, and that it refuses a statement whose tables it cannot find. */
final class TableReferencesTest {

    private final SqlGuard guard = new SqlGuard();

    private List<TableReference> tables(String dialect, String sql) {
        Dialect known = Dialect.valueOf(dialect);
        FunctionRules functions = FunctionRules.shipped(known)
                .with(Set.of("generate_series", "json_agg", "row_to_json", "json_populate_record", "jsonb_to_record"));
        return guard.check(sql, SqlSyntax.of(known), functions, true).tables();
    }

    private static String shown(List<TableReference> tables) {
        return tables.stream()
                .map(table -> table.parts().stream()
                                .map(part -> part.quoted() ? "<" + part.text() + ">" : part.text())
                                .collect(Collectors.joining("."))
                        + (table.optional() ? "?" : ""))
                .collect(Collectors.joining(" "));
    }

    /** A name in angle brackets is quoted. A question mark follows a common table that hides no table of its name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POSTGRESQL | SELECT 1 | ``
            POSTGRESQL | SELECT * FROM salaries | salaries
            POSTGRESQL | SELECT * FROM Hr.SALARIES | Hr.SALARIES
            POSTGRESQL | SELECT * FROM hr . "salaries" s | hr.<salaries>
            POSTGRESQL | SELECT * FROM/**/hr/* x */./* y */salaries | hr.salaries
            POSTGRESQL | SELECT * FROM db.hr.salaries | db.hr.salaries
            POSTGRESQL | SELECT * FROM ONLY salaries | salaries
            POSTGRESQL | SELECT s FROM salaries s | salaries
            POSTGRESQL | SELECT salaries FROM salaries | salaries
            POSTGRESQL | SELECT row_to_json(s) FROM salaries s | salaries
            POSTGRESQL | SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM salaries) | orders salaries
            POSTGRESQL | SELECT (SELECT max(pay) FROM salaries WHERE id = o.id) FROM orders o | salaries orders
            POSTGRESQL | SELECT 1 FROM orders o WHERE o.id IN (SELECT id FROM salaries s WHERE s.id = o.id) | orders salaries
            POSTGRESQL | SELECT 1 FROM orders o, LATERAL (SELECT * FROM salaries WHERE id = o.id) x | orders salaries
            POSTGRESQL | SELECT 1 FROM orders o LEFT JOIN LATERAL (SELECT 1 FROM hr.salaries) x ON true | orders hr.salaries
            POSTGRESQL | SELECT 1 FROM orders JOIN salaries USING (id) | orders salaries
            POSTGRESQL | SELECT 1 FROM orders NATURAL JOIN salaries | orders salaries
            POSTGRESQL | SELECT 1 FROM orders, salaries | orders salaries
            POSTGRESQL | SELECT 1 FROM (orders o JOIN salaries s ON true) | orders salaries
            POSTGRESQL | SELECT 1 FROM ((orders CROSS JOIN salaries)) | orders salaries
            POSTGRESQL | SELECT 1 FROM orders UNION SELECT 1 FROM salaries | orders salaries
            POSTGRESQL | SELECT 1 FROM orders EXCEPT (SELECT 1 FROM orders INTERSECT (SELECT 1 FROM salaries)) | orders orders salaries
            POSTGRESQL | SELECT 1 ORDER BY (SELECT count(*) FROM salaries) | salaries
            POSTGRESQL | SELECT 1 LIMIT (SELECT count(*) FROM salaries) | salaries
            POSTGRESQL | SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM salaries)) FROM orders | salaries orders
            POSTGRESQL | SELECT sum(1) OVER (ORDER BY (SELECT 1 FROM salaries)) FROM orders | salaries orders
            POSTGRESQL | SELECT CASE WHEN (SELECT true FROM salaries) THEN 1 END | salaries
            POSTGRESQL | SELECT ARRAY(SELECT pay FROM salaries) | salaries
            POSTGRESQL | SELECT 1 GROUP BY (SELECT 1 FROM salaries) HAVING (SELECT true FROM hr.salaries) | salaries hr.salaries
            POSTGRESQL | VALUES ((SELECT 1 FROM salaries)) | salaries
            POSTGRESQL | SELECT * FROM (VALUES ((SELECT 1 FROM salaries))) v | salaries
            POSTGRESQL | WITH a AS (SELECT * FROM salaries) SELECT * FROM a | salaries
            POSTGRESQL | WITH salaries AS (SELECT 1) SELECT * FROM salaries | ``
            POSTGRESQL | WITH salaries AS (SELECT 1) SELECT * FROM hr.salaries | hr.salaries
            POSTGRESQL | WITH salaries AS (SELECT * FROM salaries) SELECT * FROM salaries | salaries
            POSTGRESQL | WITH a AS (SELECT * FROM salaries), salaries AS (SELECT 1) SELECT * FROM a | salaries
            POSTGRESQL | WITH RECURSIVE a AS (SELECT * FROM salaries), salaries AS (SELECT 1) SELECT * FROM a | salaries
            POSTGRESQL | WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3) SELECT * FROM s | ``
            POSTGRESQL | WITH s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3) SELECT * FROM s | s
            POSTGRESQL | WITH "Salaries" AS (SELECT 1) SELECT * FROM salaries | salaries
            POSTGRESQL | WITH "salaries" AS (SELECT 1) SELECT * FROM SALARIES | ``
            POSTGRESQL | WITH salaries AS (SELECT 1) SELECT * FROM "SALARIES" | <SALARIES>
            POSTGRESQL | SELECT * FROM (WITH salaries AS (SELECT 1) SELECT * FROM salaries) x, salaries | salaries
            POSTGRESQL | (WITH salaries AS (SELECT 1) SELECT * FROM salaries) UNION ALL SELECT 1 FROM salaries | salaries
            POSTGRESQL | WITH x AS (WITH salaries AS (SELECT 1) SELECT * FROM salaries) SELECT * FROM salaries | salaries
            POSTGRESQL | WITH salaries AS (SELECT 1) SELECT (SELECT 1 FROM salaries) FROM orders | orders
            POSTGRESQL | WITH salaries AS MATERIALIZED (SELECT 1) SELECT * FROM orders, salaries | orders
            POSTGRESQL | SELECT o.*, count(o.*) FROM orders o | orders
            POSTGRESQL | WITH x(a) AS (SELECT a, b FROM orders), y(a) AS (VALUES (1)) SELECT OVERLAY(a PLACING 'x' FROM 1) FROM x, y | orders
            POSTGRESQL | SELECT sum(1) OVER w FROM orders WINDOW w AS (PARTITION BY id ORDER BY id) | orders
            POSTGRESQL | SELECT * FROM generate_series(1, 3) salaries | ``
            POSTGRESQL | SELECT n::int, CAST(n AS numeric(10, 2)), DATE '2026-01-01' FROM orders o | orders
            POSTGRESQL | SELECT * FROM ONLY orders | orders
            H2 | SELECT o.id FROM orders o FETCH FIRST 5 ROWS ONLY | orders
            H2 | SELECT * FROM SALARIES | SALARIES
            H2 | SELECT * FROM "SALARIES" | <SALARIES>
            H2 | SELECT * FROM PUBLIC."SALARIES" | PUBLIC.<SALARIES>
            H2 | WITH salaries AS (SELECT 1) SELECT * FROM salaries | salaries?
            H2 | WITH salaries AS (SELECT * FROM salaries) SELECT * FROM salaries | salaries? salaries?
            H2 | WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r | r? r?
            H2 | WITH "Salaries" AS (SELECT 1) SELECT * FROM salaries | salaries
            H2 | SELECT (SELECT 1 FROM salaries) FROM orders QUALIFY 1 = 1 | salaries orders
            MARIADB | SELECT * FROM ~hr~.~salaries~ | ~
            MARIADB | SELECT * FROM hr.salaries | hr.salaries
            MARIADB | SELECT * FROM dual | ``
            MARIADB | SELECT 1 FROM orders STRAIGHT_JOIN salaries | orders salaries
            MARIADB | WITH Salaries AS (SELECT 1) SELECT * FROM salaries | salaries
            MARIADB | WITH salaries AS (SELECT 1) SELECT * FROM salaries | ``
            MARIADB | WITH RECURSIVE a AS (SELECT 1 FROM b), b AS (SELECT 1) SELECT * FROM a | b
            SQLSERVER | SELECT * FROM [hr].[salaries] | <hr>.<salaries>
            SQLSERVER | SELECT * FROM db..salaries | db..salaries
            SQLSERVER | SELECT 1 FROM orders CROSS APPLY (SELECT * FROM salaries) x | orders salaries
            TRINO | SELECT * FROM hive.hr.salaries | hive.hr.salaries
            TRINO | WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s) SELECT * FROM s | s
            ORACLE | SELECT * FROM "HR"."SALARIES" | <HR>.<SALARIES>
            ORACLE | WITH s(n) AS (SELECT 1 FROM dual UNION ALL SELECT n + 1 FROM s) SELECT * FROM s | dual
            UNKNOWN | WITH salaries AS (SELECT 1) SELECT * FROM salaries WHERE 1 IN (1) | salaries?
            DUCKDB | FROM salaries | salaries
            DUCKDB | WITH salaries AS (SELECT 1) SELECT * FROM salaries | ``
            """)
    void tablesOfAStatementAreFound(String dialect, String sql, String expected) {
        String statement = sql.replace('~', '`');
        String tables = "~".equals(expected) ? "<hr>.<salaries>" : expected == null ? "" : expected;
        assertThat(shown(tables(dialect, statement))).isEqualTo(tables);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POSTGRESQL | SELECT * FROM U&"s\\0061laries"
            POSTGRESQL | SELECT * FROM U&"salaries" UESCAPE '!'
            POSTGRESQL | SELECT * FROM information_schema.tables
            POSTGRESQL | SELECT * FROM pg_class
            POSTGRESQL | SELECT * FROM pg_catalog.pg_attribute
            POSTGRESQL | SELECT * FROM PG_TABLES
            POSTGRESQL | SELECT * FROM "pg_catalog"."pg_class"
            POSTGRESQL | SELECT 'hr.salaries'::regclass
            POSTGRESQL | SELECT CAST('hr.salaries' AS regclass)
            POSTGRESQL | SELECT regclass 'hr.salaries'
            POSTGRESQL | SELECT to_regclass('hr.salaries')
            POSTGRESQL | SELECT pg_relation_size('hr.salaries')
            POSTGRESQL | SELECT query_to_xml('SELECT * FROM salaries', true, false, '')
            POSTGRESQL | SELECT table_to_xml('salaries', true, false, '')
            POSTGRESQL | SELECT has_table_privilege('salaries', 'select')
            POSTGRESQL | SELECT col_description(1, 1)
            POSTGRESQL | SELECT (NULL::salaries).*
            POSTGRESQL | SELECT (NULL::hr.salaries).pay
            POSTGRESQL | SELECT (NULL::"salaries").*
            POSTGRESQL | SELECT (CAST(NULL AS hr.salaries)).*
            POSTGRESQL | SELECT (hr.salaries '(1,2)').*
            POSTGRESQL | SELECT (salaries '(1,2)').*
            POSTGRESQL | SELECT * FROM json_populate_record(NULL::salaries, '{}')
            POSTGRESQL | SELECT (x.a).* FROM jsonb_to_record('{}') AS x(a salaries)
            POSTGRESQL | SELECT (x.a).* FROM jsonb_to_record('{}') AS x(b int, a hr.salaries)
            POSTGRESQL | SELECT (j.a).* FROM json_table('{}', '$' COLUMNS (a salaries PATH '$')) j
            POSTGRESQL | SELECT * FROM jsonb_to_record('{}') AS (values salaries)
            POSTGRESQL | SELECT * FROM jsonb_to_record('{}') AS (partition hr.salaries)
            POSTGRESQL | SELECT (x.a).* FROM xmltable('/' PASSING '<a/>' COLUMNS a hr.salaries PATH 'a') x
            POSTGRESQL | SELECT (json_value('{}', '$' RETURNING salaries)).*
            POSTGRESQL | SELECT * FROM LATERAL salaries
            POSTGRESQL | TABLE salaries
            POSTGRESQL | (TABLE hr.salaries)
            POSTGRESQL | SELECT 1 UNION ALL (TABLE hr.salaries)
            POSTGRESQL | WITH a AS (TABLE hr.salaries) SELECT 1
            POSTGRESQL | SELECT (salaries).* FROM salaries
            H2 | TABLE salaries
            POSTGRESQL | SELECT * FROM ROWS FROM (generate_series(1, 2), salaries)
            POSTGRESQL | SELECT * FROM salaries* WHERE true garbage in here
            POSTGRESQL | SELECT 1; SELECT * FROM salaries
            H2 | SELECT * FROM INFORMATION_SCHEMA.TABLES
            H2 | SELECT * FROM "INFORMATION_SCHEMA"."TABLES"
            H2 | SELECT * FROM information_schema.columns
            H2 | SELECT * FROM CSVREAD('salaries.csv')
            H2 | SELECT DATA_TYPE_SQL('PUBLIC', 'SALARIES', 'TABLE', '1')
            H2 | SELECT DB_OBJECT_SQL('TABLE', 'PUBLIC', 'SALARIES')
            H2 | SELECT DISK_SPACE_USED('SALARIES')
            H2 | SELECT * FROM U&"S\\0041LARIES"
            H2 | SELECT * FROM only orders
            H2 | SELECT * FROM orders, ONLY o
            H2 | WITH x AS (SELECT * FROM only orders) SELECT * FROM x
            MARIADB | SELECT * FROM orders JOIN only o ON 1 = 1
            MARIADB | SELECT * FROM mysql.user
            MARIADB | SELECT * FROM ~mysql~.~user~
            MARIADB | SELECT * FROM information_schema.tables
            MARIADB | SELECT /*!50000 * FROM salaries */
            MARIADB | SHOW TABLES
            MARIADB | SELECT * FROM performance_schema.threads
            TRINO | SELECT * FROM TABLE(exclude_columns(input => TABLE(hr.salaries), columns => DESCRIPTOR(a)))
            DUCKDB | SUMMARIZE salaries
            DUCKDB | SELECT * FROM orders SEMI JOIN (FROM salaries) s USING (id)
            DUCKDB | SELECT * FROM (DESCRIBE salaries)
            UNKNOWN | SELECT 1 WHERE 'TOP-4711' IN salaries
            UNKNOWN | SELECT 1 WHERE 'TOP-4711' NOT IN hr.salaries
            UNKNOWN | SELECT hr.salaries.secret_pay
            SQLSERVER | SELECT IDENT_CURRENT('hr.salaries')
            SQLSERVER | SELECT OBJECT_ID('hr.salaries')
            SQLSERVER | SELECT * FROM CONTAINSTABLE(hr.salaries, *, 'x')
            SQLSERVER | SELECT * FROM CHANGETABLE(CHANGES hr.salaries, 1) c
            ORACLE | SELECT * FROM CONTAINERS(hr.salaries)
            ORACLE | SELECT * FROM TABLE(hr.salaries)
            ORACLE | SELECT * FROM all_tables
            """)
    void statementWhoseTablesAreHiddenFromTheGuardIsRefused(String dialect, String sql) {
        assertThat(catchThrowable(() -> tables(dialect, sql.replace('~', '`'))))
                .as(sql)
                .isInstanceOf(StatementRefused.class);
    }
}
