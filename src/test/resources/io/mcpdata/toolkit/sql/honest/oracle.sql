-- revenue per month
SELECT TRUNC(o.ordered_on, 'MM') AS month, SUM(l.quantity * l.unit_price) AS revenue FROM orders o JOIN order_lines l ON l.order_id = o.order_id GROUP BY TRUNC(o.ordered_on, 'MM') ORDER BY 1
;;
SELECT TO_CHAR(ordered_on, 'YYYY-MM') AS month, COUNT(*) FROM orders GROUP BY TO_CHAR(ordered_on, 'YYYY-MM')
;;
SELECT * FROM (SELECT c.*, ROWNUM AS rn FROM customers c WHERE ROWNUM <= 20) WHERE rn > 10
;;
SELECT name FROM products ORDER BY unit_price DESC FETCH FIRST 5 ROWS ONLY
;;
SELECT name FROM products OFFSET 5 ROWS FETCH NEXT 10 PERCENT ROWS WITH TIES
;;
SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) AS names FROM products
;;
SELECT category, LISTAGG(DISTINCT name, '; ' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY name) FROM products GROUP BY category
;;
SELECT LEVEL, LPAD(' ', 2 * (LEVEL - 1)) || name AS tree, SYS_CONNECT_BY_PATH(name, '/') AS path, CONNECT_BY_ROOT name AS boss, CONNECT_BY_ISLEAF AS leaf FROM employees START WITH manager_id IS NULL CONNECT BY PRIOR employee_id = manager_id ORDER SIBLINGS BY name
;;
SELECT LEVEL AS n FROM dual CONNECT BY LEVEL <= 12
;;
SELECT ADD_MONTHS(TRUNC(SYSDATE, 'YYYY'), LEVEL - 1) AS month FROM dual CONNECT BY LEVEL <= 12
;;
SELECT NVL(email, 'none'), NVL2(email, 'yes', 'no'), DECODE(status, 'A', 1, 'B', 2, 0), COALESCE(email, name) FROM customers
;;
SELECT SYSDATE, SYSTIMESTAMP, CURRENT_DATE, SYSDATE - 30, SYSDATE - INTERVAL '1' MONTH, LAST_DAY(SYSDATE), NEXT_DAY(SYSDATE, 'MONDAY'), MONTHS_BETWEEN(SYSDATE, DATE '2024-01-01'), EXTRACT(YEAR FROM SYSDATE) FROM dual
;;
SELECT TO_DATE('2024-02-29', 'YYYY-MM-DD'), TO_NUMBER('1,234.5', '9,999.9'), TO_TIMESTAMP('2024-01-01 10:00', 'YYYY-MM-DD HH24:MI'), TO_CHAR(1234.5, 'FM9,990.00'), NUMTODSINTERVAL(90, 'MINUTE'), CAST(1 AS NUMBER(10, 2)) FROM dual
;;
SELECT REGEXP_SUBSTR(email, '[^@]+$') AS domain, REGEXP_REPLACE(name, '[0-9]+', '#') AS anonymous, REGEXP_COUNT(name, 'a') AS n, REGEXP_INSTR(name, ' ') AS at FROM customers WHERE REGEXP_LIKE(name, '^(Ada|Ben)', 'i')
;;
SELECT SUBSTR(name, 1, 3), INSTR(name, 'a'), LENGTH(name), UPPER(name), INITCAP(name), TRIM(BOTH ' ' FROM name), LTRIM(name), RPAD(name, 20, '.'), REPLACE(name, 'a', 'b'), TRANSLATE(name, 'ae', '43'), CHR(65), ASCII('A'), CONCAT(name, country), SOUNDEX(name) FROM customers
;;
SELECT q'[It's a "quoted" text]' AS q, q'{braces ; -- }' AS b, N'national' AS n, 'it''s' AS p, nq'!bang!' AS nq FROM dual
;;
SELECT JSON_VALUE(c.preferences, '$.language') AS language, JSON_QUERY(c.preferences, '$.contact' WITH WRAPPER) AS contact FROM customers c WHERE JSON_EXISTS(c.preferences, '$.newsletter')
;;
SELECT c.preferences.contact.phone AS phone FROM customers c
;;
SELECT e.event_id, j.sku, j.qty FROM events e, JSON_TABLE(e.payload, '$.items[*]' COLUMNS (rn FOR ORDINALITY, sku VARCHAR2(10) PATH '$.sku', qty NUMBER PATH '$.qty')) j
;;
-- refused, because the parser does not know RETURNING in an aggregate
SELECT JSON_ARRAYAGG(name ORDER BY name RETURNING CLOB) AS names, JSON_OBJECTAGG(KEY TO_CHAR(product_id) VALUE unit_price) AS prices FROM products
;;
SELECT JSON_OBJECT('id' VALUE customer_id, 'name' VALUE name) AS doc, JSON_ARRAY(1, 2, 3) AS list FROM customers
;;
SELECT customer_id, order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC NULLS LAST) AS rn, LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous, RATIO_TO_REPORT(order_id) OVER () AS r FROM orders
;;
SELECT ordered_on, SUM(n) OVER (ORDER BY ordered_on RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW) AS week FROM (SELECT ordered_on, COUNT(*) AS n FROM orders GROUP BY ordered_on)
;;
SELECT category, MEDIAN(unit_price), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY unit_price), STATS_MODE(unit_price), STDDEV(unit_price), MAX(name) KEEP (DENSE_RANK FIRST ORDER BY unit_price) AS cheapest FROM products GROUP BY category
;;
SELECT category, status, SUM(quantity), GROUPING_ID(category, status) FROM products JOIN order_lines USING (product_id) JOIN orders USING (order_id) GROUP BY CUBE (category, status)
;;
SELECT country, segment, COUNT(*) FROM customers GROUP BY ROLLUP (country, segment) HAVING GROUPING(country) = 0
;;
SELECT * FROM (SELECT status, country FROM orders JOIN customers USING (customer_id)) PIVOT (COUNT(*) FOR status IN ('open' AS open_n, 'shipped' AS shipped_n))
;;
SELECT id, measure, amount FROM settings UNPIVOT (amount FOR measure IN (year AS 'y', ord AS 'o'))
;;
SELECT customer_id FROM orders MINUS SELECT customer_id FROM returns_by_customer
;;
SELECT "Order ID", "Total (EUR)", "Customer's Note" FROM "Order Export" WHERE "Order Date" >= DATE '2024-05-01'
;;
SELECT s."KEY", s.value, s.type, s."DATE", s.year, s."SET", s."USE", s."UPDATE", s."USER", s."GROUP", s."ORDER" FROM settings s
;;
SELECT pg_rating, user_name, "COMMENT" FROM reviews
;;
SELECT c.name, x.order_id FROM customers c CROSS APPLY (SELECT o.order_id FROM orders o WHERE o.customer_id = c.customer_id FETCH FIRST 1 ROW ONLY) x
;;
SELECT c.name, x.n FROM customers c, LATERAL (SELECT COUNT(*) AS n FROM orders o WHERE o.customer_id = c.customer_id) x
;;
-- refused, because the parser does not know CYCLE ... DEFAULT
WITH tree (id, name, lvl) AS (SELECT employee_id, name, 1 FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, e.name, t.lvl + 1 FROM employees e JOIN tree t ON e.manager_id = t.id) SEARCH DEPTH FIRST BY name SET ord CYCLE id SET looped TO 'Y' DEFAULT 'N' SELECT lvl, name FROM tree ORDER BY ord
;;
SELECT c.name, o.order_id FROM customers c, orders o WHERE c.customer_id = o.customer_id (+) AND o.status (+) = 'open'
;;
SELECT /*+ PARALLEL(o 4) FULL(o) */ COUNT(*) FROM orders o
;;
SELECT XMLAGG(XMLELEMENT("name", name) ORDER BY name).getClobVal() AS names FROM products
;;
SELECT ROUND(unit_price, 1), TRUNC(unit_price), CEIL(unit_price), FLOOR(unit_price), MOD(7, 3), POWER(2, 3), SIGN(-1), GREATEST(1, 2), LEAST(1, 2), WIDTH_BUCKET(unit_price, 0, 100, 5), ORA_HASH(name) FROM products
;;
SELECT c.name, c.tags, ROWNUM FROM customers c WHERE c.tags LIKE '%vip%' AND ROWNUM < 10
;;
SELECT name FROM customers SAMPLE (10)
;;
SELECT CAST(happened_at AT TIME ZONE 'Europe/Berlin' AS DATE) AS day, FROM_TZ(CAST(SYSDATE AS TIMESTAMP), 'UTC') AS stamp FROM events
;;
SELECT order_id, status FROM orders WHERE (customer_id, status) IN (SELECT customer_id, status FROM orders) AND ordered_on BETWEEN DATE '2023-01-01' AND TRUNC(SYSDATE) + 1 - 1 / 86400;
