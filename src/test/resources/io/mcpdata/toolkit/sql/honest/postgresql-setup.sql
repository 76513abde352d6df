CREATE SCHEMA retail
;;
SET search_path TO retail, public
;;
CREATE TABLE customers (customer_id int PRIMARY KEY, name text NOT NULL, country char(2) NOT NULL, segment text NOT NULL, joined_on date NOT NULL, email text, preferences jsonb, tags text[])
;;
INSERT INTO customers SELECT n, (ARRAY['Ada Berg', 'Ben Costa', 'Cleo Dumont', 'Dan O''Hara', 'Eva Fischer'])[n % 5 + 1] || ' ' || n, (ARRAY['DE', 'FR', 'IT', 'GB'])[n % 4 + 1], CASE WHEN n % 3 = 0 THEN 'business' ELSE 'consumer' END, DATE '2021-01-01' + n * 17, CASE WHEN n % 7 <> 0 THEN 'user' || n || '@example.' || (ARRAY['com', 'org'])[n % 2 + 1] END, jsonb_build_object('newsletter', n % 2 = 0, 'language', (ARRAY['de', 'fr', 'en'])[n % 3 + 1], 'contact', jsonb_build_object('phone', '+49 30 ' || n, 'hours', jsonb_build_array(9, 17))), CASE WHEN n % 2 = 0 THEN ARRAY['vip', 'loyal'] ELSE ARRAY['new'] END FROM generate_series(1, 40) n
;;
CREATE TABLE products (product_id int PRIMARY KEY, name text NOT NULL, category text NOT NULL, unit_price numeric(10, 2) NOT NULL, attributes jsonb, sku text)
;;
INSERT INTO products SELECT n, (ARRAY['Kettle', 'Rake', 'Lamp', 'Puzzle'])[n % 4 + 1] || ' ' || n, (ARRAY['Kitchen', 'Garden', 'Home', 'Toys'])[n % 4 + 1], 5 + n * 3.25, jsonb_build_object('colour', (ARRAY['red', 'green', 'blue'])[n % 3 + 1], 'weight_kg', n * 0.4, 'sizes', jsonb_build_array('S', 'M', 'L')), 'SKU-' || lpad(n::text, 4, '0') || '-' || chr(64 + n) FROM generate_series(1, 20) n
;;
CREATE TABLE orders (order_id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, ordered_on date NOT NULL, status text NOT NULL, shipped_at timestamptz)
;;
INSERT INTO orders SELECT n, n * 7 % 40 + 1, DATE '2023-01-01' + n * 5, (ARRAY['open', 'shipped', 'cancelled'])[n % 3 + 1], CASE WHEN n % 3 = 1 THEN TIMESTAMPTZ '2023-01-02 08:00:00+00' + n * INTERVAL '5 days 3 hours' END FROM generate_series(1, 120) n
;;
CREATE TABLE order_lines (order_id int NOT NULL REFERENCES orders, line_no int NOT NULL, product_id int NOT NULL REFERENCES products, quantity int NOT NULL, unit_price numeric(10, 2) NOT NULL, PRIMARY KEY (order_id, line_no))
;;
INSERT INTO order_lines SELECT o, l, (o * 3 + l * 5) % 20 + 1, (o + l) % 5 + 1, 4.5 + (o + l) % 20 * 3 FROM generate_series(1, 120) o, generate_series(1, 3) l WHERE l <= o % 3 + 1
;;
CREATE TABLE returns (return_id int PRIMARY KEY, order_id int NOT NULL, line_no int NOT NULL, returned_on date NOT NULL, reason text NOT NULL)
;;
INSERT INTO returns SELECT n, n * 4, 1, DATE '2023-02-01' + n * 20, (ARRAY['damaged', 'wrong item', 'too late', 'changed mind'])[n % 4 + 1] FROM generate_series(1, 30) n
;;
CREATE TABLE employees (employee_id int PRIMARY KEY, name text NOT NULL, manager_id int, hired date NOT NULL, salary numeric(10, 2))
;;
INSERT INTO employees SELECT n, 'Employee ' || n, NULLIF(n / 3, 0), DATE '2015-01-01' + n * 90, 2500 + n * 150 FROM generate_series(1, 14) n
;;
CREATE TABLE events (event_id bigint PRIMARY KEY, customer_id int, happened_at timestamptz NOT NULL, kind text NOT NULL, payload jsonb NOT NULL)
;;
INSERT INTO events SELECT n, n % 40 + 1, TIMESTAMPTZ '2024-03-01 00:00:00+00' + n * INTERVAL '37 minutes', (ARRAY['view', 'add_to_cart', 'checkout'])[n % 3 + 1], jsonb_build_object('session', md5((n / 4)::text), 'utm', jsonb_build_object('source', (ARRAY['mail', 'ads'])[n % 2 + 1]), 'amount', n * 1.5, 'items', jsonb_build_array(jsonb_build_object('sku', 'A' || n % 5, 'qty', n % 3 + 1), jsonb_build_object('sku', 'B' || n % 4, 'qty', 1))) FROM generate_series(1, 60) n
;;
CREATE TABLE reviews (review_id int PRIMARY KEY, product_id int, pg_rating int, body text, user_name text, "comment" text)
;;
INSERT INTO reviews SELECT n, n % 20 + 1, n % 5 + 1, (ARRAY['Great kettle, boils fast!', 'Broke after 2 days...', 'OK for the price (19.99 EUR)'])[n % 3 + 1], 'user_' || n, NULLIF('n/a', CASE WHEN n % 2 = 0 THEN 'n/a' END) FROM generate_series(1, 25) n
;;
CREATE TABLE settings (id int PRIMARY KEY, "key" text, value text, type text, date date, year int, "set" text, "use" text, "update" timestamptz, "user" text, "group" text, "order" int)
;;
INSERT INTO settings SELECT n, 'key' || n, n::text, (ARRAY['int', 'text'])[n % 2 + 1], DATE '2024-01-01' + n, 2020 + n, 's' || n % 2, 'u', now(), 'ops', 'g' || n % 3, n FROM generate_series(1, 8) n
;;
CREATE TABLE "Order Export" ("Order ID" int, "Order Date" date, "Total (EUR)" numeric(12, 2), "Customer's Note" text, "% discount" numeric, "Größe" text)
;;
INSERT INTO "Order Export" SELECT n, DATE '2024-05-01' + n, n * 10.5, 'note; "' || n || '"', n % 4 * 5, 'M' FROM generate_series(1, 10) n
;;
CREATE TABLE promotions (promo_id int PRIMARY KEY, code text, period daterange, product_ids int[], rules json)
;;
INSERT INTO promotions SELECT n, 'SPRING' || n, daterange(DATE '2023-01-01' + n * 60, DATE '2023-02-15' + n * 60), ARRAY[n, n + 1, n + 5], json_build_object('min', n, 'tiers', json_build_array(10, 20)) FROM generate_series(1, 6) n
;;
ANALYZE
