-- Revenue per month for the last two years
SELECT date_trunc('month', o.ordered_on)::date AS month,
       SUM(l.quantity * l.unit_price) AS revenue
FROM orders o
JOIN order_lines l ON l.order_id = o.order_id
WHERE o.status <> 'cancelled'
GROUP BY 1
ORDER BY 1;
;;
/* Top 10 customers by lifetime value.
   Cancelled orders do not count. */
SELECT c.customer_id, c.name, ROUND(SUM(l.quantity * l.unit_price), 2) AS lifetime_value
FROM customers AS c
INNER JOIN orders AS o USING (customer_id)
INNER JOIN order_lines AS l USING (order_id)
WHERE o.status != 'cancelled' -- keep open ones
GROUP BY c.customer_id, c.name
ORDER BY lifetime_value DESC NULLS LAST
LIMIT 10
;;
SELECT COUNT(*) FROM retail.orders;
;;
SELECT
    c.country,
    COUNT(DISTINCT o.customer_id) FILTER (WHERE o.status = 'shipped') AS shipped_customers,
    COUNT(*) FILTER (WHERE o.ordered_on >= '2024-01-01'::date) AS orders_2024,
    COALESCE(SUM(l.quantity) FILTER (WHERE l.unit_price > 20), 0) AS expensive_pieces
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.customer_id
LEFT JOIN order_lines l ON l.order_id = o.order_id
GROUP BY c.country
HAVING COUNT(*) > 1
ORDER BY c.country
;;
SELECT generate_series(date '2023-01-01', date '2023-12-01', interval '1 month')::date AS month
;;
-- every day has a row, also those without orders
WITH days AS (
    SELECT d::date AS day
    FROM generate_series('2023-01-01'::timestamp, '2023-01-31'::timestamp, '1 day'::interval) AS d
)
SELECT days.day, COUNT(o.order_id) AS orders
FROM days
LEFT JOIN orders o ON o.ordered_on = days.day
GROUP BY days.day
ORDER BY days.day;
;;
SELECT gs.n, gs.n * gs.n AS square FROM generate_series(1, 10) AS gs(n)
;;
SELECT n FROM generate_series(10, 1, -3) n
;;
SELECT preferences->>'language' AS language, COUNT(*) AS customers
FROM customers
GROUP BY preferences->>'language'
ORDER BY 2 DESC
;;
SELECT name, preferences->'contact'->>'phone' AS phone, preferences #>> '{contact,hours,0}' AS opens
FROM customers
WHERE preferences @> '{"newsletter": true}'
;;
SELECT customer_id FROM customers WHERE preferences ? 'language' AND preferences->'contact' ? 'phone'
;;
SELECT customer_id FROM customers WHERE preferences ?| array['language', 'nickname']
;;
SELECT customer_id FROM customers WHERE preferences ?& array['language', 'newsletter'] LIMIT 5
;;
SELECT (preferences->>'newsletter')::boolean AS newsletter, COUNT(*)::int AS n FROM customers GROUP BY 1
;;
SELECT preferences - 'contact' AS short, preferences #- '{contact,hours}' AS no_hours FROM customers LIMIT 3
;;
SELECT preferences || '{"seen": true}'::jsonb AS merged FROM customers LIMIT 3
;;
SELECT e.event_id, item->>'sku' AS sku, (item->>'qty')::int AS qty
FROM events e, jsonb_array_elements(e.payload->'items') AS item
ORDER BY e.event_id, sku
LIMIT 20
;;
SELECT item ->> 'sku' AS sku, SUM((item ->> 'qty')::numeric) AS qty
FROM events e
CROSS JOIN LATERAL jsonb_array_elements(e.payload -> 'items') AS item
GROUP BY item ->> 'sku'
ORDER BY qty DESC
;;
SELECT c.customer_id, p.key, p.value
FROM customers c
CROSS JOIN LATERAL jsonb_each_text(c.preferences - 'contact') AS p(key, value)
WHERE c.customer_id <= 3
;;
SELECT DISTINCT jsonb_object_keys(preferences) AS key FROM customers ORDER BY 1
;;
SELECT jsonb_agg(jsonb_build_object('id', p.product_id, 'name', p.name) ORDER BY p.product_id) AS products
FROM products p
WHERE p.category = 'Kitchen'
;;
SELECT json_agg(t) FROM (SELECT order_id, status FROM orders ORDER BY order_id LIMIT 3) t
;;
SELECT row_to_json(r) FROM (SELECT customer_id, name FROM customers LIMIT 2) r
;;
SELECT json_build_object('customer', c.name, 'orders', (SELECT json_agg(o.order_id) FROM orders o WHERE o.customer_id = c.customer_id)) FROM customers c LIMIT 3
;;
SELECT jsonb_object_agg(status, n) AS by_status FROM (SELECT status, COUNT(*) AS n FROM orders GROUP BY status) s
;;
SELECT to_jsonb(c) - 'email' AS customer FROM customers c WHERE c.customer_id = 1
;;
SELECT jsonb_path_query_first(payload, '$.items[*] ? (@.qty > 1).sku') AS first_big FROM events LIMIT 5
;;
SELECT COUNT(*) FROM events WHERE payload @? '$.items[*] ? (@.qty >= 3)' OR jsonb_path_exists(payload, '$.utm.source')
;;
SELECT jsonb_typeof(payload->'items') AS kind, jsonb_array_length(payload->'items') AS items, jsonb_pretty(payload->'utm') FROM events LIMIT 1
;;
SELECT x.sku, x.qty FROM events e, jsonb_to_recordset(e.payload->'items') AS x(sku text, qty int) WHERE e.event_id = 7
;;
SELECT rules->>'min' AS minimum, t.value::int AS tier FROM promotions, json_array_elements_text(rules->'tiers') AS t(value)
;;
SELECT jsonb_set(payload, '{utm,source}', '"unknown"') FROM events WHERE event_id = 1
;;
SELECT jsonb_strip_nulls(jsonb_build_object('a', 1, 'b', NULL))::text AS compact
;;
SELECT unnest(tags) AS tag, COUNT(*) AS n FROM customers GROUP BY tag ORDER BY n DESC
;;
SELECT c.name, t.tag, t.position
FROM customers c, unnest(c.tags) WITH ORDINALITY AS t(tag, position)
ORDER BY c.customer_id, t.position
LIMIT 10
;;
SELECT name FROM customers WHERE 'vip' = ANY(tags) AND NOT ('new' = ANY (tags))
;;
SELECT name FROM customers WHERE tags && ARRAY['vip','gold']::text[] AND tags @> ARRAY['loyal']
;;
SELECT array_agg(DISTINCT category ORDER BY category) AS categories FROM products
;;
SELECT array_length(tags, 1), cardinality(tags), tags[1], tags[1:2], array_to_string(tags, ', ') FROM customers LIMIT 4
;;
SELECT array_position(ARRAY['open', 'shipped', 'cancelled'], status) AS rank, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
;;
SELECT string_to_array(name, ' ') AS words, (string_to_array(name, ' '))[1] AS first FROM customers LIMIT 5
;;
SELECT order_id, status FROM orders WHERE order_id = ANY(ARRAY[1, 2, 3]) OR status IN ('open', 'shipped') ORDER BY array_position(ARRAY[3, 1, 2], order_id), order_id LIMIT 9
;;
SELECT array_remove(tags, 'vip'), array_append(tags, 'x'), array_cat(tags, ARRAY['y']) FROM customers LIMIT 2
;;
SELECT ARRAY(SELECT product_id FROM products WHERE category = 'Toys' ORDER BY product_id) AS toys
;;
SELECT promo_id, lower(period) AS begins, upper(period) AS ends, period @> DATE '2023-04-01' AS in_april FROM promotions
;;
SELECT a.code, b.code FROM promotions a JOIN promotions b ON a.period && b.period AND a.promo_id < b.promo_id
;;
SELECT name, sku, regexp_replace(sku, '^SKU-0*', '') AS short FROM products WHERE sku ~ '^SKU-\d{4}-[A-F]$'
;;
SELECT name FROM customers WHERE name ~* '^(ada|ben)\s' AND name !~ 'xyz' AND email !~* 'spam'
;;
SELECT regexp_matches(body, '(\d+\.\d{2})', 'g') AS prices FROM reviews
;;
SELECT (regexp_match(email, '@(.+)$'))[1] AS domain, COUNT(*) FROM customers WHERE email IS NOT NULL GROUP BY 1
;;
SELECT regexp_split_to_table(lower(body), '\W+') AS word, COUNT(*) AS n FROM reviews GROUP BY word ORDER BY n DESC LIMIT 20
;;
SELECT word, COUNT(*) FROM reviews, regexp_split_to_table(body, E'\\s+') AS word GROUP BY word HAVING COUNT(*) > 3
;;
SELECT regexp_count(body, 'a'), regexp_substr(body, '[A-Z]\w+') FROM reviews LIMIT 5
;;
SELECT split_part(email, '@', 2) AS domain, COUNT(*) FROM customers WHERE email LIKE '%@%' GROUP BY split_part(email, '@', 2)
;;
SELECT name FROM products WHERE name ILIKE '%kettle%' OR category SIMILAR TO '(Kitchen|Garden)' OR name LIKE 'La\_%' ESCAPE '\'
;;
SELECT order_id, customer_id, ordered_on,
       ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) AS rn,
       LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous,
       ordered_on - LAG(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS days_between
FROM orders
ORDER BY customer_id, ordered_on
;;
SELECT ordered_on, COUNT(*) AS n,
       AVG(COUNT(*)) OVER (ORDER BY ordered_on ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS moving_average,
       SUM(COUNT(*)) OVER (ORDER BY ordered_on ROWS UNBOUNDED PRECEDING) AS running_total
FROM orders GROUP BY ordered_on
;;
SELECT ordered_on, SUM(1) OVER (ORDER BY ordered_on RANGE BETWEEN INTERVAL '30 days' PRECEDING AND CURRENT ROW) AS last_30_days FROM orders
;;
SELECT product_id, quantity, NTILE(4) OVER w AS quartile, PERCENT_RANK() OVER w, CUME_DIST() OVER w, FIRST_VALUE(quantity) OVER w, NTH_VALUE(quantity, 2) OVER w
FROM order_lines
WINDOW w AS (PARTITION BY product_id ORDER BY quantity GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES)
LIMIT 10
;;
SELECT country, segment, COUNT(*) AS n, GROUPING(country, segment) AS level
FROM customers
GROUP BY GROUPING SETS ((country, segment), (country), ())
ORDER BY level, country, segment
;;
SELECT COALESCE(category, 'All') AS category, EXTRACT(YEAR FROM ordered_on)::int AS year, SUM(l.quantity) FROM orders o JOIN order_lines l USING (order_id) JOIN products p USING (product_id) GROUP BY ROLLUP (category, EXTRACT(YEAR FROM ordered_on))
;;
SELECT category, status, COUNT(*) FROM orders JOIN order_lines USING (order_id) JOIN products USING (product_id) GROUP BY CUBE (category, status)
;;
SELECT c.name, latest.order_id, latest.ordered_on
FROM customers c
LEFT JOIN LATERAL (
    SELECT o.order_id, o.ordered_on FROM orders o
    WHERE o.customer_id = c.customer_id
    ORDER BY o.ordered_on DESC LIMIT 2
) latest ON true
ORDER BY c.customer_id
;;
WITH RECURSIVE chain AS (
    SELECT employee_id, name, manager_id, 1 AS level, ARRAY[employee_id] AS path
    FROM employees WHERE manager_id IS NULL
    UNION ALL
    SELECT e.employee_id, e.name, e.manager_id, c.level + 1, c.path || e.employee_id
    FROM employees e JOIN chain c ON e.manager_id = c.employee_id
    WHERE NOT e.employee_id = ANY(c.path)
)
SELECT repeat('  ', level - 1) || name AS tree, level, path FROM chain ORDER BY path
;;
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t
;;
WITH RECURSIVE reports(id, boss) AS (SELECT employee_id, manager_id FROM employees WHERE employee_id = 1 UNION SELECT e.employee_id, e.manager_id FROM employees e, reports r WHERE e.manager_id = r.id) SEARCH DEPTH FIRST BY id SET ordering SELECT id FROM reports ORDER BY ordering
;;
SELECT DISTINCT ON (customer_id) customer_id, order_id, ordered_on FROM orders ORDER BY customer_id, ordered_on DESC
;;
SELECT category, percentile_cont(0.5) WITHIN GROUP (ORDER BY unit_price) AS median, percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY unit_price) AS quartiles, mode() WITHIN GROUP (ORDER BY unit_price) FROM products GROUP BY category
;;
SELECT string_agg(name, ', ' ORDER BY name) AS names, string_agg(DISTINCT category, '; ') FROM products
;;
SELECT "Order ID", "Total (EUR)", "Customer's Note", "% discount" AS "Discount in %", "Größe" FROM "Order Export" WHERE "Order Date" BETWEEN '2024-05-02' AND '2024-05-06' ORDER BY "Order ID"
;;
SELECT e."Order ID" AS "id", SUM(e."Total (EUR)") OVER () AS "Grand Total" FROM retail."Order Export" e
;;
SELECT key, value, type, date, year FROM settings WHERE type = 'int' ORDER BY key
;;
SELECT s.key, s.value, s."set", s."use", s."update", s."user" AS owner, s."group", s."order" FROM settings s
;;
SELECT "group", MAX("order") AS "max order" FROM settings GROUP BY "group" ORDER BY "group"
;;
SELECT sys.key, sys.value FROM settings AS sys WHERE sys.id > 2
;;
SELECT pg_rating, COUNT(*) AS reviews, AVG(r.pg_rating) OVER () FROM reviews r GROUP BY pg_rating ORDER BY pg_rating DESC
;;
SELECT user_name, comment FROM reviews WHERE comment IS NOT NULL AND user_name LIKE 'user\_1%'
;;
SELECT E'line one\nline two' AS text, E'it\'s' AS quoted, 'C:\temp\new' AS path, U&'d\0061t\+000061' AS unicode, X'1FF' AS bits, B'1010' AS more
;;
SELECT $$It's a "test"$$ AS dollar, $tag$with $$ inside$tag$ AS tagged
;;
SELECT NULL::text AS nothing, 1::text || 'b' AS text, NOT false AS yes FROM (SELECT 1) x WHERE false
;;
SELECT 'foo'
       'bar' AS joined
;;
SELECT md5(email) AS hash, encode(sha256(name::bytea), 'hex') AS digest, length(name), octet_length(name) FROM customers WHERE email IS NOT NULL LIMIT 3
;;
SELECT format('%s (%s)', name, country) AS label, format('%I.%L', 'a b', 'it''s') FROM customers LIMIT 3
;;
SELECT to_char(ordered_on, 'YYYY-MM') AS month, to_char(SUM(quantity * unit_price), 'FM999G999D00') AS revenue FROM orders JOIN order_lines USING (order_id) GROUP BY 1 ORDER BY 1
;;
SELECT to_char(ordered_on, 'Day') AS weekday, EXTRACT(ISODOW FROM ordered_on) AS dow, COUNT(*) FROM orders GROUP BY 1, 2 ORDER BY 2
;;
SELECT age('2024-06-15'::date, MIN(joined_on)) AS since, NOW() - INTERVAL '1 year', CURRENT_DATE - 30, (CURRENT_DATE - INTERVAL '3 months')::date FROM customers
;;
SELECT happened_at AT TIME ZONE 'Europe/Berlin' AS local, date_trunc('hour', happened_at AT TIME ZONE 'UTC') AS hour, EXTRACT(EPOCH FROM happened_at)::bigint AS epoch FROM events LIMIT 5
;;
SELECT date_bin('15 minutes', happened_at, TIMESTAMPTZ '2024-01-01') AS bucket, COUNT(*) FROM events GROUP BY bucket ORDER BY bucket
;;
SELECT to_timestamp(1700000000) AS at, make_date(2024, 2, 29) AS leap, make_interval(days => 10) AS ten_days, date_part('week', DATE '2024-02-29')
;;
SELECT CASE WHEN unit_price < 20 THEN 'cheap' WHEN unit_price BETWEEN 20 AND 45 THEN 'medium' ELSE 'expensive' END AS band, COUNT(*) FROM products GROUP BY band
;;
SELECT width_bucket(unit_price, 0, 100, 5) AS bucket, MIN(unit_price), MAX(unit_price), REPEAT('#', COUNT(*)::int) AS bar FROM products GROUP BY bucket ORDER BY bucket
;;
SELECT category, ROUND(AVG(unit_price)::numeric, 2) AS avg, ROUND(STDDEV(unit_price), 2), VARIANCE(unit_price), CORR(unit_price, product_id), REGR_SLOPE(unit_price, product_id) FROM products GROUP BY category
;;
SELECT o.status, COUNT(*) * 100.0 / SUM(COUNT(*)) OVER () AS percent FROM orders o GROUP BY o.status
;;
SELECT ROUND(100.0 * COUNT(r.return_id) / NULLIF(COUNT(l.order_id), 0), 2) || '%' AS return_rate FROM order_lines l LEFT JOIN returns r ON r.order_id = l.order_id AND r.line_no = l.line_no
;;
SELECT reason, COUNT(*) FROM returns GROUP BY reason UNION ALL SELECT 'total', COUNT(*) FROM returns ORDER BY 2
;;
(SELECT customer_id FROM orders WHERE status = 'open') EXCEPT (SELECT customer_id FROM orders WHERE status = 'cancelled') INTERSECT SELECT customer_id FROM customers
;;
SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (3, NULL)) AS t (num, letter) WHERE letter IS DISTINCT FROM 'two'
;;
VALUES (1, 'a'), (2, 'b')
;;
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.ordered_on > c.joined_on) AND NOT EXISTS (SELECT FROM returns r JOIN orders o2 USING (order_id) WHERE o2.customer_id = c.customer_id)
;;
SELECT (SELECT COUNT(*) FROM customers) AS customers, (SELECT COUNT(*) FROM orders) AS orders, (SELECT MAX(ordered_on) FROM orders) AS latest
;;
SELECT a.name, b.name FROM products a CROSS JOIN products b WHERE a.product_id < b.product_id AND a.category = b.category ORDER BY abs(a.unit_price - b.unit_price) LIMIT 5
;;
SELECT * FROM orders NATURAL JOIN customers FETCH FIRST 5 ROWS ONLY
;;
SELECT * FROM products ORDER BY unit_price DESC OFFSET 5 ROWS FETCH NEXT 5 ROWS WITH TIES
;;
SELECT * FROM customers TABLESAMPLE SYSTEM (50) LIMIT 3
;;
SELECT * FROM customers TABLESAMPLE BERNOULLI (20) REPEATABLE (42)
;;
SELECT * FROM customers ORDER BY random() LIMIT 5
;;
SELECT CAST('2024-01-01' AS date), CAST(3.7 AS integer), '12'::int4, '1.5'::float8, 't'::bool, '{1,2}'::int[], 5::varchar(10), 1::bigint, 'x'::char(3), '10.0.0.1'::inet
;;
SELECT greatest(1, 2, 3), least(4, 5), sign(-3), mod(10, 3), 10 % 3, 2 ^ 10, |/ 16, @ -5, 5 # 3, 6 & 3, 6 | 1, ~ 1, 1 << 3, power(2, 8), ln(10), log(100), exp(1), ceil(1.2), floor(1.8), trunc(1.999, 2), div(7, 2)
;;
SELECT upper(name), lower(name), initcap(name), left(name, 3), right(name, 3), reverse(name), btrim(name), lpad(country, 5, '.'), position('a' in name), strpos(name, 'a'), substring(name from 1 for 3), substring(name, 2, 3), overlay(name placing 'XX' from 1 for 2), translate(name, 'ae', '43'), concat_ws(' / ', name, country), ascii(name), to_hex(255) FROM customers LIMIT 1
;;
SELECT bool_and(unit_price > 1), bool_or(unit_price > 50), every(true), bit_or(quantity), array_agg(quantity) FILTER (WHERE quantity > 2) FROM order_lines
;;
SELECT COUNT(*), count(DISTINCT (customer_id, status)) FROM orders WHERE (customer_id, status) IN (SELECT customer_id, status FROM orders WHERE status = 'open')
;;
SELECT ROW(1, 'a') = ROW(1, 'a') AS same, (ROW(c.customer_id, c.name)).f1 FROM customers c LIMIT 1
;;
SELECT (date_trunc('month', ordered_on) + interval '1 month - 1 day')::date AS month_end, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1 DESC LIMIT 3
;;
SELECT ts.day::date, COALESCE(x.n, 0) FROM generate_series(current_date - interval '6 days', current_date, interval '1 day') AS ts(day) LEFT JOIN (SELECT ordered_on, count(*) n FROM orders GROUP BY 1) x ON x.ordered_on = ts.day
;;
SELECT to_tsvector('english', body) @@ to_tsquery('english', 'kettle & fast') AS hit, ts_rank(to_tsvector('english', body), plainto_tsquery('english', 'kettle')) AS rank, ts_headline('english', body, plainto_tsquery('kettle')) FROM reviews LIMIT 3
;;
SELECT xmlelement(name customer, xmlattributes(c.customer_id AS id), c.name) FROM customers c LIMIT 2
;;
SELECT gen_random_uuid() IS NOT NULL AS has_id, clock_timestamp() > now() - interval '1 hour' AS recent
;;
SELECT 'é' < 'z' COLLATE "C" AS c_order, name FROM customers ORDER BY name COLLATE "C" LIMIT 2
;;
SELECT num_nulls(email, tags), num_nonnulls(email, tags), scale(unit_price), min_scale(unit_price), justify_interval(interval '40 days') FROM customers, products LIMIT 1
;;
WITH monthly AS MATERIALIZED (
  SELECT date_trunc('month', ordered_on) AS m, COUNT(*) AS n FROM orders GROUP BY 1
), growth AS NOT MATERIALIZED (
  SELECT m, n, LAG(n) OVER (ORDER BY m) AS prev FROM monthly
)
SELECT to_char(m, 'Mon YYYY') AS month, n, prev,
       CASE WHEN prev IS NULL OR prev = 0 THEN NULL ELSE ROUND((n - prev)::numeric / prev * 100, 1) END AS growth_pct
FROM growth ORDER BY m
;;
/* RFM segmentation /* nested comment: scores from 1 to 5 */ of all customers */
WITH base AS (
    SELECT
        c.customer_id,
        c.name,
        c.segment,
        MAX(o.ordered_on)                         AS last_order,
        COUNT(DISTINCT o.order_id)                AS frequency,
        COALESCE(SUM(l.quantity * l.unit_price), 0) AS monetary
    FROM customers c
    LEFT JOIN orders o
           ON o.customer_id = c.customer_id
          AND o.status <> 'cancelled'
    LEFT JOIN order_lines l
           ON l.order_id = o.order_id
    GROUP BY c.customer_id, c.name, c.segment
),
scored AS (
    SELECT
        b.*,
        DATE '2025-01-01' - b.last_order          AS recency_days,
        NTILE(5) OVER (ORDER BY b.last_order NULLS FIRST) AS r_score,
        NTILE(5) OVER (ORDER BY b.frequency)      AS f_score,
        NTILE(5) OVER (ORDER BY b.monetary)       AS m_score
    FROM base b
),
labelled AS (
    SELECT
        s.*,
        r_score::text || f_score::text || m_score::text AS rfm,
        CASE
            -- the best ones
            WHEN r_score >= 4 AND f_score >= 4 AND m_score >= 4 THEN 'Champions'
            WHEN f_score >= 4                     THEN 'Loyal'
            WHEN r_score >= 4 AND f_score <= 2    THEN 'New'
            WHEN r_score <= 2 AND f_score >= 3    THEN 'At risk'
            WHEN r_score = 1                      THEN 'Lost'
            ELSE 'Others'
        END AS label
    FROM scored s
),
returned AS (
    SELECT o.customer_id, COUNT(*) AS returned_lines
    FROM returns r
    JOIN orders o ON o.order_id = r.order_id
    GROUP BY o.customer_id
)
SELECT
    l.label,
    l.segment,
    COUNT(*)                                      AS customers,
    ROUND(AVG(l.recency_days), 1)                 AS avg_recency,
    ROUND(AVG(l.frequency), 2)                    AS avg_frequency,
    ROUND(AVG(l.monetary), 2)                     AS avg_monetary,
    SUM(COALESCE(r.returned_lines, 0))            AS returned_lines,
    ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS share
FROM labelled l
LEFT JOIN returned r ON r.customer_id = l.customer_id
GROUP BY l.label, l.segment
ORDER BY customers DESC, l.label, l.segment;
;;
-- Cohort retention, months since the first order
WITH first_orders AS (
    SELECT customer_id, MIN(date_trunc('month', ordered_on)) AS cohort FROM orders GROUP BY customer_id
), activity AS (
    SELECT f.cohort, o.customer_id,
           (EXTRACT(YEAR FROM age(date_trunc('month', o.ordered_on), f.cohort)) * 12
            + EXTRACT(MONTH FROM age(date_trunc('month', o.ordered_on), f.cohort)))::int AS month_number
    FROM orders o JOIN first_orders f USING (customer_id)
)
SELECT cohort::date, month_number, COUNT(DISTINCT customer_id) AS active
FROM activity WHERE month_number <= 12
GROUP BY cohort, month_number ORDER BY cohort, month_number
;;
-- Products bought together
SELECT a.product_id AS product_a, b.product_id AS product_b, COUNT(*) AS times
FROM order_lines a JOIN order_lines b ON a.order_id = b.order_id AND a.product_id < b.product_id
GROUP BY 1, 2 HAVING COUNT(*) >= 2 ORDER BY times DESC, 1, 2 LIMIT 10;
;;
-- Funnel
SELECT COUNT(DISTINCT payload->>'session') FILTER (WHERE kind = 'view')        AS viewed,
       COUNT(DISTINCT payload->>'session') FILTER (WHERE kind = 'add_to_cart') AS added,
       COUNT(DISTINCT payload->>'session') FILTER (WHERE kind = 'checkout')    AS bought
FROM events
WHERE happened_at >= timestamp with time zone '2024-03-01 00:00:00+00'
;;
-- gaps and islands; the "-- not a comment" in a text stays
SELECT MIN(day) AS from_day, MAX(day) AS to_day, COUNT(*) AS days, '-- not a comment' AS note
FROM (SELECT day, day - (ROW_NUMBER() OVER (ORDER BY day))::int AS island
      FROM (SELECT DISTINCT ordered_on AS day FROM orders) d) i
GROUP BY island ORDER BY from_day
;;
SELECT COALESCE(p.category, 'n/a') category, SUM(CASE WHEN o.status='open' THEN 1 ELSE 0 END) open_n, SUM(CASE WHEN o.status='shipped' THEN 1 ELSE 0 END) shipped_n FROM orders o INNER JOIN order_lines ol ON o.order_id=ol.order_id RIGHT OUTER JOIN products p ON p.product_id=ol.product_id GROUP BY p.category
;;
SELECT o.order_id, o.shipped_at, o.shipped_at::date - o.ordered_on AS days_to_ship, (o.shipped_at - o.ordered_on::timestamptz) > interval '2 days' AS late FROM orders o WHERE o.shipped_at IS NOT NULL
;;
SELECT * FROM orders FULL OUTER JOIN returns ON returns.order_id = orders.order_id WHERE orders.order_id IS NULL OR returns.return_id IS NULL
;;
SELECT (payload->>'amount')::numeric::money AS amount, payload->>'amount' AS raw, jsonb_extract_path_text(payload, 'utm', 'source') AS source FROM events ORDER BY (payload->>'amount')::float DESC LIMIT 3
;;
SELECT CURRENT_DATE AS today, CURRENT_TIMESTAMP AS now, LOCALTIMESTAMP AS local, CURRENT_TIME IS NOT NULL AS t
;;
SELECT c.*, COUNT(o.*) AS orders FROM customers c LEFT JOIN orders o ON c.customer_id = o.customer_id GROUP BY c.customer_id ORDER BY orders DESC LIMIT 3
;;
SELECT cust.country AS "Country", ord.status AS "State of the order; raw" FROM customers cust, orders ord WHERE cust.customer_id = ord.customer_id AND cust.country NOT IN ('GB') LIMIT 2
;;
SELECT array_agg(t.x ORDER BY t.x) FROM unnest(ARRAY[3, 1, 2]) AS t(x)
;;
SELECT a, b FROM unnest(ARRAY[1, 2], ARRAY['x', 'y']) AS u(a, b)
;;
SELECT * FROM ROWS FROM (generate_series(1, 3), generate_series(11, 13)) AS pair(a, b)
;;
SELECT pg_typeof(unit_price), pg_size_pretty(sum(pg_column_size(name))) FROM products GROUP BY 1
;;
SELECT x.sku, x.qty FROM xmltable('/r/i' PASSING xml '<r><i s="A1">2</i></r>' COLUMNS sku text PATH '@s', qty int PATH '.' DEFAULT 0) AS x
;;
WITH rows AS (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) SELECT max(n) FROM rows WHERE n > 0
;;
WITH rows AS (SELECT order_id FROM orders) SELECT count(*) FROM rows JOIN order_lines USING (order_id)
;;
SELECT start.ordered_on, model.ordered_on FROM orders start, orders model WHERE model.order_id = start.order_id + 1 LIMIT 3
;;
SELECT o.order_id FROM orders o JOIN order_lines l ON o.order_id = ANY (ARRAY[l.order_id, l.line_no]) LIMIT 3
;;
SELECT 1_000_000 AS million, 0x1F AS hex, 1_000.5 * count(*) FROM orders
;;
SELECT orders.status, count(orders) FROM orders GROUP BY orders.status
;;
WITH newest AS (SELECT * FROM orders ORDER BY ordered_on DESC LIMIT 5) TABLE newest
;;
SELECT percentile_cont(ARRAY[0.25, 0.5]) WITHIN GROUP (ORDER BY unit_price), mode() WITHIN GROUP (ORDER BY category) FROM products
;;
WITH RECURSIVE staff AS (SELECT employee_id FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.employee_id FROM employees e JOIN staff s ON e.manager_id = s.employee_id) SEARCH DEPTH FIRST BY employee_id SET place CYCLE employee_id SET is_cycle USING way SELECT count(*) FROM staff
;;
SELECT e.event_id, i.sku, i.qty FROM events e, JSON_TABLE(e.payload, '$.items[*]' COLUMNS (n FOR ORDINALITY, sku text PATH '$.sku', qty int PATH '$.qty' DEFAULT 0 ON EMPTY)) AS i WHERE i.qty > 1 LIMIT 5
;;
SELECT t.session, t.sku FROM events, JSON_TABLE(payload, '$' COLUMNS (session text PATH '$.session', NESTED PATH '$.items[*]' COLUMNS (sku text PATH '$.sku'))) AS t LIMIT 5
;;
SELECT JSON_VALUE(payload, '$.utm.source') AS source, sum(JSON_VALUE(payload, '$.amount' RETURNING numeric)) FROM events GROUP BY 1
;;
SELECT JSON_QUERY(payload, '$.items' WITH WRAPPER), JSON_EXISTS(payload, '$.items[*] ? (@.qty > $least)' PASSING 2 AS least) FROM events LIMIT 5
;;
SELECT JSON_QUERY(preferences, '$.language' OMIT QUOTES), JSON_SERIALIZE(preferences RETURNING text), JSON_SCALAR(customer_id) FROM customers LIMIT 3
;;
SELECT uuidv4(), uuidv7(), uuid_extract_timestamp(uuidv7()) > now() - interval '1 minute', uuid_extract_version(uuidv7())
;;
SELECT array_sort(tags), array_reverse(tags), array_sort(ARRAY[3, 1, 2], true) FROM customers LIMIT 3
;;
SELECT casefold(name), to_bin(product_id), to_hex(product_id), crc32(convert_to(name, 'UTF8')), random(1, 10) FROM products LIMIT 3
;;
SELECT regexp_replace(string => name, pattern => '\d+', replacement => ''), gamma(5), shipped_at AT LOCAL FROM products, orders LIMIT 2
;;
SELECT payload @@ '$.amount.number() > 10', jsonb_path_query_first(payload, '$.session.string()'), any_value(kind) OVER () FROM events LIMIT 2
