CREATE SCHEMA IF NOT EXISTS hive.retail
;;
CREATE TABLE customers AS SELECT n AS customer_id, element_at(ARRAY['Ada Berg', 'Ben Costa', 'Cleo Dumont'], n % 3 + 1) AS name, element_at(ARRAY['DE', 'FR', 'IT'], n % 3 + 1) AS country, if(n % 2 = 0, 'business', 'consumer') AS segment, DATE '2021-01-01' + n * INTERVAL '17' DAY AS joined_on, 'user' || CAST(n AS varchar) || '@example.com' AS email, ARRAY['vip', 'new'] AS tags FROM UNNEST(sequence(1, 40)) AS t(n)
;;
CREATE TABLE products AS SELECT n AS product_id, 'Kettle ' || CAST(n AS varchar) AS name, element_at(ARRAY['Kitchen', 'Garden'], n % 2 + 1) AS category, CAST(5 + n * 3.25 AS decimal(10, 2)) AS unit_price FROM UNNEST(sequence(1, 20)) AS t(n)
;;
CREATE TABLE orders AS SELECT n AS order_id, n * 7 % 40 + 1 AS customer_id, DATE '2023-01-01' + n * INTERVAL '5' DAY AS ordered_on, element_at(ARRAY['open', 'shipped', 'cancelled'], n % 3 + 1) AS status FROM UNNEST(sequence(1, 120)) AS t(n)
;;
CREATE TABLE order_lines AS SELECT o AS order_id, l AS line_no, (o * 3 + l * 5) % 20 + 1 AS product_id, (o + l) % 5 + 1 AS quantity, CAST(4.5 + (o + l) % 20 * 3 AS decimal(10, 2)) AS unit_price FROM UNNEST(sequence(1, 120)) AS t(o), UNNEST(sequence(1, 3)) AS u(l)
;;
CREATE TABLE events AS SELECT n AS event_id, n % 40 + 1 AS customer_id, TIMESTAMP '2024-03-01 00:00:00 UTC' + n * INTERVAL '37' MINUTE AS happened_at, 'view' AS kind, '{"utm": {"source": "mail"}, "amount": ' || CAST(n AS varchar) || ', "items": [{"sku": "A1"}]}' AS payload FROM UNNEST(sequence(1, 60)) AS t(n)
;;
CREATE TABLE reviews AS SELECT n AS review_id, n % 5 + 1 AS pg_rating, 'user_' || CAST(n AS varchar) AS user_name, 'fine' AS comment FROM UNNEST(sequence(1, 25)) AS t(n)
;;
CREATE TABLE settings AS SELECT n AS id, 'key' AS "key", 'v' AS value, 'int' AS type, DATE '2024-01-01' AS "date", 2020 AS year, 's' AS "set", 'u' AS "use", current_timestamp AS "update", 'ops' AS "user", 'g' AS "group", n AS "order" FROM UNNEST(sequence(1, 8)) AS t(n)
;;
CREATE TABLE "Order Export" AS SELECT n AS "Order ID", DATE '2024-05-01' + n * INTERVAL '1' DAY AS "Order Date", CAST(n * 10.5 AS decimal(12, 2)) AS "Total (EUR)", 'g' AS "group" FROM UNNEST(sequence(1, 10)) AS t(n)
