package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Analytics as people and models write it: the guard accepts it and the database runs it. */
class SqlGuardHonestStatementsTest {

    private static RetailWarehouse warehouse;

    private final SqlGuard guard = new SqlGuard();

    @BeforeAll
    static void open() throws SQLException {
        warehouse = new RetailWarehouse();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "VALUES (1, 'a'), (2, 'b')",
                "SELECT * FROM orders LIMIT 3",
                "SELECT * FROM retail.orders o WHERE o.status <> 'open' ORDER BY 1 DESC NULLS LAST LIMIT 3 OFFSET 2",
                "SELECT order_id FROM orders ORDER BY order_id FETCH FIRST 5 ROWS ONLY",
                "SELECT order_id FROM orders ORDER BY order_id OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY",
                "SELECT status FROM orders ORDER BY status FETCH FIRST 1 ROW WITH TIES",
                "SELECT category, COUNT(*) AS n, ROUND(AVG(unit_price), 2) AS \"average price\" FROM products"
                        + " GROUP BY category HAVING COUNT(*) > 1 ORDER BY n DESC",
                "SELECT c.country, SUM(l.quantity * l.unit_price) AS revenue FROM customers c"
                        + " JOIN orders o ON o.customer_id = c.customer_id JOIN order_lines l ON l.order_id = o.order_id"
                        + " GROUP BY c.country ORDER BY revenue DESC",
                "WITH spent AS (SELECT customer_id, COUNT(*) n FROM orders GROUP BY customer_id)"
                        + " SELECT MAX(n) FROM spent",
                "WITH spent (id, n) AS (SELECT customer_id, COUNT(*) FROM orders GROUP BY customer_id),"
                        + " best (id) AS (SELECT id FROM spent WHERE n > 5) SELECT COUNT(*) FROM best",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT SUM(n) FROM r",
                "WITH v (a, b) AS (VALUES (1, 2)) SELECT a + b FROM v",
                "SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(id, name)",
                "SELECT * FROM (SELECT status, COUNT(*) FROM orders GROUP BY status) t (status, n)",
                "SELECT order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) AS rn FROM orders"
                        + " LIMIT 3",
                "SELECT d, SUM(n) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM"
                        + " (SELECT ordered_on AS d, COUNT(*) AS n FROM orders GROUP BY ordered_on) t",
                "SELECT LAG(quantity, 1, 0) OVER w, FIRST_VALUE(quantity) OVER w FROM order_lines"
                        + " WINDOW w AS (PARTITION BY order_id ORDER BY line_no) LIMIT 3",
                "SELECT order_id FROM orders QUALIFY RANK() OVER (ORDER BY ordered_on) = 1",
                "SELECT COUNT(*) FILTER (WHERE status = 'open') AS open_orders FROM orders",
                "SELECT CASE WHEN quantity > 3 THEN 'many' WHEN quantity = 1 THEN 'one' ELSE 'few' END AS size,"
                        + " COUNT(*) FROM order_lines GROUP BY size",
                "SELECT CASE (status) WHEN ('open') THEN (1) ELSE (0) END FROM orders LIMIT 1",
                "SELECT status FROM orders WHERE (order_id, customer_id) IN (SELECT order_id, customer_id FROM orders)"
                        + " AND NOT (status = 'open') LIMIT 1",
                "SELECT 1 WHERE 5 > ANY (SELECT quantity FROM order_lines) AND 0 < ALL (SELECT quantity FROM order_lines)",
                "SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)"
                        + " LIMIT 1",
                "SELECT country FROM customers EXCEPT SELECT 'DE' INTERSECT SELECT 'FR'",
                "(SELECT 1 AS a) UNION ALL (SELECT 2) ORDER BY a LIMIT 1",
                "SELECT COUNT(DISTINCT country), COUNT(DISTINCT segment) FROM customers",
                "SELECT DISTINCT ON (status) status, order_id FROM orders ORDER BY status, order_id",
                "SELECT EXTRACT(YEAR FROM ordered_on), EXTRACT(MONTH FROM ordered_on), COUNT(*) FROM orders"
                        + " GROUP BY EXTRACT(YEAR FROM ordered_on), EXTRACT(MONTH FROM ordered_on)",
                "SELECT DATE_TRUNC('month', ordered_on) AS m, COUNT(*) FROM orders GROUP BY m ORDER BY m",
                "SELECT * FROM orders WHERE ordered_on BETWEEN DATE '2024-02-01' AND DATE'2024-02-29' LIMIT 1",
                "SELECT * FROM orders WHERE ordered_on >= TIMESTAMP '2024-02-01 00:00:00' LIMIT 1",
                "SELECT ordered_on + INTERVAL '1' MONTH, ordered_on - INTERVAL '7' DAY FROM orders LIMIT 1",
                "SELECT CURRENT_DATE, CURRENT_TIMESTAMP, NOW()",
                "SELECT DATEDIFF(DAY, MIN(ordered_on), MAX(ordered_on)) FROM orders",
                "SELECT CAST(unit_price AS INT), CAST(unit_price AS DECIMAL(12, 1)), unit_price::VARCHAR FROM products"
                        + " LIMIT 1",
                "SELECT CAST(ordered_on AS TIMESTAMP(3) WITH TIME ZONE) FROM orders LIMIT 1",
                "SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) FROM products WHERE product_id < 5",
                "SELECT STRING_AGG(name, '; ' ORDER BY name DESC) FROM products WHERE product_id < 5",
                "SELECT ARRAY_AGG(name ORDER BY name)[1] FROM products",
                "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY unit_price), MEDIAN(unit_price) FROM products",
                "SELECT UPPER(TRIM(BOTH ' ' FROM name)) || '!' , SUBSTRING(name FROM 1 FOR 3), POSITION('a' IN name),"
                        + " LEFT(name, 2), CHAR_LENGTH(name), LPAD(country, 5, '*') FROM customers LIMIT 1",
                "SELECT COALESCE(NULLIF(status, 'open'), 'offen') FROM orders LIMIT 1",
                "SELECT name FROM customers WHERE name LIKE '%a%' AND name NOT LIKE 'x!%' ESCAPE '!' AND name ILIKE 'A%'"
                        + " AND name IS NOT NULL LIMIT 1",
                "SELECT o.status, COUNT(r.return_id) FROM orders o LEFT JOIN returns r ON (r.order_id = o.order_id)"
                        + " GROUP BY o.status",
                "SELECT reason, COUNT(*) FROM returns GROUP BY reason",
                "SELECT returns.reason, settings FROM (SELECT 1 AS settings) output, returns LIMIT 1",
                "SELECT a.name FROM customers a NATURAL JOIN customers b LIMIT 1",
                "SELECT a.order_id FROM orders a, orders b WHERE a.order_id = b.order_id LIMIT 1",
                "SELECT \"o\".\"STATUS\" AS \"the; status -- of\" FROM RETAIL.\"ORDERS\" AS \"o\" LIMIT 1",
                "SELECT 'it''s; DROP TABLE x -- /* \u00e4 */' AS text",
                "SELECT 1 AS \"update\", 2 AS \"set\", 3 AS share, 4 AS \"Gr\u00f6\u00dfe\", 5 AS load, 6 AS next, 7 AS copy",
                "SELECT t.\"set\", t.share FROM (SELECT 1 AS \"set\", 2 AS share) t",
                "SELECT 1 WHERE 1 IS DISTINCT FROM 2 AND 1 <> 2 AND 1 != 2 AND -1 < +1 AND 7 % 2 = 1",
                "SELECT COUNT(*) * 100.0 / SUM(COUNT(*)) OVER () FROM orders GROUP BY status",
                "SELECT CORR(quantity, unit_price), STDDEV_SAMP(quantity), VAR_POP(quantity) FROM order_lines",
                "SELECT MAX(ordered_on) FROM orders WHERE status IN ('open', 'shipped')",
                "SELECT 1.5e3, .5, 10000000000, 0.1",
                "select\tstatus\nfrom\r\n  orders\nlimit 1"
            })
    void readIsLetThroughAndRuns(String sql) throws SQLException {
        String checked = guard.check(sql, SqlSyntax.of(Dialect.H2), FunctionRules.shipped(Dialect.H2))
                .sql();
        assertThat(checked).isEqualTo(sql);
        try (Connection connection = warehouse.readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(checked)) {
            assertThat(rows.getMetaData().getColumnCount()).isPositive();
            assertThatCode(() -> {
                        while (rows.next()) {
                            rows.getObject(1);
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}
