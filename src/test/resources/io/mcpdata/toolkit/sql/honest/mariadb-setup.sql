CREATE TABLE customers (customer_id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, country CHAR(2) NOT NULL, segment VARCHAR(16) NOT NULL, joined_on DATE NOT NULL, email VARCHAR(80), preferences JSON, tags VARCHAR(80))
;;
INSERT INTO customers SELECT seq, CONCAT(ELT(seq % 5 + 1, 'Ada Berg', 'Ben Costa', 'Cleo Dumont', 'Dan O''Hara', 'Eva Fischer'), ' ', seq), ELT(seq % 4 + 1, 'DE', 'FR', 'IT', 'GB'), IF(seq % 3 = 0, 'business', 'consumer'), DATE_ADD('2021-01-01', INTERVAL seq * 17 DAY), IF(seq % 7 = 0, NULL, CONCAT('user', seq, '@example.', ELT(seq % 2 + 1, 'com', 'org'))), JSON_OBJECT('newsletter', seq % 2 = 0, 'language', ELT(seq % 3 + 1, 'de', 'fr', 'en'), 'contact', JSON_OBJECT('phone', CONCAT('+49 30 ', seq), 'hours', JSON_ARRAY(9, 17))), ELT(seq % 2 + 1, 'vip,loyal', 'new') FROM seq_1_to_40
;;
CREATE TABLE products (product_id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, category VARCHAR(32) NOT NULL, unit_price DECIMAL(10, 2) NOT NULL, attributes JSON, sku VARCHAR(20))
;;
INSERT INTO products SELECT seq, CONCAT(ELT(seq % 4 + 1, 'Kettle', 'Rake', 'Lamp', 'Puzzle'), ' ', seq), ELT(seq % 4 + 1, 'Kitchen', 'Garden', 'Home', 'Toys'), 5 + seq * 3.25, JSON_OBJECT('colour', ELT(seq % 3 + 1, 'red', 'green', 'blue'), 'sizes', JSON_ARRAY('S', 'M', 'L')), CONCAT('SKU-', LPAD(seq, 4, '0'), '-', CHAR(64 + seq)) FROM seq_1_to_20
;;
CREATE TABLE orders (order_id INT PRIMARY KEY, customer_id INT NOT NULL, ordered_on DATE NOT NULL, status VARCHAR(16) NOT NULL, shipped_at DATETIME, created_ts INT, INDEX by_customer (customer_id))
;;
INSERT INTO orders SELECT seq, seq * 7 % 40 + 1, DATE_ADD('2023-01-01', INTERVAL seq * 5 DAY), ELT(seq % 3 + 1, 'open', 'shipped', 'cancelled'), IF(seq % 3 = 1, DATE_ADD('2023-01-02 08:00:00', INTERVAL seq * 123 HOUR), NULL), 1672531200 + seq * 432000 FROM seq_1_to_120
;;
CREATE TABLE order_lines (order_id INT NOT NULL, line_no INT NOT NULL, product_id INT NOT NULL, quantity INT NOT NULL, unit_price DECIMAL(10, 2) NOT NULL, PRIMARY KEY (order_id, line_no))
;;
INSERT INTO order_lines SELECT o.seq, l.seq, (o.seq * 3 + l.seq * 5) % 20 + 1, (o.seq + l.seq) % 5 + 1, 4.5 + (o.seq + l.seq) % 20 * 3 FROM seq_1_to_120 o, seq_1_to_3 l WHERE l.seq <= o.seq % 3 + 1
;;
CREATE TABLE returns (return_id INT PRIMARY KEY, order_id INT NOT NULL, line_no INT NOT NULL, returned_on DATE NOT NULL, reason VARCHAR(32) NOT NULL)
;;
INSERT INTO returns SELECT seq, seq * 4, 1, DATE_ADD('2023-02-01', INTERVAL seq * 20 DAY), ELT(seq % 4 + 1, 'damaged', 'wrong item', 'too late', 'changed mind') FROM seq_1_to_30
;;
CREATE TABLE employees (employee_id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, manager_id INT, hired DATE NOT NULL, salary DECIMAL(10, 2))
;;
INSERT INTO employees SELECT seq, CONCAT('Employee ', seq), NULLIF(seq DIV 3, 0), DATE_ADD('2015-01-01', INTERVAL seq * 90 DAY), 2500 + seq * 150 FROM seq_1_to_14
;;
CREATE TABLE events (event_id BIGINT PRIMARY KEY, customer_id INT, happened_at DATETIME(3) NOT NULL, kind VARCHAR(20) NOT NULL, payload JSON NOT NULL)
;;
INSERT INTO events SELECT seq, seq % 40 + 1, DATE_ADD('2024-03-01', INTERVAL seq * 37 MINUTE), ELT(seq % 3 + 1, 'view', 'add_to_cart', 'checkout'), JSON_OBJECT('session', MD5(seq DIV 4), 'amount', seq * 1.5, 'items', JSON_ARRAY(JSON_OBJECT('sku', CONCAT('A', seq % 5), 'qty', seq % 3 + 1), JSON_OBJECT('sku', CONCAT('B', seq % 4), 'qty', 1))) FROM seq_1_to_60
;;
CREATE TABLE reviews (review_id INT PRIMARY KEY, product_id INT, pg_rating INT, body TEXT, user_name VARCHAR(40), `comment` VARCHAR(40), FULLTEXT INDEX by_words (body))
;;
INSERT INTO reviews SELECT seq, seq % 20 + 1, seq % 5 + 1, ELT(seq % 3 + 1, 'Great kettle, boils fast!', 'Broke after 2 days...', 'OK for the price (19.99 EUR)'), CONCAT('user_', seq), IF(seq % 2 = 0, NULL, 'n/a') FROM seq_1_to_25
;;
CREATE TABLE settings (id INT PRIMARY KEY, `key` VARCHAR(20), `value` VARCHAR(20), `type` VARCHAR(10), `date` DATE, `year` INT, `set` VARCHAR(10), `use` VARCHAR(10), `update` DATETIME, `user` VARCHAR(10), `group` VARCHAR(10), `order` INT)
;;
INSERT INTO settings SELECT seq, CONCAT('key', seq), seq, ELT(seq % 2 + 1, 'int', 'text'), DATE_ADD('2024-01-01', INTERVAL seq DAY), 2020 + seq, CONCAT('s', seq % 2), 'u', NOW(), 'ops', CONCAT('g', seq % 3), seq FROM seq_1_to_8
;;
CREATE TABLE `Order Export` (`Order ID` INT, `Order Date` DATE, `Total (EUR)` DECIMAL(12, 2), `Customer's Note` VARCHAR(40), `% discount` DECIMAL(5, 2), `Größe` VARCHAR(4))
;;
INSERT INTO `Order Export` SELECT seq, DATE_ADD('2024-05-01', INTERVAL seq DAY), seq * 10.5, CONCAT('note; "', seq, '"'), seq % 4 * 5, 'M' FROM seq_1_to_10
