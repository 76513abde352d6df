-- everything by state
SELECT status, COUNT(*) AS n FROM orders GROUP BY ALL ORDER BY ALL
;;
SELECT * EXCLUDE (email, preferences) FROM customers LIMIT 3
;;
SELECT * REPLACE (upper(name) AS name) FROM products LIMIT 3
;;
SELECT COLUMNS('.*_id') FROM order_lines LIMIT 2
;;
SELECT category, median(unit_price) AS median, quantile_cont(unit_price, 0.9) AS p90, mode(category), approx_count_distinct(name) FROM products GROUP BY category
;;
SELECT list(order_id ORDER BY order_id) AS ids, list_distinct(list(status)) AS states FROM orders WHERE customer_id < 5 GROUP BY customer_id
;;
SELECT list_transform([1, 2, 3], lambda x: x + 1) AS plus, list_filter([1, 2, 3], lambda x: x > 1) AS big, list_sum([1, 2]) AS s, list_contains(tags, 'vip') AS vip, list_sort([3, 1]) AS sorted FROM customers LIMIT 1
;;
SELECT [x * 2 for x in [1, 2, 3] if x > 1] AS doubled
;;
SELECT {'a': 1, 'b': 'x'} AS s, {'a': 1}.a AS a, struct_pack(k := 1, v := 2) AS p, struct_extract(preferences, 'language') AS l FROM customers LIMIT 1
;;
SELECT preferences.language, preferences['newsletter'] AS newsletter, tags[1], tags[-1], tags[1:2] FROM customers LIMIT 3
;;
SELECT attributes['colour'] AS colour, map_keys(attributes) AS k, MAP {'a': 1}['a'] AS one FROM products LIMIT 2
;;
SELECT unnest(tags) AS tag, COUNT(*) FROM customers GROUP BY tag
;;
SELECT c.name, t.tag FROM customers c, unnest(c.tags) AS t(tag) LIMIT 4
;;
SELECT range AS n FROM range(1, 10, 3)
;;
SELECT d::DATE AS day, COUNT(o.order_id) FROM generate_series(DATE '2023-01-01', DATE '2023-01-31', INTERVAL 1 DAY) AS t(d) LEFT JOIN orders o ON o.ordered_on = d GROUP BY day ORDER BY day
;;
SELECT payload->>'$.sku' AS sku, (payload->'$.qty')::INT AS qty, json_extract_string(payload, '$.tags[0]') AS tag, json_array_length(payload, '$.tags') AS n FROM events LIMIT 3
;;
SELECT order_id, ordered_on FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) = 1
;;
SELECT DISTINCT ON (customer_id) customer_id, order_id FROM orders ORDER BY customer_id, ordered_on DESC
;;
SELECT date_trunc('month', ordered_on) AS m, strftime(ordered_on, '%Y-%m') AS text, date_diff('day', ordered_on, DATE '2024-12-31') AS days, ordered_on + INTERVAL 1 MONTH AS later, year(ordered_on), dayname(ordered_on), last_day(ordered_on) FROM orders LIMIT 3
;;
SELECT time_bucket(INTERVAL '2 hours', happened_at) AS bucket, COUNT(*) FROM events GROUP BY bucket ORDER BY bucket
;;
SELECT regexp_extract(email, '@(.+)$', 1) AS domain, regexp_matches(name, '^Ada'), regexp_replace(name, '\d+', '#'), string_split(name, ' ')[1], name.upper().left(3), contains(name, 'Ada'), name ~ 'Ada.*' FROM customers LIMIT 3
;;
FROM orders SELECT status, COUNT(*) GROUP BY status
;;
SELECT max_by(name, unit_price) AS dearest, arg_min(name, unit_price) AS cheapest, string_agg(name, ', ' ORDER BY name) FROM products
;;
-- refused, because PIVOT as a statement of its own makes a type; in FROM it is accepted
PIVOT (SELECT c.country, o.status FROM orders o JOIN customers c USING (customer_id)) ON status USING COUNT(*) GROUP BY country
;;
SELECT * FROM (PIVOT orders ON status USING COUNT(*) GROUP BY customer_id) ORDER BY customer_id LIMIT 3
;;
-- refused, because UNPIVOT as a statement of its own writes INTO; in FROM it is accepted
UNPIVOT (SELECT 1 AS jan, 2 AS feb) ON jan, feb INTO NAME month VALUE sales
;;
SELECT o.order_id, l.total FROM orders o, LATERAL (SELECT SUM(quantity) AS total FROM order_lines x WHERE x.order_id = o.order_id) l LIMIT 3
;;
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n), list(n) FROM t
;;
SELECT "Order ID", "Total (EUR)", "group" FROM "Order Export" WHERE "group" = 'g1'
;;
SELECT country, segment, COUNT(*), GROUPING_ID(country, segment) FROM customers GROUP BY GROUPING SETS ((country, segment), (country), ()) ORDER BY ALL
;;
SELECT SUM(quantity) FILTER (WHERE unit_price > 20) AS dear, COUNT(*) FILTER (quantity = 1) AS single FROM order_lines
;;
SELECT o.ordered_on, e.happened_at FROM orders o ASOF JOIN events e ON o.ordered_on::TIMESTAMP >= e.happened_at LIMIT 3
;;
SELECT 10 // 3 AS whole, 2 ** 3 AS power, 'x' || 1 AS text, 1_000 AS thousand, '2024-01-01'::DATE AS d, TRY_CAST('x' AS INT) AS nothing, e'a\tb' AS tabbed, $$dollar$$ AS dollar, ifnull(NULL, 1), printf('%05d', 42), format('{:.2f}', 1.5)
;;
/* share of each country */
SELECT country, COUNT(*) AS n, round(100 * n / SUM(n) OVER (), 1) AS share, bar(n, 0, 20, 10) AS picture FROM customers GROUP BY country ORDER BY n DESC NULLS LAST
;;
SELECT * FROM customers USING SAMPLE 10%
;;
SELECT p.category, SUM(l.quantity * l.unit_price) AS revenue FROM order_lines l POSITIONAL JOIN (SELECT 1 AS one) z JOIN products p USING (product_id) GROUP BY 1
;;
SELECT * FROM (UNPIVOT (SELECT 1 AS jan, 2 AS feb) ON jan, feb INTO NAME month VALUE amount)
;;
SELECT * FROM orders PIVOT (count(*) FOR status IN ('open', 'shipped'))
;;
FROM (SELECT 1 AS jan, 2 AS feb) UNPIVOT (amount FOR month IN (jan, feb))
;;
SELECT count(*) FROM orders USING SAMPLE 10 PERCENT (bernoulli)
;;
SELECT repeat('ab', 3), 1_000_000 AS million, total: sum(unit_price) FROM products
;;
SELECT o.order_id FROM o: orders, c: customers WHERE o.customer_id = c.customer_id LIMIT 3
;;
SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1], {'a': 1, 'b': [2, 3]}.b[1]
;;
WITH newest AS (TABLE orders) FROM newest LIMIT 3
