CREATE SCHEMA retail
;;
SET SCHEMA retail
;;
CREATE TABLE customers (customer_id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, country CHAR(2) NOT NULL, segment VARCHAR(16) NOT NULL, joined_on DATE NOT NULL, email VARCHAR(80), preferences JSON, tags VARCHAR(20) ARRAY)
;;
INSERT INTO customers SELECT x, CASE MOD(x, 4) WHEN 0 THEN 'Ada Berg ' WHEN 1 THEN 'Ben Costa ' WHEN 2 THEN 'Cleo Dumont ' ELSE 'Dan O''Hara ' END || x, CASE MOD(x, 3) WHEN 0 THEN 'DE' WHEN 1 THEN 'FR' ELSE 'IT' END, CASE WHEN MOD(x, 3) = 0 THEN 'business' ELSE 'consumer' END, DATEADD(DAY, x * 17, DATE '2021-01-01'), CASE WHEN MOD(x, 7) <> 0 THEN 'user' || x || '@example.com' END, JSON_OBJECT('newsletter': MOD(x, 2) = 0, 'language': 'de'), CASE WHEN MOD(x, 2) = 0 THEN ARRAY['vip', 'loyal'] ELSE ARRAY['new'] END FROM SYSTEM_RANGE(1, 40)
;;
CREATE TABLE products (product_id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, category VARCHAR(32) NOT NULL, unit_price DECIMAL(10, 2) NOT NULL)
;;
INSERT INTO products SELECT x, CASE MOD(x, 2) WHEN 0 THEN 'Kettle ' ELSE 'Rake ' END || x, CASE MOD(x, 2) WHEN 0 THEN 'Kitchen' ELSE 'Garden' END, 5 + x * 3.25 FROM SYSTEM_RANGE(1, 20)
;;
CREATE TABLE orders (order_id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, ordered_on DATE NOT NULL, status VARCHAR(16) NOT NULL, shipped_at TIMESTAMP WITH TIME ZONE)
;;
INSERT INTO orders SELECT x, MOD(x * 7, 40) + 1, DATEADD(DAY, x * 5, DATE '2023-01-01'), CASE MOD(x, 3) WHEN 0 THEN 'open' WHEN 1 THEN 'shipped' ELSE 'cancelled' END, CASE WHEN MOD(x, 3) = 1 THEN DATEADD(HOUR, x * 123, TIMESTAMP WITH TIME ZONE '2023-01-02 08:00:00+00') END FROM SYSTEM_RANGE(1, 120)
;;
CREATE TABLE order_lines (order_id INT NOT NULL REFERENCES orders, line_no INT NOT NULL, product_id INT NOT NULL REFERENCES products, quantity INT NOT NULL, unit_price DECIMAL(10, 2) NOT NULL, PRIMARY KEY (order_id, line_no))
;;
INSERT INTO order_lines SELECT o.x, l.x, MOD(o.x * 3 + l.x * 5, 20) + 1, MOD(o.x + l.x, 5) + 1, 4.5 + MOD(o.x + l.x, 20) * 3 FROM SYSTEM_RANGE(1, 120) o, SYSTEM_RANGE(1, 3) l WHERE l.x <= MOD(o.x, 3) + 1
;;
CREATE TABLE returns (return_id INT PRIMARY KEY, order_id INT NOT NULL, line_no INT NOT NULL, returned_on DATE NOT NULL, reason VARCHAR(32) NOT NULL)
;;
INSERT INTO returns SELECT x, x * 4, 1, DATEADD(DAY, x * 20, DATE '2023-02-01'), CASE MOD(x, 2) WHEN 0 THEN 'damaged' ELSE 'too late' END FROM SYSTEM_RANGE(1, 30)
;;
CREATE TABLE employees (employee_id INT PRIMARY KEY, name VARCHAR(40), manager_id INT, hired DATE)
;;
INSERT INTO employees SELECT x, 'Employee ' || x, NULLIF(x / 3, 0), DATEADD(DAY, x * 90, DATE '2015-01-01') FROM SYSTEM_RANGE(1, 14)
;;
CREATE TABLE reviews (review_id INT PRIMARY KEY, product_id INT, pg_rating INT, body VARCHAR(200), user_name VARCHAR(40), comment VARCHAR(40))
;;
INSERT INTO reviews SELECT x, MOD(x, 20) + 1, MOD(x, 5) + 1, 'Great kettle, boils fast!', 'user_' || x, NULL FROM SYSTEM_RANGE(1, 25)
;;
CREATE TABLE settings (id INT PRIMARY KEY, "KEY" VARCHAR(20), "VALUE" VARCHAR(20), type VARCHAR(10), "DATE" DATE, "YEAR" INT, "SET" VARCHAR(4), "USE" VARCHAR(4), "UPDATE" TIMESTAMP, "USER" VARCHAR(9), "GROUP" VARCHAR(9), "ORDER" INT)
;;
INSERT INTO settings SELECT x, 'key' || x, x, 'int', DATEADD(DAY, x, DATE '2024-01-01'), 2020 + x, 's', 'u', LOCALTIMESTAMP, 'ops', 'g' || MOD(x, 3), x FROM SYSTEM_RANGE(1, 8)
;;
CREATE TABLE "Order Export" ("Order ID" INT, "Order Date" DATE, "Total (EUR)" DECIMAL(12, 2), "Customer's Note" VARCHAR(40), "Größe" VARCHAR(4))
;;
INSERT INTO "Order Export" SELECT x, DATEADD(DAY, x, DATE '2024-05-01'), x * 10.5, 'note; "' || x || '"', 'M' FROM SYSTEM_RANGE(1, 10)
