-- revenue per category
SELECT p.category, SUM(l.quantity * l.unit_price) AS revenue
FROM order_lines l JOIN products p ON p.product_id = l.product_id
GROUP BY p.category ORDER BY revenue DESC;
;;
/* how many orders in each state */ SELECT status, COUNT(*) AS n FROM orders GROUP BY status
;;
SELECT order_id // the number alone
FROM orders LIMIT 2
;;
SELECT c.name, o.order_id, o.ordered_on FROM customers c INNER JOIN orders o ON c.customer_id = o.customer_id WHERE o.ordered_on BETWEEN DATE '2023-02-01' AND DATE '2023-06-30' ORDER BY o.ordered_on DESC
;;
SELECT country, segment, COUNT(*) FROM customers GROUP BY country, segment HAVING COUNT(*) >= 2 ORDER BY 3 DESC, 1
;;
SELECT FORMATDATETIME(ordered_on, 'yyyy-MM') AS order_month, COUNT(*) AS orders FROM orders GROUP BY order_month ORDER BY order_month
;;
SELECT DATE_TRUNC('MONTH', ordered_on) AS m, COUNT(DISTINCT customer_id) AS buyers FROM orders GROUP BY DATE_TRUNC('MONTH', ordered_on)
;;
SELECT EXTRACT(YEAR FROM ordered_on) AS y, EXTRACT(QUARTER FROM ordered_on) AS q, COUNT(*) FROM orders GROUP BY y, q
;;
SELECT YEAR(ordered_on), MONTH(ordered_on), DAY_OF_WEEK(ordered_on), ISO_WEEK(ordered_on), DAYNAME(ordered_on), MONTHNAME(ordered_on) FROM orders LIMIT 3
;;
SELECT DATEDIFF('DAY', MIN(ordered_on), MAX(ordered_on)) AS span, DATEADD('MONTH', 1, MAX(ordered_on)) AS next_month, MAX(ordered_on) + INTERVAL '7' DAY AS soon FROM orders
;;
SELECT CURRENT_DATE, CURRENT_TIMESTAMP, LOCALTIMESTAMP, NOW(), CURRENT_DATE - 30, CURRENT_TIMESTAMP - INTERVAL '1' YEAR
;;
SELECT ordered_on::VARCHAR, unit_price::INT, '42'::INT + 1, CAST(unit_price AS DECIMAL(12, 1)), TRY_CAST_OR_NULL FROM (SELECT ordered_on, unit_price, 1 AS TRY_CAST_OR_NULL FROM orders JOIN order_lines USING (order_id)) LIMIT 3
;;
SELECT customer_id, order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on) AS nth, LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous, LEAD(status, 1, 'none') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS following FROM orders
;;
SELECT d, n, SUM(n) OVER (ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running, AVG(n) OVER (ORDER BY d ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS smooth FROM (SELECT ordered_on AS d, COUNT(*) AS n FROM orders GROUP BY ordered_on) t
;;
SELECT name, category, RANK() OVER w, DENSE_RANK() OVER w, NTILE(4) OVER w, PERCENT_RANK() OVER w, CUME_DIST() OVER w, FIRST_VALUE(name) OVER w, RATIO_TO_REPORT(unit_price) OVER (PARTITION BY category) FROM products WINDOW w AS (PARTITION BY category ORDER BY unit_price DESC)
;;
SELECT order_id, ordered_on FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) = 1
;;
SELECT COUNT(*) FILTER (WHERE status = 'open') AS open_orders, COUNT(*) FILTER (WHERE status <> 'open') AS others FROM orders
;;
SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) AS names FROM products WHERE category = 'Garden'
;;
SELECT STRING_AGG(country, '|' ORDER BY country DESC) FROM (SELECT DISTINCT country FROM customers) d
;;
SELECT GROUP_CONCAT(DISTINCT category ORDER BY category SEPARATOR '; ') FROM products
;;
SELECT ARRAY_AGG(order_id ORDER BY order_id) AS ids FROM orders WHERE customer_id = 8
;;
SELECT category, MEDIAN(unit_price), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY unit_price), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY unit_price), MODE() WITHIN GROUP (ORDER BY unit_price) FROM products GROUP BY category
;;
SELECT customer_id, tags[1] AS first_tag, CARDINALITY(tags), ARRAY_CONTAINS(tags, 'vip') FROM customers LIMIT 4
;;
SELECT t.tag, COUNT(c.name) FROM UNNEST(ARRAY['vip', 'new']) AS t(tag) LEFT JOIN customers c ON ARRAY_CONTAINS(c.tags, t.tag) GROUP BY t.tag
;;
SELECT n, w FROM UNNEST(ARRAY[1, 2, 3], ARRAY['a', 'b', 'c']) WITH ORDINALITY AS u(n, w, pos) WHERE pos > 1
;;
SELECT x AS n, x * x AS square FROM SYSTEM_RANGE(1, 10)
;;
SELECT d."day", COUNT(o.order_id) FROM (SELECT DATEADD(DAY, x, DATE '2023-01-01') AS "day" FROM SYSTEM_RANGE(0, 30)) d LEFT JOIN orders o ON o.ordered_on = d."day" GROUP BY d."day" ORDER BY d."day"
;;
WITH RECURSIVE tree(id, name, level, path) AS (
    SELECT employee_id, name, 0, CAST(name AS VARCHAR(1000)) FROM employees WHERE manager_id IS NULL
    UNION ALL
    SELECT e.employee_id, e.name, t.level + 1, t.path || ' > ' || e.name FROM employees e JOIN tree t ON e.manager_id = t.id
)
SELECT level, path FROM tree ORDER BY path
;;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) SELECT SUM(i) FROM n
;;
WITH monthly AS (SELECT DATE_TRUNC('MONTH', o.ordered_on) AS m, SUM(l.quantity * l.unit_price) AS r FROM orders o JOIN order_lines l USING (order_id) GROUP BY DATE_TRUNC('MONTH', o.ordered_on)) SELECT m, r, ROUND(100 * (r - LAG(r) OVER (ORDER BY m)) / NULLIF(LAG(r) OVER (ORDER BY m), 0), 1) AS growth FROM monthly ORDER BY m
;;
SELECT JSON_OBJECT('id': customer_id, 'name': name) AS doc FROM customers LIMIT 2
;;
-- refused, because the parser does not know key: value with an expression
SELECT JSON_ARRAYAGG(name ORDER BY name) AS names, JSON_OBJECTAGG(CAST(product_id AS VARCHAR): unit_price) AS prices FROM products WHERE product_id < 4
;;
SELECT JSON_ARRAY(1, 'a', NULL NULL ON NULL) AS list, (preferences)."language" AS language FROM customers LIMIT 1
;;
SELECT "Order ID", "Total (EUR)", "Customer's Note", "Größe" FROM "Order Export" WHERE "Order Date" >= '2024-05-03' ORDER BY "Order ID" FETCH FIRST 3 ROWS ONLY
;;
SELECT s."KEY", s."VALUE", s.type, s."DATE", s."YEAR", s."SET", s."USE", s."UPDATE", s."USER", s."GROUP", s."ORDER" FROM settings s
;;
SELECT sys.id, sys.type FROM settings sys WHERE sys.type = 'int'
;;
SELECT pg_rating, user_name, COALESCE(comment, '-') FROM reviews WHERE pg_rating > 3
;;
SELECT name FROM customers WHERE UPPER(name) LIKE 'ADA%' OR name ILIKE '%costa%' OR email IS NULL
;;
-- refused, because H2 cannot be stopped while it matches a regular expression
SELECT UPPER(name), LOWER(name), SUBSTRING(name, 1, 3), SUBSTRING(name FROM 2 FOR 3), LEFT(name, 2), RIGHT(name, 2), LENGTH(name), TRIM(name), REPLACE(name, 'a', 'o'), POSITION('a', name), LOCATE('a', name), CONCAT(name, '-', country), CONCAT_WS(' ', name, country), INSTR(name, 'a'), REPEAT('*', 3), LPAD(country, 5, '.'), ASCII('a'), CHAR(65), REGEXP_SUBSTR(name, '[0-9]+') FROM customers LIMIT 2
;;
SELECT ROUND(AVG(unit_price), 2), CEIL(3.2), FLOOR(3.8), ABS(-1), MOD(7, 3), 7 % 3, POWER(2, 10), SQRT(2), LN(2), LOG10(100), SIGN(-4), TRUNC(1.99, 1), GREATEST(1, 2), LEAST(3, 4), PI() FROM products
;;
SELECT STDDEV_POP(unit_price), STDDEV_SAMP(unit_price), VAR_POP(unit_price), CORR(unit_price, product_id), COVAR_POP(unit_price, product_id), BOOL_OR(unit_price > 20), EVERY(unit_price > 1) FROM products
;;
SELECT CASE WHEN unit_price < 20 THEN 'cheap' WHEN unit_price < 50 THEN 'medium' ELSE 'expensive' END AS band, COUNT(*) AS n FROM products GROUP BY band ORDER BY n
;;
SELECT DECODE(status, 'open', 1, 'shipped', 2, 0) AS code, NVL2(shipped_at, 'yes', 'no') AS shipped, IFNULL(shipped_at, CURRENT_TIMESTAMP) IS NOT NULL AS always, NULLIF(status, 'open') FROM orders LIMIT 3
;;
SELECT o.status, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS share FROM orders o GROUP BY o.status
;;
SELECT DISTINCT ON (customer_id) customer_id, ordered_on FROM orders ORDER BY customer_id, ordered_on DESC
;;
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.status = 'cancelled') AND c.customer_id IN (SELECT customer_id FROM orders)
;;
SELECT customer_id FROM orders WHERE status = 'open' MINUS SELECT customer_id FROM orders WHERE status = 'cancelled'
;;
SELECT 'returns' AS what, COUNT(*) AS n FROM returns UNION ALL SELECT 'orders', COUNT(*) FROM orders
;;
SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(n, word) WHERE word LIKE '%o%' ESCAPE '\'
;;
-- refused, because H2 reads $$ by the character before it
SELECT 'it''s' AS a, 'C:\temp' AS b, N'text' AS c, X'4D61' AS d, U&'d\0061ta' AS e, $$dollar 'quoted'$$ AS f, TIMESTAMP '2024-01-01 10:00:00' AS g, TIME '10:00' AS h, INTERVAL '1-2' YEAR TO MONTH AS i
;;
SELECT TOP 5 order_id FROM orders ORDER BY ordered_on DESC
;;
SELECT r.reason, COUNT(*) AS n, MIN(r.returned_on), MAX(r.returned_on) FROM returns r LEFT JOIN order_lines l ON r.order_id = l.order_id AND r.line_no = l.line_no RIGHT JOIN products p ON p.product_id = l.product_id GROUP BY r.reason
;;
SELECT TO_CHAR(ordered_on, 'YYYY-MM-DD') AS text, PARSEDATETIME('2024-02-29', 'yyyy-MM-dd') AS parsed, EXTRACT(EPOCH FROM TIMESTAMP '2024-01-01 00:00:00') AS epoch FROM orders OFFSET 3 ROWS FETCH NEXT 2 ROWS ONLY
;;
-- top two of each category, with their share
WITH sales AS (
    SELECT
        p.product_id,
        p.name,
        p.category,
        SUM(l.quantity)                AS pieces,
        SUM(l.quantity * l.unit_price) AS revenue
    FROM products p
    JOIN order_lines l
      ON l.product_id = p.product_id
    JOIN orders o
      ON o.order_id = l.order_id
    WHERE o.status IN ('open', 'shipped')
    GROUP BY
        p.product_id,
        p.name,
        p.category
),
ranked AS (
    SELECT
        s.*,
        ROW_NUMBER() OVER (
            PARTITION BY s.category
            ORDER BY s.revenue DESC, s.product_id
        ) AS position_in_category,
        SUM(s.revenue) OVER (PARTITION BY s.category) AS category_revenue
    FROM sales s
),
back AS (
    SELECT l.product_id, COUNT(*) AS times
    FROM returns r
    JOIN order_lines l
      ON l.order_id = r.order_id
     AND l.line_no = r.line_no
    GROUP BY l.product_id
)
SELECT
    r.category,
    r.position_in_category AS position,
    r.name,
    r.pieces,
    r.revenue,
    ROUND(100 * r.revenue / r.category_revenue, 2) AS share,
    COALESCE(b.times, 0)   AS times_returned,
    CASE
        WHEN b.times IS NULL THEN 'never came back'
        WHEN b.times = 1     THEN 'once'
        ELSE                      'several times'
    END                    AS verdict
FROM ranked r
LEFT JOIN back b
  ON b.product_id = r.product_id
WHERE r.position_in_category <= 2
ORDER BY
    r.category,
    r.position_in_category;
;;
SELECT settings.order_id FROM orders settings, orders format WHERE settings.order_id = format.order_id LIMIT 3
;;
SELECT order_id FROM orders MINUS SELECT order_id FROM returns
;;
SELECT 1_000_000 AS million, 0x1F AS hex FROM orders LIMIT 1
