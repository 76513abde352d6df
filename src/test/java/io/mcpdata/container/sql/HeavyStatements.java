package io.mcpdata.container.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements on the demo warehouse that want more time or memory than one caller may have, by what they are. */
final class HeavyStatements {

    private static final String LONG_TEXT = "(SELECT LPAD('a', 9999, 'a') AS s) t";

    private HeavyStatements() {}

    /** Statements that would run without end, or for much longer than their timeout. */
    static Map<String, String> ofTime() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("LIKE with wildcards", "SELECT COUNT(*) FROM " + LONG_TEXT + " WHERE s LIKE '%a%a%a%a%ab'");
        all.put("ILIKE with wildcards", "SELECT COUNT(*) FROM " + LONG_TEXT + " WHERE s ILIKE '%a%a%a%a%ab'");
        all.put("derived tables 14 deep", "SELECT COUNT(*) FROM " + nested(14, i -> "SELECT order_id FROM %s"));
        all.put("CTEs that double 32 times", ctes(32, "SELECT a.x FROM %1$s a JOIN %1$s b ON a.x = b.x"));
        all.put("CTEs that join", ctes(16, "SELECT a.x FROM %1$s a JOIN orders o ON a.x = o.order_id"));
        all.put("a large exponent", "SELECT 1E100000000 + 1");
        all.put("a large exponent as text", "SELECT CAST('1E-99999999' AS DECIMAL(10, 2)) AS x");
        all.put("a large exponent put together", "SELECT CAST('1E' || '99999999' AS DECIMAL(10, 2)) AS x");
        all.put(
                "many REPLACE",
                "SELECT LENGTH(" + "REPLACE(".repeat(60) + "LPAD('a', 9999, 'a') || order_id" + ", 'a', 'a')".repeat(60)
                        + ") FROM orders");
        all.put(
                "POSITION of a long text",
                "SELECT COUNT(*) FROM orders, (SELECT LPAD('a', 9999, 'a') || 'b' AS s,"
                        + " LPAD('a', 5000, 'a') || 'c' AS n) t WHERE POSITION(n IN s) > 0 OR order_id < 0");
        all.put("a running median", "SELECT MEDIAN(product_id) OVER (ORDER BY order_id) FROM order_lines");
        all.put(
                "a wide frame",
                "SELECT SUM(a.order_id) OVER (ORDER BY a.order_id ROWS BETWEEN 50000 PRECEDING AND"
                        + " 50000 FOLLOWING) FROM orders a, customers b WHERE b.customer_id < 20");
        all.put(
                "windows over a cross join",
                "SELECT ROW_NUMBER() OVER (ORDER BY a.order_id), LPAD('' || a.order_id,"
                        + " 1900) FROM orders a, orders b WHERE b.order_id < 60");
        all.put(
                "LISTAGG for each group",
                "SELECT c.customer_id, LENGTH(LISTAGG(s, '')) FROM customers c, products p,"
                        + " (SELECT LPAD('x', 9999) AS s) t WHERE p.product_id < 100 GROUP BY c.customer_id");
        all.put("a cross join", "SELECT COUNT(*) FROM orders a, orders b, orders c");
        all.put(
                "a cross join without a match",
                "SELECT COUNT(*) FROM orders a JOIN orders b ON a.order_id + b.order_id < 0"
                        + " JOIN orders c ON c.order_id = b.order_id");
        all.put(
                "an endless recursion",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r");
        return all;
    }

    /** Statements that would fill the heap before their timeout. */
    static Map<String, String> ofMemory() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "LISTAGG over a cross join",
                "SELECT LENGTH(LISTAGG(a.name, ',')) FROM customers a, customers b," + " customers c");
        all.put(
                "ARRAY_AGG over a cross join",
                "SELECT ARRAY_LENGTH(ARRAY_AGG(a.name)) FROM customers a, customers b," + " customers c");
        all.put("ORDER BY of a cross join", "SELECT a.name FROM customers a, customers b, customers c ORDER BY b.name");
        all.put(
                "wide rows in order",
                "SELECT " + list(20, ", ", i -> "LPAD(a.name, 9999, '" + i % 10 + "')")
                        + " FROM customers a, customers b ORDER BY 1");
        all.put(
                "DISTINCT over a cross join",
                "SELECT COUNT(*) FROM (SELECT DISTINCT a.order_id AS x, b.order_id AS y"
                        + " FROM orders a, orders b) t");
        all.put(
                "GROUP BY over a cross join",
                "SELECT a.order_id, b.order_id, COUNT(*) FROM orders a, orders b" + " GROUP BY a.order_id, b.order_id");
        all.put("COUNT(DISTINCT)", "SELECT COUNT(DISTINCT a.name || b.name) FROM customers a, customers b");
        all.put(
                "UNION of cross joins",
                "SELECT a.order_id, b.order_id FROM orders a, orders b UNION"
                        + " SELECT a.order_id, b.order_id FROM orders a, orders b");
        all.put("windows that sort", "SELECT SUM(a.order_id) OVER (ORDER BY b.order_id) FROM orders a, orders b");
        all.put(
                "a text that doubles in a recursion",
                "WITH RECURSIVE r(s) AS (SELECT 'abcdefgh' UNION ALL"
                        + " SELECT s || s FROM r) SELECT MAX(LENGTH(s)) FROM r");
        all.put(
                "a text that grows in a recursion",
                "WITH RECURSIVE r(s) AS (SELECT 'abcdefgh' UNION ALL" + " SELECT s || '" + "x".repeat(250)
                        + "' FROM r) SELECT MAX(LENGTH(s)) FROM r");
        all.put(
                "a text that doubles in derived tables",
                "SELECT LENGTH(s) FROM "
                        + nested(5, i -> "SELECT s || s || s || s || s || s || s || s AS s FROM %s")
                                .replace("orders", "(SELECT LPAD('x', 9999) AS s) o"));
        all.put(
                "REPLACE of REPLACE",
                "SELECT LENGTH(REPLACE(REPLACE(LPAD('a', 9999, 'a'), 'a', LPAD('a', 9999, 'a')),"
                        + " 'a', 'aaaaaaaaaaaaaaaaaaaaaaaa'))");
        all.put(
                "arrays of arrays",
                "SELECT y FROM (SELECT ARRAY[" + list(500, ",", i -> "x")
                        + "] AS y FROM (SELECT ARRAY[" + list(500, ",", i -> "x")
                        + "] AS x FROM (SELECT ARRAY[" + list(500, ",", i -> "x")
                        + "] AS x FROM (SELECT name AS x FROM products) a) b) c) d");
        all.put(
                "distinct numbers in a recursion",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT COUNT(*) FROM r");
        return all;
    }

    private static String nested(int levels, IntFunction<String> level) {
        String sql = "orders";
        for (int i = 0; i < levels; i++) {
            sql = "(" + level.apply(i).formatted(sql) + ") t" + i;
        }
        return sql;
    }

    private static String ctes(int count, String each) {
        return "WITH c0 AS (SELECT order_id AS x FROM orders WHERE order_id < 3), "
                + list(count, ", ", i -> "c" + (i + 1) + " AS (" + each.formatted("c" + i) + ")")
                + " SELECT COUNT(*) FROM c" + count;
    }

    private static String list(int count, String separator, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(separator));
    }
}
