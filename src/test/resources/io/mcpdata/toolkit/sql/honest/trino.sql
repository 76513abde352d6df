-- revenue by month
SELECT date_trunc('month', o.ordered_on) AS month, sum(l.quantity * l.unit_price) AS revenue FROM orders o JOIN order_lines l ON l.order_id = o.order_id GROUP BY 1 ORDER BY 1
;;
SELECT c.name, t.tag, t.n FROM customers c CROSS JOIN UNNEST(c.tags) WITH ORDINALITY AS t(tag, n)
;;
SELECT k, v FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t(k, v)
;;
SELECT transform(ARRAY[1, 2, 3], x -> x + 1) AS plus, filter(ARRAY[1, 2, 3], x -> x > 1) AS big, reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s) AS total, any_match(ARRAY[1], x -> x = 1), all_match(ARRAY[1], x -> x > 0), zip_with(ARRAY[1], ARRAY[2], (a, b) -> a * b)
;;
SELECT approx_distinct(customer_id), approx_percentile(order_id, 0.5), max_by(order_id, ordered_on), min_by(order_id, ordered_on), arbitrary(status), count_if(status = 'open'), histogram(status), map_agg(order_id, status), array_agg(order_id ORDER BY order_id) FROM orders
;;
SELECT json_extract_scalar(payload, '$.utm.source') AS source, json_extract(payload, '$.items') AS items, json_array_length(json_extract(payload, '$.items')), CAST(json_parse('[1, 2]') AS ARRAY(INTEGER)), json_format(JSON '{"a": 1}') FROM events
;;
SELECT json_value(payload, 'lax $.amount' RETURNING double), json_query(payload, 'lax $.items'), json_exists(payload, 'lax $.utm') FROM events
;;
SELECT date_diff('day', ordered_on, current_date), date_add('month', 1, ordered_on), date_format(ordered_on, '%Y-%m'), date_parse('2024-01-01', '%Y-%m-%d'), format_datetime(now(), 'yyyy-MM'), from_unixtime(0), to_unixtime(now()), year(ordered_on), day_of_week(ordered_on), week(ordered_on), ordered_on + INTERVAL '1' DAY FROM orders
;;
SELECT happened_at AT TIME ZONE 'Europe/Berlin', from_iso8601_timestamp('2024-01-01T00:00:00Z'), current_timestamp, localtimestamp, at_timezone(current_timestamp, 'UTC') FROM events
;;
SELECT n FROM UNNEST(sequence(1, 10)) AS t(n)
;;
SELECT d FROM UNNEST(sequence(DATE '2023-01-01', DATE '2023-01-31', INTERVAL '1' DAY)) AS t(d)
;;
SELECT regexp_extract(email, '@(.+)$', 1), regexp_replace(name, '\d+', '#'), regexp_like(name, '^Ada'), regexp_extract_all(name, '\w+'), split(name, ' ')[1], split_part(email, '@', 2), strpos(name, 'a'), element_at(split(name, ' '), -1) FROM customers
;;
SELECT order_id, row_number() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) AS rn, lag(ordered_on) IGNORE NULLS OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous, sum(order_id) OVER (ORDER BY ordered_on ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM orders
;;
SELECT country, segment, count(*), grouping(country, segment) FROM customers GROUP BY GROUPING SETS ((country, segment), (country), ())
;;
SELECT country, count(*) FROM customers GROUP BY CUBE (country, segment) HAVING count(*) > 1
;;
SELECT status, count(*) FILTER (WHERE customer_id > 10) AS n FROM orders GROUP BY status
;;
SELECT listagg(name, ', ') WITHIN GROUP (ORDER BY name) FROM products
;;
SELECT cardinality(tags), contains(tags, 'vip'), array_join(tags, ', '), array_distinct(tags), array_sort(tags), tags[1], concat(tags, ARRAY['x']), slice(tags, 1, 2), flatten(ARRAY[tags]), array_position(tags, 'vip') FROM customers
;;
SELECT CAST(ROW(1, 'a') AS ROW(id BIGINT, name VARCHAR)).name, TRY_CAST('x' AS INTEGER), try(1 / 0), typeof(1), CAST(unit_price AS DECIMAL(12, 1)), DECIMAL '1.5', if(unit_price > 10, 'high', 'low'), coalesce(NULL, 1), nullif(1, 1) FROM products
;;
SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(n, word)
;;
SELECT "Order ID", "Total (EUR)", "group" FROM "Order Export" WHERE "Order Date" >= DATE '2024-05-01'
;;
SELECT s."key", s.value, s.type, s."date", s.year, s."set", s."use", s."update", s."user", s."order" FROM settings s
;;
SELECT pg_rating, user_name, comment FROM reviews
;;
SELECT c.name, x.n FROM customers c CROSS JOIN LATERAL (SELECT count(*) AS n FROM orders o WHERE o.customer_id = c.customer_id) x
;;
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
;;
WITH ranked AS (SELECT *, rank() OVER (PARTITION BY category ORDER BY unit_price DESC) AS r FROM products) SELECT category, name FROM ranked WHERE r <= 3 OFFSET 2 LIMIT 5
;;
SELECT * FROM orders TABLESAMPLE BERNOULLI (10)
;;
SELECT U&'d\0061ta' AS u, X'4D61' AS x, 'it''s' AS q, 'C:\temp' AS path, to_hex(md5(to_utf8('a'))), url_extract_host('https://example.com/x'), format('%05d', 42), lpad('x', 5, '.'), reverse('abc'), chr(65), codepoint('A'), levenshtein_distance('a', 'b')
;;
SELECT orders.order_id, hive.retail.customers.name FROM hive.retail.orders JOIN hive.retail.customers ON orders.customer_id = customers.customer_id
;;
-- refused, because the words of MATCH_RECOGNIZE read as calls
SELECT * FROM orders MATCH_RECOGNIZE (PARTITION BY customer_id ORDER BY ordered_on MEASURES A.order_id AS first_id ONE ROW PER MATCH PATTERN (A B+) DEFINE B AS ordered_on > PREV(ordered_on))
;;
SELECT bar(0.5, 10), width_bucket(unit_price, 0, 100, 5), round(unit_price, 1), truncate(unit_price), mod(7, 3), rand() < 1, greatest(1, 2), log(2, 8), power(2, 3), stddev(unit_price) OVER (), corr(unit_price, product_id) OVER () FROM products
;;
/* distinct customers per day */ SELECT ordered_on, count(DISTINCT customer_id) AS buyers, cast(count(*) AS double) / sum(count(*)) OVER () AS share FROM orders WHERE ordered_on >= current_date - INTERVAL '30' DAY GROUP BY ordered_on;
;;
WITH session AS (SELECT 1 AS n), function AS (SELECT 2 AS n) SELECT s.n, f.n FROM session s, function f
;;
SELECT IPADDRESS '10.0.0.1', UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59', DECIMAL '1.50', TIME '01:02:03', INTERVAL '3' MONTH
;;
SELECT c.country, count(DISTINCT o.customer_id) AS buyers, approx_percentile(l.unit_price, ARRAY[0.5, 0.9]) AS prices FROM customers c JOIN orders o ON o.customer_id = c.customer_id JOIN order_lines l ON l.order_id = o.order_id GROUP BY c.country ORDER BY buyers DESC
;;
SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders WHERE status = 'open') AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.customer_id AND o.status = 'cancelled')
;;
SELECT date_trunc('week', ordered_on) AS week, count(*) AS n, sum(count(*)) OVER (ORDER BY date_trunc('week', ordered_on)) AS total FROM orders GROUP BY 1 ORDER BY 1 LIMIT 10
;;
(SELECT name FROM customers LIMIT 2) UNION ALL (SELECT name FROM products LIMIT 2)
;;
SELECT CAST(JSON '{"a": [1, 2]}' AS MAP(VARCHAR, ARRAY(INTEGER))), json_extract_scalar('{"a": {"b": 1}}', '$.a.b'), map_keys(MAP(ARRAY['k'], ARRAY[1]))
