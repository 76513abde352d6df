-- language per customer
SELECT preferences->>'$.language' AS language, COUNT(*) AS n FROM customers GROUP BY preferences->>'$.language' ORDER BY n DESC
;;
SELECT c.name, c.preferences->'$.contact.hours[0]' AS opens FROM customers c WHERE c.preferences->'$.newsletter' = true
;;
SELECT jt.sku, SUM(jt.qty) AS qty
FROM events e
CROSS JOIN JSON_TABLE(e.payload, '$.items[*]' COLUMNS (sku VARCHAR(10) PATH '$.sku', qty INT PATH '$.qty' NULL ON ERROR)) AS jt
GROUP BY jt.sku
;;
SELECT c.name, t.order_id FROM customers c JOIN LATERAL (SELECT o.order_id FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.ordered_on DESC LIMIT 1) AS t ON TRUE
;;
SELECT c.name, t.n FROM customers c, LATERAL (SELECT COUNT(*) AS n FROM orders o WHERE o.customer_id = c.customer_id) AS t
;;
SELECT name FROM products WHERE REGEXP_LIKE(name, '^(kettle|rake)', 'i') AND sku REGEXP '^SKU-[0-9]{4}'
;;
SELECT REGEXP_SUBSTR(email, '@(.+)$') AS domain, REGEXP_REPLACE(name, '[0-9]+', '#') AS anonymous, REGEXP_INSTR(name, ' ') AS at FROM customers
;;
SELECT name FROM customers WHERE country RLIKE '^D' AND NOT name RLIKE '[0-9]{3}'
;;
SELECT category, GROUPING(category) AS is_total, SUM(unit_price) FROM products GROUP BY category WITH ROLLUP
;;
SELECT ANY_VALUE(name), category, COUNT(*) FROM products GROUP BY category
;;
SELECT product_id FROM products WHERE 'M' MEMBER OF (attributes->'$.sizes') AND JSON_OVERLAPS(attributes->'$.sizes', '["S", "XL"]')
;;
SELECT JSON_PRETTY(attributes) AS pretty, JSON_STORAGE_SIZE(attributes) AS bytes, JSON_CONTAINS_PATH(attributes, 'one', '$.colour') AS has_colour FROM products LIMIT 3
;;
SELECT * FROM (VALUES ROW(1, 'one'), ROW(2, 'two')) AS t (n, word)
;;
SELECT BIN_TO_UUID(UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db')) AS id
;;
SELECT /*+ MAX_EXECUTION_TIME(1000) */ COUNT(*) FROM orders
;;
SELECT /*+ NO_INDEX_MERGE(o) BKA(l) */ o.order_id FROM orders o JOIN order_lines l USING (order_id) LIMIT 5
;;
SELECT `user`.`name` AS `user name`, `user`.`group` FROM (SELECT 'a' AS `name`, 'b' AS `group`) AS `user`
;;
SELECT DATE_FORMAT(ordered_on, '%Y-%m-01') AS `month`, COUNT(*) AS `orders` FROM `orders` WHERE `ordered_on` >= CURDATE() - INTERVAL 12 MONTH GROUP BY `month`
;;
SELECT UNIX_TIMESTAMP() - UNIX_TIMESTAMP(MAX(ordered_on)) AS age_seconds FROM orders
;;
SELECT DATE_ADD(ordered_on, INTERVAL 1 MONTH) AS due, DATE_SUB(ordered_on, INTERVAL '1-2' YEAR_MONTH) AS back, ordered_on + INTERVAL 3 DAY AS soon FROM orders LIMIT 3
;;
SELECT CONCAT('50', '%') AS p, 'back\\slash' AS b, 'quote\'s' AS q, "double ""quoted""" AS d, 'C:\\temp' AS path
;;
# how many
SELECT COUNT(*) # all of them
FROM customers -- of every country
WHERE /* only */ country IS NOT NULL;
;;
WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 12) SELECT n, MONTHNAME(CONCAT('2024-', LPAD(n, 2, '0'), '-01')) AS month FROM seq
;;
WITH ranked AS (SELECT p.*, ROW_NUMBER() OVER (PARTITION BY category ORDER BY unit_price DESC) AS rn FROM products p) SELECT * FROM ranked WHERE rn <= 3
;;
SELECT ordered_on, SUM(COUNT(*)) OVER (ORDER BY ordered_on RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) AS week FROM orders GROUP BY ordered_on
;;
SELECT name, NTH_VALUE(unit_price, 2) OVER w AS second, LAST_VALUE(unit_price) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS last FROM products WINDOW w AS (ORDER BY unit_price)
;;
SELECT c.country, SUM(CASE WHEN o.status = 'open' THEN 1 ELSE 0 END) AS `open`, SUM(IF(o.status = 'shipped', 1, 0)) AS shipped FROM customers c JOIN orders o ON o.customer_id = c.customer_id GROUP BY c.country ORDER BY NULL
;;
SELECT customer_id FROM orders INTERSECT SELECT customer_id FROM customers EXCEPT SELECT 1
;;
SELECT INET_NTOA(3232235777) AS ip, INET_ATON('192.168.1.1') AS n, INET6_NTOA(INET6_ATON('::1')) AS six, TO_BASE64('abc') AS b64, FROM_BASE64('YWJj') AS text
;;
SELECT CONVERT_TZ(happened_at, 'UTC', 'Europe/Berlin') AS local, HOUR(happened_at), MINUTE(happened_at), SECOND(happened_at), DAY(happened_at) FROM events LIMIT 2
;;
SELECT ST_Distance_Sphere(POINT(13.4, 52.5), POINT(2.35, 48.85)) / 1000 AS km, ST_X(POINT(1, 2)) AS x, ST_AsText(POINT(1, 2)) AS wkt
;;
SELECT SUM(quantity) AS total, AVG(quantity) AS average, BIT_XOR(quantity) AS x, STDDEV_POP(quantity), VAR_POP(quantity), GROUP_CONCAT(quantity ORDER BY quantity DESC SEPARATOR ';') FROM order_lines
;;
SELECT order_id, status FROM orders WHERE status COLLATE utf8mb4_0900_ai_ci = 'OPEN' AND (customer_id, status) IN ((1, 'open'), (2, 'shipped'))
;;
SELECT product_id, name FROM products PARTITION (p0, p1) WHERE name LIKE '%\%%' OR name LIKE '%|%%' ESCAPE '|'
;;
SELECT o.* FROM orders AS o FORCE INDEX FOR JOIN (by_customer) INNER JOIN customers AS c ON o.customer_id = c.customer_id ORDER BY 1 LIMIT 10
