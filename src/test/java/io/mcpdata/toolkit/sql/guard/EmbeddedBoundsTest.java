package io.mcpdata.toolkit.sql.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.select.Select;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBoundsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM customers WHERE name LIKE '%a%'",
                "SELECT name FROM customers WHERE name NOT LIKE '%a%b%'",
                "SELECT name FROM customers WHERE name LIKE 'Anna%' OR name LIKE '%son' OR name LIKE 'A%er'",
                "SELECT name FROM customers WHERE LOWER(name) LIKE '%' || LOWER(?) || '%'",
                "SELECT name FROM customers WHERE name LIKE CONCAT('%', ?, '%') ESCAPE '!'",
                "SELECT name FROM customers WHERE name ILIKE ? AND country NOT LIKE 'D_'",
                "SELECT a.name FROM customers a JOIN products b ON b.name LIKE '%' || a.name || '%'",
                "SELECT first_name || ' ' || last_name || ', ' || street || ', ' || zip || ' ' || city FROM people",
                "SELECT name || ' (' || country || ')' AS label, COUNT(*) FROM customers GROUP BY name, country",
                "SELECT CONCAT_WS(', ', name, country, segment) FROM customers",
                "SELECT UPPER(LEFT(name, 1)) || LOWER(SUBSTRING(name, 2)) FROM customers",
                "SELECT LPAD(CAST(order_id AS VARCHAR), 8, '0') FROM orders",
                "SELECT RPAD(name, 40) || REPLACE(REPLACE(name, ' ', '_'), '-', '') FROM customers",
                "SELECT CAST(REPLACE(price, ',', '.') AS DECIMAL(10, 2)) FROM imports",
                "SELECT EXTRACT(YEAR FROM ordered_on) || '-' || EXTRACT(MONTH FROM ordered_on) AS m FROM orders",
                "SELECT category, LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) AS names FROM products GROUP BY"
                        + " category ORDER BY category",
                "SELECT category, STRING_AGG(DISTINCT name, '; ' ORDER BY name) FROM products GROUP BY category",
                "SELECT category, ARRAY_AGG(product_id ORDER BY product_id) FROM products GROUP BY category",
                "SELECT customer_id, LISTAGG(product || ' x' || n, ', ') FROM sold GROUP BY customer_id",
                "WITH l AS (SELECT category, name || ' (' || unit_price || ')' AS label FROM products)"
                        + " SELECT category, LISTAGG(label, ', ') FROM l GROUP BY category",
                "WITH tags AS (SELECT order_id, LISTAGG(tag, ',') AS tags FROM t GROUP BY order_id)"
                        + " SELECT o.order_id, tags.tags, LENGTH(tags.tags) FROM orders o JOIN tags USING (order_id)",
                "SELECT SUM(quantity * unit_price * (1 - discount) * 1.19) FROM order_lines",
                "SELECT ROUND(100.0 * SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) / COUNT(*), 2) FROM orders",
                "SELECT price * 1E3, price / 1.5E-10, 9007199254740993, POWER(10, 300) FROM products",
                "SELECT order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) FROM orders",
                "SELECT d, AVG(n) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM days",
                "SELECT d, SUM(n) OVER (ORDER BY d ROWS UNBOUNDED PRECEDING) FROM days",
                "SELECT d, SUM(n) OVER (ORDER BY d RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM days",
                "SELECT d, AVG(n) OVER w, LAG(n, 1, 0) OVER w FROM days WINDOW w AS (ORDER BY d)",
                "SELECT MEDIAN(n) OVER (PARTITION BY d), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) FROM days",
                "SELECT NTILE(4) OVER (ORDER BY n), COUNT(DISTINCT n) OVER (PARTITION BY d) FROM days",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT SUM(i) FROM n",
                "WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f WHERE b < 1000) SELECT a FROM f",
                "WITH RECURSIVE d(day) AS (SELECT DATE '2024-01-01' UNION ALL SELECT DATEADD('DAY', 1, day) FROM d"
                        + " WHERE day < DATE '2024-12-31') SELECT day FROM d",
                "WITH RECURSIVE t(id, name, path, depth) AS (SELECT id, name, name, 0 FROM parts WHERE parent IS NULL"
                        + " UNION ALL SELECT c.id, c.name, t.path || ' > ' || c.name, t.depth + 1 FROM parts c"
                        + " JOIN t ON c.parent = t.id) SELECT path FROM t ORDER BY path",
                "WITH RECURSIVE fact(n, f) AS (SELECT 1, 1 UNION ALL SELECT n + 1, f * (n + 1) FROM fact WHERE n < 10)"
                        + " SELECT f FROM fact",
                "SELECT * FROM (SELECT * FROM (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id) a) b",
                "SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(id, name) WHERE name LIKE 'o%' OR id > 1",
                "SELECT (SELECT MAX(name) FROM customers c WHERE c.customer_id = o.customer_id) FROM orders o",
                "SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders) AND EXISTS"
                        + " (SELECT 1 FROM orders) AND country = ANY (SELECT country FROM customers)",
                "SELECT COALESCE(name, 'none'), NULLIF(country, ''), CASE WHEN a = 'x' THEN 'long' ELSE 'short' END FROM t",
                "SELECT JSON_OBJECT('id': order_id, 'status': status) FROM orders",
                "SELECT POSITION('a' IN name), LOCATE('b', name), TRIM(BOTH ' ' FROM name) FROM customers",
                "SELECT country, COUNT(*) FROM customers GROUP BY ROLLUP (country) HAVING COUNT(*) > 1 ORDER BY 2 DESC",
            })
    void honestQuestionsPass(String sql) {
        assertThat(check(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', textBlock = """
            three @ SELECT 1 FROM t WHERE s LIKE '%a%b%c' @ AND x LIKE
            four @ SELECT 1 FROM t WHERE s ILIKE 'a%b%c%d%' @ AND x LIKE
            joined wildcards @ SELECT 1 FROM t WHERE s LIKE '%' || 'a%' || 'b%' @ AND x LIKE
            a pattern that is made @ SELECT 1 FROM t WHERE s LIKE REPLACE('x', 'x', '%a') @ the pattern of LIKE
            a pattern of a query @ SELECT 1 FROM t, (SELECT '%a%a' AS p) q WHERE s LIKE p @ the pattern of LIKE
            a pattern of values @ SELECT 1 FROM t, (VALUES ('%a%a')) q(p) WHERE s LIKE p @ the pattern of LIKE
            a marker before a wildcard @ SELECT 1 FROM t WHERE s LIKE ? || '%a' @ AND x LIKE
            a regular expression @ SELECT 1 FROM t WHERE s ~ '(a+)+' @ regular expression
            REGEXP_LIKE @ SELECT REGEXP_LIKE(s, 'a') FROM t @ REGEXP_LIKE
            REGEXP @ SELECT 1 FROM t WHERE s REGEXP 'a' @ regular expression
            a long pad @ SELECT LPAD('a', 1000) @ 1000
            a pad of a computed length @ SELECT RPAD('a', n) FROM t @ plain number
            REPEAT @ SELECT REPEAT(name, 1000) FROM t @ 1000
            SPACE @ SELECT SPACE(1000000) @ 1000
            REPLACE that multiplies @ SELECT REPLACE(LPAD('a', 400, 'a'), 'a', 'bcdef') FROM t @ 1000
            a fixed length @ SELECT CAST('a' AS CHAR(100000)) FROM t @ 1000
            a fixed length in thousands @ SELECT CAST('a' AS BINARY(9K)) FROM t @ 1000
            many digits @ SELECT CAST(1 AS NUMERIC(100000, 50000)) FROM t @ digits
            a product of many @ SELECT a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a FROM t @ 1000
            a square of a square @ SELECT x*x*x*x FROM (SELECT a*a*a*a*a*a*a AS x FROM t) q @ 1000
            a large exponent @ SELECT 1E100000000 + 1 @ digits
            a small exponent @ SELECT 1E-99999 + 1 @ digits
            an exponent as text @ SELECT CAST('1E99999999' AS DECIMAL(10, 2)) @ exponent
            an exponent of parts @ SELECT CAST('1E' || '99999999' AS DECIMAL(10, 2)) @ put together
            an exponent of three parts @ SELECT '1' || 'e' || n FROM t @ put together
            an exponent by REPLACE @ SELECT REPLACE('1x9999999', 'x', 'E') @ put together
            an exponent by SUBSTRING @ SELECT SUBSTRING('x1E9999999', 2) @ put together
            an exponent by TRIM @ SELECT TRIM('x' FROM 'x1E9999999') @ put together
            an exponent by CHR @ SELECT '1' || CHR(69) || '9999999' @ put together
            an exponent of a status @ SELECT n || SUBSTRING(status, 6, 1) || n || n FROM t @ put together
            a running median @ SELECT MEDIAN(n) OVER (ORDER BY d) FROM t @ MEDIAN
            a running list @ SELECT LISTAGG(s, ',') OVER (ORDER BY d) FROM t @ LISTAGG
            a running count of distinct @ SELECT COUNT(DISTINCT n) OVER (ORDER BY d) FROM t @ COUNT(DISTINCT)
            a wide frame @ SELECT SUM(n) OVER (ORDER BY d ROWS BETWEEN 5000 PRECEDING AND CURRENT ROW) FROM t @ window frame
            a wide frame of a name @ SELECT SUM(n) OVER w FROM t WINDOW w AS (ORDER BY d ROWS 5000 PRECEDING) @ window frame
            a frame of values @ SELECT SUM(n) OVER (ORDER BY d RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) FROM t @ window frame
            doubling in a recursion @ WITH RECURSIVE r(s) AS (SELECT 'a' UNION ALL SELECT s || s FROM r) SELECT s FROM r @ grows too fast
            doubling by turns @ WITH RECURSIVE r(a, b) AS (SELECT 'a', 'b' UNION ALL SELECT b || b, a || a FROM r) SELECT a FROM r @ grows too fast
            squares in a recursion @ WITH RECURSIVE r(n) AS (SELECT 2 UNION ALL SELECT n * n FROM r) SELECT n FROM r @ grows too fast
            doubling without names @ WITH RECURSIVE r AS (SELECT 'a' AS s UNION ALL SELECT r.s || r.s FROM r) SELECT s FROM r @ grows too fast
            doubling under another name @ WITH RECURSIVE r(s) AS (SELECT 'a' UNION ALL SELECT q.s || q.s FROM r q) SELECT s FROM r @ grows too fast
            a function of a list @ SELECT UPPER(LISTAGG(name, ',')) FROM t @ 1000
            a function of a list of a query @ SELECT UPPER(x) FROM (SELECT LISTAGG(name, ',') AS x FROM t) q @ 1000
            lists of long texts @ SELECT LISTAGG(LPAD(s, 900), ',') FROM t @ collect fewer
            long texts for each group @ SELECT n, LPAD(s, 900) FROM t GROUP BY n, s @ each group
            long texts for each window @ SELECT LPAD(s, 900), ROW_NUMBER() OVER (ORDER BY n) FROM t @ each group
            lists of a long literal @ SELECT LISTAGG(name || 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', ',') FROM t @ collect fewer
            lists of a literal of a query @ SELECT LISTAGG(x, ',') FROM t, (SELECT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' AS x) q @ collect fewer
            lists of filled up texts @ SELECT LISTAGG(LPAD(name, 90), ',') FROM t @ collect fewer
            long texts in order @ SELECT LPAD(name, 500) AS x FROM t ORDER BY 1 @ are sorted
            distinct long texts @ SELECT DISTINCT LPAD(name, 500) FROM t @ are sorted
            long texts of a query in order @ SELECT x FROM (SELECT LPAD(name, 500) AS x FROM t) q ORDER BY x @ are sorted
            union of long texts @ SELECT LPAD(name, 500) FROM t UNION SELECT '' FROM t @ are sorted
            HASH @ SELECT HASH('SHA256', s, 100000000) FROM t @ HASH
            a kind of query @ TABLE customers @ this kind of query
            """)
    void whatCannotBeInterruptedIsRefused(String kind, String sql, String reason) {
        assertThat(check(sql)).hasValueSatisfying(why -> assertThat(why).contains(reason));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "7, true", "8, false", "14, false"})
    void derivedTablesAreNestedAFewLevels(int levels, boolean accepted) {
        String from = "orders";
        for (int i = 0; i < levels; i++) {
            from = "(SELECT order_id FROM " + from + ") t" + i;
        }
        assertThat(check("SELECT COUNT(*) FROM " + from).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"3, true", "8, true", "9, false", "31, false"})
    void commonTablesThatDoubleAreFew(int count, boolean accepted) {
        StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT order_id AS x FROM orders)");
        for (int i = 1; i < count; i++) {
            sql.append(", c%1$d AS (SELECT a.x FROM c%2$d a JOIN c%2$d b ON a.x = b.x)".formatted(i, i - 1));
        }
        assertThat(check(sql + " SELECT COUNT(*) FROM c" + (count - 1)).isEmpty())
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"8, true", "30, true", "60, true", "80, false"})
    void tablesAreJoinedAsLongAsPlanningIsQuick(int tables, boolean accepted) {
        String from = "FROM orders o0";
        for (int i = 1; i < tables; i++) {
            from += " JOIN orders o%1$d ON o%1$d.order_id = o0.order_id".formatted(i);
        }
        assertThat(check("SELECT COUNT(*) " + from).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void commonTablesInARowPass() {
        StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT order_id AS x FROM orders)");
        for (int i = 1; i < 30; i++) {
            sql.append(", c%d AS (SELECT x FROM c%d)".formatted(i, i - 1));
        }
        assertThat(check(sql + " SELECT COUNT(*) FROM c29")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT SUM(n) FILTER (WHERE s || s || s LIKE '%a%b%c') FROM t",
                "SELECT 1 FROM t ORDER BY s LIKE '%a%b%c'",
                "SELECT 1 FROM t GROUP BY s LIKE '%a%b%c'",
                "SELECT 1 FROM t HAVING MAX(s) LIKE '%a%b%c'",
                "SELECT SUM(n) OVER (PARTITION BY s LIKE '%a%b%c') FROM t",
                "SELECT SUM(n) OVER (ORDER BY s LIKE '%a%b%c') FROM t",
                "SELECT SUM(n) OVER w FROM t WINDOW w AS (PARTITION BY s LIKE '%a%b%c')",
                "SELECT 1 FROM t JOIN u ON s LIKE '%a%b%c'",
                "SELECT 1 FROM t LEFT JOIN (SELECT 1 AS x FROM u WHERE s LIKE '%a%b%c') v ON TRUE",
                "SELECT CASE WHEN s LIKE '%a%b%c' THEN 1 END FROM t",
                "SELECT CASE s LIKE '%a%b%c' WHEN TRUE THEN 1 END FROM t",
                "SELECT 1 FROM t WHERE n IN (SELECT 1 FROM u WHERE s LIKE '%a%b%c')",
                "SELECT 1 FROM t WHERE NOT (n > 1 AND (s LIKE '%a%b%c' OR n BETWEEN 1 AND 2))",
                "SELECT 1 FROM t WHERE n = ANY (SELECT 1 FROM u WHERE s LIKE '%a%b%c')",
                "SELECT COALESCE(1, (SELECT 1 FROM u WHERE s LIKE '%a%b%c'))",
                "SELECT 1 UNION ALL (SELECT 1 FROM u WHERE s LIKE '%a%b%c')",
                "WITH c AS (SELECT 1 FROM u WHERE s LIKE '%a%b%c') SELECT 1 FROM c",
                "SELECT 1 FROM (VALUES (1, 'a' LIKE '%a%b%c')) v",
                "SELECT DISTINCT ON (s LIKE '%a%b%c') n FROM t",
                "SELECT 1 FROM t QUALIFY s LIKE '%a%b%c'",
                "SELECT 1 FROM UNNEST(ARRAY['a' LIKE '%a%b%c']) u",
                "SELECT LISTAGG(s, ',') WITHIN GROUP (ORDER BY s LIKE '%a%b%c') FROM t",
                "SELECT ARRAY_AGG(s ORDER BY s LIKE '%a%b%c') FROM t",
                "SELECT JSON_ARRAY(s LIKE '%a%b%c') FROM t",
                "SELECT JSON_OBJECT('a': s LIKE '%a%b%c') FROM t",
                "SELECT JSON_ARRAYAGG(s LIKE '%a%b%c') FROM t",
                "SELECT JSON_OBJECTAGG('a': s LIKE '%a%b%c') FROM t",
                "SELECT CAST((s LIKE '%a%b%c') AS INT) FROM t",
                "SELECT (s LIKE '%a%b%c', 1) FROM t",
                "SELECT (s LIKE '%a%b%c') IS TRUE FROM t",
                "SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE s LIKE '%a%b%c')",
                "SELECT 1 FROM t LIMIT (SELECT COUNT(*) FROM u WHERE s LIKE '%a%b%c')",
                "SELECT 1 FROM t OFFSET (SELECT COUNT(*) FROM u WHERE s LIKE '%a%b%c') ROWS",
                "SELECT 1 FROM t FETCH FIRST (SELECT COUNT(*) FROM u WHERE s LIKE '%a%b%c') ROWS ONLY",
                "SELECT EXTRACT(YEAR FROM CASE WHEN s LIKE '%a%b%c' THEN d END) FROM t",
                "SELECT d + CASE WHEN s LIKE '%a%b%c' THEN 1 END FROM t",
                "SELECT LAG(n, 1, s LIKE '%a%b%c') OVER (ORDER BY n) FROM t",
                "SELECT n AT TIME ZONE CASE WHEN s LIKE '%a%b%c' THEN 'a' END FROM t",
                "SELECT 1 FROM (t JOIN u ON s LIKE '%a%b%c')",
            })
    void aPatternIsFoundWhereverItStands(String sql) {
        assertThat(check(sql)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"abc, true", "%abc%, true", "abc%, true", "%, true", "a%b, false", "%a%b%, false", "%%a%%, true"})
    void aBoundPatternHasItsWildcardsAtTheEnds(String value, boolean accepted) {
        assertThat(EmbeddedBounds.checkPattern(value).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void aBoundTextIsShortAndNoLargeNumber() {
        assertThat(EmbeddedBounds.checkValue("x".repeat(400))).isEmpty();
        assertThat(EmbeddedBounds.checkValue("x".repeat(401)))
                .hasValueSatisfying(why -> assertThat(why).contains("401", "400"));
        assertThat(EmbeddedBounds.checkValue("1E308")).isEmpty();
        assertThat(EmbeddedBounds.checkValue(" 1e-99999 ")).isPresent();
        assertThat(EmbeddedBounds.checkValue("7d3e1234-0000-4000-8000-000000000000"))
                .isEmpty();
    }

    private static Optional<String> check(String sql) {
        try {
            return EmbeddedBounds.check((Select) CCJSqlParserUtil.parse(sql));
        } catch (JSQLParserException e) {
            throw new IllegalArgumentException(sql, e);
        }
    }
}
