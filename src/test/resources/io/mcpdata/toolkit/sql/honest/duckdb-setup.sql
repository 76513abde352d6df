CREATE SCHEMA retail
;;
USE retail
;;
CREATE TABLE customers AS SELECT n AS customer_id, ['Ada Berg', 'Ben Costa', 'Cleo Dumont', 'Dan O''Hara'][n % 4 + 1] || ' ' || n AS name, ['DE', 'FR', 'IT'][n % 3 + 1] AS country, CASE WHEN n % 3 = 0 THEN 'business' ELSE 'consumer' END AS segment, DATE '2021-01-01' + n::INT * 17 AS joined_on, 'user' || n || '@example.com' AS email, ['vip', 'loyal'] AS tags, {'newsletter': n % 2 = 0, 'language': 'de'} AS preferences FROM range(1, 41) t(n)
;;
CREATE TABLE products AS SELECT n AS product_id, ['Kettle', 'Rake'][n % 2 + 1] || ' ' || n AS name, ['Kitchen', 'Garden'][n % 2 + 1] AS category, (5 + n * 3.25)::DECIMAL(10, 2) AS unit_price, MAP {'colour': 'red', 'size': 'M'} AS attributes FROM range(1, 21) t(n)
;;
CREATE TABLE orders AS SELECT n AS order_id, n * 7 % 40 + 1 AS customer_id, DATE '2023-01-01' + n::INT * 5 AS ordered_on, ['open', 'shipped', 'cancelled'][n % 3 + 1] AS status FROM range(1, 121) t(n)
;;
CREATE TABLE order_lines AS SELECT o AS order_id, l AS line_no, (o * 3 + l * 5) % 20 + 1 AS product_id, (o + l) % 5 + 1 AS quantity, (4.5 + (o + l) % 20 * 3)::DECIMAL(10, 2) AS unit_price FROM range(1, 121) a(o), range(1, 4) b(l) WHERE l <= o % 3 + 1
;;
CREATE TABLE returns AS SELECT n AS return_id, n * 4 AS order_id, 1 AS line_no, DATE '2023-02-01' + n::INT * 20 AS returned_on, ['damaged', 'too late'][n % 2 + 1] AS reason FROM range(1, 31) t(n)
;;
CREATE TABLE events AS SELECT n AS event_id, TIMESTAMP '2024-03-01' + to_minutes(n * 37) AS happened_at, '{"sku": "A' || n % 5 || '", "qty": ' || n % 3 || ', "tags": ["x", "y"]}' AS payload FROM range(1, 61) t(n)
;;
CREATE TABLE "Order Export" AS SELECT n AS "Order ID", n * 10.5 AS "Total (EUR)", 'g' || n % 3 AS "group" FROM range(1, 11) t(n)
