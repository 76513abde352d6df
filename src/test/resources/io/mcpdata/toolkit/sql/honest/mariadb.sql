-- Monthly revenue
SELECT DATE_FORMAT(o.ordered_on, '%Y-%m') AS month, ROUND(SUM(l.quantity * l.unit_price), 2) AS revenue
FROM orders o
JOIN order_lines l ON l.order_id = o.order_id
WHERE o.status <> 'cancelled'
GROUP BY month
ORDER BY month;
;;
# customers without an order in the last 90 days
SELECT c.customer_id, c.name
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.ordered_on >= DATE_SUB(CURDATE(), INTERVAL 90 DAY)
WHERE o.order_id IS NULL
LIMIT 20
;;
SELECT `o`.`order_id`, `o`.`status` FROM `orders` `o` WHERE `o`.`status` = "open" ORDER BY `o`.`order_id` DESC LIMIT 5, 10
;;
SELECT `retail`.`customers`.`name` FROM `retail`.`customers` LIMIT 3
;;
SELECT `Order ID`, `Total (EUR)`, `Customer's Note`, `% discount` AS `Discount in %`, `Größe` FROM `Order Export` WHERE `Order Date` BETWEEN '2024-05-02' AND '2024-05-06'
;;
SELECT `key`, `value`, `type`, `date`, `year`, `set`, `use`, `update`, `user`, `group`, `order` FROM settings ORDER BY `order`
;;
SELECT `group`, COUNT(*) AS `count` FROM settings GROUP BY `group` HAVING `count` > 1
;;
SELECT s.value, s.type, s.date, s.year, s.user FROM settings AS s WHERE s.date > '2024-01-02'
;;
SELECT sys.id FROM settings sys WHERE sys.type = 'int'
;;
SELECT pg_rating, COUNT(*) n, comment FROM reviews GROUP BY pg_rating, comment ORDER BY pg_rating
;;
SELECT user_name, IFNULL(comment, 'none') FROM reviews WHERE user_name LIKE 'user\_1%'
;;
SELECT 'it\'s' AS quoted, "say \"hi\"" AS doubled, 'it''s' AS plain, 'a\\b' AS back, 'tab\tnew\nline' AS escapes, x'4D61' AS hex, 0x4D61 AS hexed, b'0101' + 0 AS bits, N'national' AS n, _utf8mb4'text' AS introduced
;;
SELECT DATEDIFF(MAX(ordered_on), MIN(ordered_on)) AS days, TIMESTAMPDIFF(MONTH, MIN(ordered_on), MAX(ordered_on)) AS months, PERIOD_DIFF(202405, 202301) FROM orders
;;
SELECT YEAR(ordered_on) AS y, QUARTER(ordered_on) AS q, MONTHNAME(ordered_on) AS m, WEEK(ordered_on, 3) AS w, DAYOFWEEK(ordered_on) AS d, COUNT(*) FROM orders GROUP BY y, q, m, w, d
;;
SELECT LAST_DAY(ordered_on) AS month_end, DAYNAME(ordered_on), WEEKDAY(ordered_on), YEARWEEK(ordered_on), DAYOFYEAR(ordered_on), MAKEDATE(2024, 60), STR_TO_DATE('29.02.2024', '%d.%m.%Y') FROM orders LIMIT 2
;;
SELECT FROM_UNIXTIME(created_ts) AS created, FROM_UNIXTIME(created_ts, '%Y') AS y, UNIX_TIMESTAMP(ordered_on) AS ts, CONVERT_TZ('2024-01-01 12:00:00', '+00:00', '+02:00') FROM orders LIMIT 3
;;
SELECT NOW(), CURRENT_TIMESTAMP(), CURDATE(), CURRENT_DATE, CURTIME(), UTC_TIMESTAMP(), NOW() - INTERVAL 1 YEAR, ADDDATE(CURDATE(), 7), SUBDATE(CURDATE(), INTERVAL 1 WEEK), DATE(NOW()), TIME('10:11:12')
;;
SELECT GROUP_CONCAT(DISTINCT category ORDER BY category DESC SEPARATOR ' | ') AS categories FROM products
;;
SELECT IF(unit_price > 20, 'high', 'low') AS band, COUNT(*), SUM(unit_price > 30) AS over_30 FROM products GROUP BY band WITH ROLLUP
;;
SELECT FIELD(status, 'open', 'shipped', 'cancelled') AS rank_no, ELT(2, 'a', 'b'), status FROM orders ORDER BY FIELD(status, 'shipped', 'open'), order_id LIMIT 5
;;
SELECT name, FIND_IN_SET('vip', tags) > 0 AS vip, SUBSTRING_INDEX(email, '@', -1) AS domain, SUBSTRING_INDEX(name, ' ', 1) AS first_name FROM customers
;;
SELECT name FROM products WHERE name REGEXP '^(Kettle|Rake)' AND sku RLIKE '^SKU-[0-9]{4}' AND name NOT REGEXP 'x$'
;;
SELECT REGEXP_REPLACE(sku, '^SKU-0*', '') AS short, REGEXP_SUBSTR(sku, '[0-9]+') AS digits, REGEXP_INSTR(sku, '-') AS at FROM products
;;
SELECT JSON_EXTRACT(preferences, '$.language') AS lang, JSON_UNQUOTE(JSON_EXTRACT(preferences, '$.contact.phone')) AS phone, JSON_VALUE(preferences, '$.language') AS plain FROM customers LIMIT 5
;;
SELECT JSON_VALUE(preferences, '$.language') AS language, COUNT(*) AS n FROM customers WHERE JSON_CONTAINS(preferences, 'true', '$.newsletter') GROUP BY language
;;
SELECT e.event_id, j.sku, j.qty
FROM events e,
     JSON_TABLE(e.payload, '$.items[*]' COLUMNS (
         n FOR ORDINALITY,
         sku VARCHAR(10) PATH '$.sku',
         qty INT PATH '$.qty' DEFAULT '0' ON EMPTY
     )) AS j
WHERE e.event_id <= 5
;;
SELECT JSON_ARRAYAGG(name) AS names, JSON_OBJECTAGG(product_id, unit_price) AS prices FROM products WHERE category = 'Toys'
;;
SELECT JSON_OBJECT('id', customer_id, 'name', name, 'orders', (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.customer_id)) AS doc FROM customers c LIMIT 3
;;
SELECT JSON_LENGTH(payload, '$.items') AS items, JSON_KEYS(payload) AS k, JSON_TYPE(JSON_EXTRACT(payload, '$.amount')) AS t, JSON_SEARCH(payload, 'one', 'A1') AS found, JSON_VALID('{}') AS ok FROM events LIMIT 3
;;
SELECT JSON_SET(preferences, '$.seen', true) AS seen, JSON_REMOVE(preferences, '$.contact') AS short, JSON_MERGE_PATCH(preferences, '{"a": 1}') AS merged, JSON_QUERY(preferences, '$.contact') AS contact, JSON_DETAILED('{"a":1}') AS pretty FROM customers LIMIT 1
;;
SELECT customer_id, order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) AS rn, LAG(ordered_on, 1) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous FROM orders
;;
SELECT ordered_on, SUM(n) OVER (ORDER BY ordered_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running, AVG(n) OVER (ORDER BY ordered_on ROWS 6 PRECEDING) AS ma FROM (SELECT ordered_on, COUNT(*) AS n FROM orders GROUP BY ordered_on) t
;;
SELECT name, unit_price, RANK() OVER w AS r, DENSE_RANK() OVER w AS d, NTILE(4) OVER w AS q, FIRST_VALUE(name) OVER w AS cheapest FROM products WINDOW w AS (PARTITION BY category ORDER BY unit_price)
;;
SELECT DISTINCT category, MEDIAN(unit_price) OVER (PARTITION BY category) AS median, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY unit_price) OVER (PARTITION BY category) AS p90 FROM products
;;
WITH RECURSIVE days AS (
  SELECT DATE('2023-01-01') AS day
  UNION ALL
  SELECT day + INTERVAL 1 DAY FROM days WHERE day < '2023-01-31'
)
SELECT days.day, COUNT(o.order_id) AS orders FROM days LEFT JOIN orders o ON o.ordered_on = days.day GROUP BY days.day
;;
WITH RECURSIVE tree (id, name, level, path) AS (
  SELECT employee_id, name, 0, CAST(employee_id AS CHAR(200)) FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.employee_id, e.name, t.level + 1, CONCAT(t.path, '>', e.employee_id) FROM employees e JOIN tree t ON e.manager_id = t.id
)
SELECT CONCAT(REPEAT('  ', level), name) AS tree, path FROM tree ORDER BY path
;;
SELECT COUNT(*) FROM customers c WHERE c.email <=> NULL OR NOT (c.country <=> 'DE')
;;
SELECT 7 DIV 2, 7 MOD 2, 7 % 2, 1 XOR 0, !0, TRUE && FALSE, NOT 1, 5 & 3, 5 | 3, 5 ^ 3, ~0, 1 << 4
;;
SELECT CAST(unit_price AS SIGNED), CAST('12' AS UNSIGNED), CAST(unit_price AS CHAR), CONVERT(name USING utf8mb4), CONVERT('3.5', DECIMAL(5, 2)), BINARY name, CAST('2024-01-01' AS DATETIME) FROM products LIMIT 1
;;
SELECT name COLLATE utf8mb4_bin AS n FROM customers WHERE name COLLATE utf8mb4_general_ci = 'ada berg 5' OR country IN ('DE')
;;
SELECT STRAIGHT_JOIN c.name, o.order_id FROM customers c JOIN orders o USE INDEX (by_customer) ON o.customer_id = c.customer_id LIMIT 3
;;
SELECT order_id FROM orders FORCE INDEX (by_customer) WHERE customer_id = 8
;;
SELECT order_id FROM orders IGNORE INDEX FOR ORDER BY (by_customer) ORDER BY customer_id LIMIT 1
;;
SELECT review_id, MATCH (body) AGAINST ('kettle' IN NATURAL LANGUAGE MODE) AS score FROM reviews WHERE MATCH (body) AGAINST ('+kettle -broke' IN BOOLEAN MODE)
;;
SELECT CONCAT(name, ' (', country, ')') AS label, CONCAT_WS(', ', name, NULL, country), UPPER(name), LCASE(name), TRIM(BOTH ' ' FROM name), LPAD(customer_id, 5, '0'), LEFT(name, 3), MID(name, 2, 3), SUBSTR(name, 2), LOCATE('a', name), INSTR(name, 'a'), REVERSE(name), REPLACE(name, 'a', 'b'), CHAR_LENGTH(name), LENGTH(name), HEX('a'), UNHEX('61'), MD5(name), SHA2(name, 256), CRC32(name), FORMAT(1234567.891, 2), SPACE(3), ASCII('a'), SOUNDEX(name), INSERT('Quadratic', 3, 4, 'What') FROM customers LIMIT 1
;;
SELECT ROUND(unit_price, 1), TRUNCATE(unit_price, 1), CEIL(unit_price), FLOOR(unit_price), ABS(-1), MOD(10, 3), POW(2, 3), SQRT(16), GREATEST(1, 2), LEAST(1, 2), SIGN(-2), LOG10(100), LN(2), EXP(1), PI(), RADIANS(180), CONV('ff', 16, 10), BIN(5), OCT(8) FROM products LIMIT 1
;;
SELECT name FROM customers ORDER BY RAND() LIMIT 5
;;
SELECT UUID() IS NOT NULL AS has_id, ISNULL(NULL) AS nothing, COALESCE(NULL, 'x') AS c, NULLIF(1, 1) AS n, NVL(NULL, 2) AS v, INTERVAL(23, 1, 15, 17, 30) AS bucket
;;
SELECT status, COUNT(*) AS n, CONCAT(ROUND(COUNT(*) * 100.0 / (SELECT COUNT(*) FROM orders), 1), '%') AS pct FROM orders GROUP BY status ORDER BY n DESC
;;
SELECT STDDEV(unit_price), STD(unit_price), VARIANCE(unit_price), VAR_SAMP(unit_price), BIT_OR(product_id), MIN(name), MAX(name) FROM products
;;
SELECT reason FROM returns UNION SELECT status FROM orders ORDER BY 1
;;
(SELECT customer_id FROM orders WHERE status = 'open') EXCEPT (SELECT customer_id FROM orders WHERE status = 'cancelled')
;;
SELECT customer_id FROM customers INTERSECT SELECT customer_id FROM orders LIMIT 5
;;
SELECT seq AS n, seq * seq AS square FROM seq_1_to_10
;;
SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t
;;
SELECT c.name, x.total FROM customers c JOIN (SELECT o.customer_id, SUM(l.quantity * l.unit_price) AS total FROM orders o JOIN order_lines l USING (order_id) GROUP BY o.customer_id) x ON x.customer_id = c.customer_id ORDER BY x.total DESC LIMIT 10;
;;
SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders WHERE ordered_on >= '2024-01-01') AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.customer_id)
;;
SELECT CASE status WHEN 'open' THEN 'O' WHEN 'shipped' THEN 'S' ELSE '-' END AS s, CASE WHEN shipped_at IS NULL THEN 'pending' ELSE DATE_FORMAT(shipped_at, '%d.%m.%Y %H:%i') END AS shipped FROM orders LIMIT 4
;;
SELECT HOUR(happened_at) AS h, COUNT(*) AS n, SUM(JSON_VALUE(payload, '$.amount')) AS amount, TIME_FORMAT(happened_at, '%H:%i') AS t, EXTRACT(YEAR_MONTH FROM happened_at) AS ym, DATE_FORMAT(happened_at, '%x-W%v') AS iso FROM events GROUP BY h
;;
SELECT TIMEDIFF('10:00:00', '09:30:00') AS d, SEC_TO_TIME(3661) AS s, TIME_TO_SEC('01:01:01') AS t, TIMESTAMPADD(HOUR, 3, '2024-01-01') AS a, MICROSECOND('10:00:00.123') AS m, GET_FORMAT(DATE, 'EUR') AS f, TO_DAYS('2024-01-01') AS td, FROM_DAYS(739251) AS fd
;;
/*
 * Return rate by category.
 * A line counts once; "-- this" is inside.
 */
SELECT p.category,
       COUNT(DISTINCT l.order_id, l.line_no) AS `lines`,
       COUNT(r.return_id)                    AS returned, -- may be zero
       ROUND(COUNT(r.return_id) / COUNT(*) * 100, 2) AS rate # per cent
FROM order_lines l
JOIN products p ON p.product_id = l.product_id
LEFT JOIN returns r ON r.order_id = l.order_id AND r.line_no = l.line_no
GROUP BY p.category
ORDER BY rate DESC
;;
WITH
-- first purchase of each customer
first_orders AS (
    SELECT customer_id, MIN(ordered_on) AS first_on
    FROM orders
    WHERE status != 'cancelled'
    GROUP BY customer_id
),
cohorts AS (
    SELECT
        customer_id,
        first_on,
        DATE_FORMAT(first_on, '%Y-%m-01') AS cohort
    FROM first_orders
),
activity AS (
    SELECT
        c.cohort,
        o.customer_id,
        TIMESTAMPDIFF(MONTH, c.cohort, o.ordered_on) AS month_no
    FROM orders o
    INNER JOIN cohorts c
        ON c.customer_id = o.customer_id
    WHERE o.status <> 'cancelled'
),
sizes AS (
    SELECT cohort, COUNT(*) AS cohort_size
    FROM cohorts
    GROUP BY cohort
),
retention AS (
    SELECT
        a.cohort,
        a.month_no,
        COUNT(DISTINCT a.customer_id) AS active
    FROM activity a
    WHERE a.month_no BETWEEN 0 AND 12
    GROUP BY a.cohort, a.month_no
)
SELECT
    r.cohort,
    s.cohort_size,
    r.month_no,
    r.active,
    ROUND(100 * r.active / s.cohort_size, 1) AS retention_pct,
    LAG(r.active) OVER (
        PARTITION BY r.cohort
        ORDER BY r.month_no
    ) AS previous_active,
    CASE
        WHEN r.month_no = 0 THEN 'start'
        WHEN r.active / s.cohort_size >= 0.5 THEN 'good'
        WHEN r.active / s.cohort_size >= 0.2 THEN 'fair'
        ELSE 'poor'
    END AS verdict
FROM retention r
INNER JOIN sizes s
    ON s.cohort = r.cohort
ORDER BY
    r.cohort ASC,
    r.month_no ASC;
;;
SELECT p.name, SUM(l.quantity) sold FROM products p LEFT JOIN order_lines l ON p.product_id = l.product_id GROUP BY p.product_id ORDER BY sold DESC, p.name ASC LIMIT 5 OFFSET 2
;;
SELECT SQL_NO_CACHE COUNT(*) FROM order_lines WHERE quantity BETWEEN 2 AND 4 AND unit_price NOT BETWEEN 10 AND 20
;;
SELECT * FROM customers c LEFT JOIN orders o ON c.customer_id = o.customer_id LIMIT 3
;;
SELECT o.order_id FROM orders o USE INDEX FOR ORDER BY (PRIMARY), customers c WHERE c.customer_id = o.customer_id ORDER BY o.order_id LIMIT 3
;;
SELECT o.order_id FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.order_id LIMIT 3
;;
SELECT model.status, COUNT(*) FROM orders model, orders format WHERE model.order_id = format.order_id GROUP BY model.status
;;
SELECT `2fa`, 1e3 FROM (SELECT 1 AS `2fa`) t
;;
SELECT EXTRACT(YEAR_MONTH FROM ordered_on) AS ym, SUM(status <=> 'open') FROM orders GROUP BY ym ORDER BY ym LIMIT 3
