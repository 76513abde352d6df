-- An energy supplier, for bench/Questions.java: the same rows each time. Comments are as rare as in many real databases.
CREATE SCHEMA supply;
SET SCHEMA supply;

CREATE TABLE city (city_id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, postal_code CHAR(5) NOT NULL, state VARCHAR(30) NOT NULL);
CREATE TABLE grid_operator (operator_id INT PRIMARY KEY, name VARCHAR(60) NOT NULL, bdew_code CHAR(13) NOT NULL);
CREATE TABLE customer (customer_id INT PRIMARY KEY, cust_no VARCHAR(10) NOT NULL UNIQUE, kind CHAR(1) NOT NULL, name VARCHAR(80) NOT NULL, email VARCHAR(80), city_id INT NOT NULL REFERENCES city, created_at TIMESTAMP NOT NULL, deleted_at TIMESTAMP);
CREATE TABLE cust_master (cust_no VARCHAR(10) PRIMARY KEY, customer_name VARCHAR(80) NOT NULL, customer_type VARCHAR(10) NOT NULL, town VARCHAR(40), entered DATE NOT NULL);
CREATE TABLE delivery_point (dp_id INT PRIMARY KEY, malo CHAR(11) NOT NULL, street VARCHAR(60) NOT NULL, city_id INT NOT NULL REFERENCES city, operator_id INT NOT NULL REFERENCES grid_operator, energy CHAR(1) NOT NULL);
CREATE TABLE tariff (tariff_id INT PRIMARY KEY, code VARCHAR(12) NOT NULL UNIQUE, name VARCHAR(60) NOT NULL, energy CHAR(1) NOT NULL, eco SMALLINT NOT NULL, launched DATE NOT NULL, retired DATE);
CREATE TABLE tariff_version (tariff_id INT NOT NULL REFERENCES tariff, valid_from DATE NOT NULL, valid_to DATE, work_price DECIMAL(8, 3) NOT NULL, base_price DECIMAL(8, 2) NOT NULL, PRIMARY KEY (tariff_id, valid_from));
CREATE TABLE price_list (price_id INT PRIMARY KEY, tariff_code VARCHAR(12) NOT NULL, price DECIMAL(8, 4) NOT NULL, updated DATE NOT NULL);
CREATE TABLE contract (contract_id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customer, dp_id INT NOT NULL REFERENCES delivery_point, tariff_id INT NOT NULL REFERENCES tariff, start_date DATE NOT NULL, end_date DATE NOT NULL, status SMALLINT NOT NULL, channel CHAR(2) NOT NULL, is_deleted SMALLINT DEFAULT 0 NOT NULL);
CREATE TABLE counterparty (cp_id INT PRIMARY KEY, name VARCHAR(60) NOT NULL, country CHAR(2) NOT NULL, rating VARCHAR(4));
CREATE TABLE contracts (deal_no INT PRIMARY KEY, cp_id INT NOT NULL REFERENCES counterparty, energy CHAR(1) NOT NULL, side CHAR(1) NOT NULL, volume DECIMAL(12, 1) NOT NULL, price DECIMAL(8, 2) NOT NULL, start_date DATE NOT NULL, end_date DATE NOT NULL);
CREATE TABLE meter (meter_id INT PRIMARY KEY, serial_no VARCHAR(14) NOT NULL UNIQUE, type SMALLINT NOT NULL, installed DATE NOT NULL, removed DATE);
CREATE TABLE meter_assignment (meter_id INT NOT NULL, dp_id INT NOT NULL, valid_from DATE NOT NULL, valid_to DATE, PRIMARY KEY (meter_id, valid_from));
CREATE TABLE reading (reading_id INT PRIMARY KEY, meter_id INT NOT NULL REFERENCES meter, read_at TIMESTAMP NOT NULL, reading_value DECIMAL(12, 1) NOT NULL, origin CHAR(1) NOT NULL);
CREATE TABLE meter_reads (id INT PRIMARY KEY, serial_no VARCHAR(14) NOT NULL, read_date DATE NOT NULL, val BIGINT NOT NULL);
CREATE TABLE consumption_month (dp_id INT NOT NULL REFERENCES delivery_point, month_start DATE NOT NULL, qty DECIMAL(12, 1) NOT NULL, PRIMARY KEY (dp_id, month_start));
CREATE TABLE consumption_year (dp_id INT NOT NULL REFERENCES delivery_point, cal_year INT NOT NULL, qty DECIMAL(12, 3) NOT NULL, PRIMARY KEY (dp_id, cal_year));
CREATE TABLE invoice (invoice_id INT PRIMARY KEY, invoice_no VARCHAR(12) NOT NULL UNIQUE, contract_id INT NOT NULL REFERENCES contract, issued_on DATE NOT NULL, due_on DATE NOT NULL, amount BIGINT NOT NULL, st CHAR(1) NOT NULL, is_deleted SMALLINT DEFAULT 0 NOT NULL);
CREATE TABLE invoice_bak_2023 (invoice_id INT PRIMARY KEY, invoice_no VARCHAR(12) NOT NULL, contract_id INT NOT NULL, issued_on DATE NOT NULL, amount BIGINT NOT NULL, st CHAR(1) NOT NULL);
CREATE TABLE invoice_line (invoice_id INT NOT NULL REFERENCES invoice, pos INT NOT NULL, kind CHAR(2) NOT NULL, net_amount DECIMAL(12, 2) NOT NULL, PRIMARY KEY (invoice_id, pos));
CREATE TABLE payment (payment_id INT PRIMARY KEY, invoice_id INT NOT NULL REFERENCES invoice, booked_on DATE NOT NULL, amount BIGINT NOT NULL, dir CHAR(1) NOT NULL);
CREATE TABLE t_ks_02 (k CHAR(2) PRIMARY KEY, t VARCHAR(40) NOT NULL);
CREATE TABLE t_ks_01 (f1 INT PRIMARY KEY, f2 VARCHAR(10) NOT NULL, f3 TIMESTAMP NOT NULL, f4 TIMESTAMP, f5 CHAR(2) NOT NULL, f6 SMALLINT NOT NULL);
CREATE TABLE plant (plant_id INT PRIMARY KEY, dp_id INT NOT NULL REFERENCES delivery_point, kind SMALLINT NOT NULL, power DECIMAL(8, 1) NOT NULL, commissioned DATE NOT NULL, decommissioned DATE);
CREATE TABLE feed_in (plant_id INT NOT NULL REFERENCES plant, starts_at TIMESTAMP NOT NULL, qty BIGINT NOT NULL, PRIMARY KEY (plant_id, starts_at));
CREATE TABLE outage (outage_id INT PRIMARY KEY, operator_id INT NOT NULL REFERENCES grid_operator, began_at TIMESTAMP NOT NULL, ended_at TIMESTAMP, cause CHAR(2) NOT NULL, affected INT NOT NULL);
CREATE TABLE import_log (id INT PRIMARY KEY, file_name VARCHAR(60) NOT NULL, loaded_at TIMESTAMP NOT NULL, row_count INT NOT NULL, status CHAR(1) NOT NULL);

COMMENT ON TABLE customer IS 'Customers';
COMMENT ON TABLE contract IS 'Contracts with customers';
COMMENT ON TABLE delivery_point IS 'Market locations';
COMMENT ON TABLE invoice IS 'Invoices';
COMMENT ON TABLE invoice_line IS 'Positions of invoices';
COMMENT ON TABLE tariff_version IS 'Prices of a tariff';
COMMENT ON COLUMN delivery_point.malo IS 'ID of the market location';
COMMENT ON COLUMN tariff.eco IS '1: green electricity';
COMMENT ON COLUMN grid_operator.bdew_code IS 'BDEW code number';
COMMENT ON COLUMN invoice.due_on IS 'To be paid until';

INSERT INTO city SELECT x,
  ARRAY['Altenau', 'Birkenfeld', 'Dornburg', 'Eschwege', 'Falkenstein', 'Grimma', 'Hohenfels', 'Ilmenau', 'Lauterbach', 'Marienberg'][MOD(x, 10) + 1]
    || CASE WHEN x > 10 THEN ' ' || ARRAY['Nord', 'West', 'am See'][MOD(x, 3) + 1] ELSE '' END,
  CAST(10000 + x * 733 AS VARCHAR), ARRAY['Hessen', 'Sachsen', 'Bayern', 'Thueringen'][MOD(x * 3, 4) + 1]
  FROM SYSTEM_RANGE(1, 40);
INSERT INTO grid_operator SELECT x, ARRAY['Netz Nord GmbH', 'Mittelnetz AG', 'Stadtwerke Grimma Netz', 'Suednetz GmbH', 'Talnetz eG', 'Seenetz GmbH'][x],
  CAST(9900000000000 + x * 1117 AS VARCHAR) FROM SYSTEM_RANGE(1, 6);
INSERT INTO customer SELECT x, 'K' || (200000 + x * 3), CASE WHEN MOD(x, 10) < 7 THEN 'P' WHEN MOD(x, 10) < 9 THEN 'B' ELSE 'M' END,
  CASE WHEN MOD(x, 10) < 7 THEN ARRAY['Anna', 'Ben', 'Clara', 'David', 'Elif', 'Frank'][MOD(x, 6) + 1] || ' ' || ARRAY['Vogel', 'Brandt', 'Yilmaz', 'Krause', 'Lorenz'][MOD(x, 5) + 1]
    WHEN MOD(x, 10) < 9 THEN ARRAY['Baeckerei', 'Autohaus', 'Praxis', 'Hotel'][MOD(x, 4) + 1] || ' ' || x ELSE 'Gemeinde ' || x END,
  CASE WHEN MOD(x, 6) > 0 THEN 'c' || x || '@example.org' END, MOD(x * 7, 40) + 1,
  DATEADD('MINUTE', MOD(x * 79193, 4152960), TIMESTAMP '2018-01-31 23:30:00'),
  CASE WHEN MOD(x * 7, 11) = 0 THEN DATEADD('DAY', MOD(x * 17, 300), TIMESTAMP '2025-02-01 10:00:00') END
  FROM SYSTEM_RANGE(1, 1200);
INSERT INTO cust_master SELECT 'K' || (200000 + x * 3), 'Kunde ' || x, CASE WHEN MOD(x, 10) < 8 THEN 'PRIV' ELSE 'BUS' END, 'Altenau',
  DATEADD('DAY', MOD(x * 13, 700), DATE '2017-02-01') FROM SYSTEM_RANGE(1, 900);
INSERT INTO delivery_point SELECT x, CAST(50000000000 + x * 7919 AS VARCHAR), ARRAY['Lindenweg ', 'Hauptstrasse ', 'Am Markt '][MOD(x, 3) + 1] || MOD(x, 90),
  MOD(x * 7, 40) + 1, MOD(x * 17, 6) + 1, CASE WHEN MOD(x, 4) = 0 THEN 'G' ELSE 'E' END FROM SYSTEM_RANGE(1, 1500);
INSERT INTO tariff SELECT x, ARRAY['HOME24', 'HOMEECO', 'FLEX', 'BIZ', 'BIZECO', 'HEATPUMP', 'GAS24', 'GASFIX'][x],
  ARRAY['Home 24', 'Home Eco', 'Flex', 'Business', 'Business Eco', 'Heat Pump', 'Gas 24', 'Gas Fix'][x], CASE WHEN x > 6 THEN 'G' ELSE 'E' END,
  CASE WHEN x IN (2, 5) THEN 1 ELSE 0 END, DATEADD('MONTH', x * 3, DATE '2017-01-01'), CASE WHEN x = 3 THEN DATE '2025-06-30' END FROM SYSTEM_RANGE(1, 8);
INSERT INTO tariff_version SELECT t.x, DATEADD('YEAR', v.x, DATE '2022-01-01'), CASE WHEN v.x < 4 THEN DATEADD('YEAR', v.x, DATE '2022-12-31') END,
  24 + MOD(t.x * 5, 7) + MOD(v.x * 9, 11) * 1.125 - CASE WHEN t.x > 6 THEN 13 ELSE 0 END, 90 + t.x * 6 + v.x * 4.5 FROM SYSTEM_RANGE(1, 8) t, SYSTEM_RANGE(0, 4) v;
INSERT INTO price_list SELECT x, code, 0.2 + x * 0.011, DATE '2021-11-30' FROM SYSTEM_RANGE(1, 8) JOIN tariff ON tariff_id = x;
INSERT INTO contract SELECT 100000 + x, MOD(x * 13, 1200) + 1, MOD(x - 1, 1500) + 1,
  CASE WHEN MOD(MOD(x - 1, 1500) + 1, 4) = 0 THEN 7 + MOD(x, 3) / 2 ELSE 1 + MOD(x * 5 + x / 7, 6) END, DATEADD('DAY', MOD(x * 53, 1800), DATE '2021-01-01'),
  CASE WHEN MOD(x * 11, 20) < 13 THEN CASE WHEN MOD(x, 3) = 0 THEN DATE '2027-12-31' ELSE DATE '9999-12-31' END
    WHEN MOD(x * 11, 20) < 15 THEN DATEADD('DAY', MOD(x * 3, 60), DATE '2026-01-31')
    ELSE DATEADD('DAY', 200 + MOD(x * 53, 1500), DATE '2021-06-01') END,
  CASE WHEN MOD(x * 11, 20) < 1 THEN 0 WHEN MOD(x * 11, 20) < 13 THEN 1 WHEN MOD(x * 11, 20) < 15 THEN 2 WHEN MOD(x * 11, 20) < 19 THEN 3 ELSE 4 END,
  ARRAY['ON', 'PH', 'DO', 'PA', 'ON'][MOD(x * 7, 5) + 1], CASE WHEN MOD(x * 3, 23) = 0 THEN 1 ELSE 0 END FROM SYSTEM_RANGE(1, 1800);
INSERT INTO counterparty SELECT x, ARRAY['Nordpool Trading', 'Rheinkraft', 'Alpine Power', 'Gas Hub BV', 'Solaris Energie', 'Borealis Gas', 'Donau Strom', 'Mistral Energie'][x],
  ARRAY['NO', 'DE', 'AT', 'NL', 'DE', 'DK', 'AT', 'FR'][x], ARRAY['AA', 'A', 'BBB', 'A'][MOD(x, 4) + 1] FROM SYSTEM_RANGE(1, 8);
INSERT INTO contracts SELECT 7000 + x, MOD(x * 5, 8) + 1, CASE WHEN MOD(x, 3) = 0 THEN 'G' ELSE 'E' END, CASE WHEN MOD(x, 5) = 0 THEN 'S' ELSE 'B' END,
  500 + MOD(x * 137, 4000), 55 + MOD(x * 71, 600) / 10.0, DATEADD('MONTH', MOD(x, 24), DATE '2024-01-01'), DATEADD('DAY', -1, DATEADD('MONTH', MOD(x, 24) + 3, DATE '2024-01-01'))
  FROM SYSTEM_RANGE(1, 90);
INSERT INTO meter SELECT x, 'EZ' || (31000000 + x * 37), CASE WHEN x > 1500 THEN 3 WHEN MOD(x, 7) < 4 THEN 1 ELSE 2 END,
  CASE WHEN x > 1500 THEN DATE '2024-07-01' ELSE DATEADD('DAY', MOD(x * 29, 3000), DATE '2012-01-01') END, CASE WHEN x <= 100 THEN DATE '2024-06-30' END FROM SYSTEM_RANGE(1, 1600);
INSERT INTO meter_assignment SELECT meter_id, CASE WHEN meter_id > 1500 THEN meter_id - 1500 ELSE meter_id END, installed, removed FROM meter;
INSERT INTO reading SELECT m.x * 10 + q.x, m.x, DATEADD('MINUTE', CASE WHEN MOD(m.x, 9) = 0 THEN 1410 ELSE MOD(m.x * 41, 1200) END, DATEADD('DAY', -1, DATEADD('MONTH', q.x * 3, TIMESTAMP '2025-01-01 00:00:00'))),
  1000 + m.x * 11 + q.x * (300 + MOD(m.x * 17, 900)), ARRAY['C', 'G', 'E', 'R', 'C'][MOD(m.x * 3 + q.x, 5) + 1] FROM SYSTEM_RANGE(101, 1600) m, SYSTEM_RANGE(1, 4) q;
INSERT INTO meter_reads SELECT x, 'EZ' || (31000000 + (MOD(x, 1500) + 1) * 37), DATEADD('DAY', MOD(x * 7, 365), DATE '2020-01-01'), 1000000 + x * 3571 FROM SYSTEM_RANGE(1, 3000);
INSERT INTO consumption_month SELECT p.x, DATEADD('MONTH', m.x, DATE '2024-01-01'), 90 + MOD(p.x * 97 + m.x * 31, 400) + CASE WHEN MOD(p.x, 4) = 0 THEN 600 ELSE 0 END
  FROM SYSTEM_RANGE(1, 1500) p, SYSTEM_RANGE(0, 23) m;
INSERT INTO consumption_year SELECT dp_id, YEAR(month_start), SUM(qty) / 1000 FROM consumption_month GROUP BY dp_id, YEAR(month_start);
INSERT INTO invoice SELECT x, 'R' || (5000000 + x), 100001 + MOD(x * 7, 1800), DATEADD('DAY', MOD(x * 37, 720), DATE '2024-01-05'), DATEADD('DAY', MOD(x * 37, 720) + 14, DATE '2024-01-05'),
  3000 + MOD(x * 7907, 90000), CASE WHEN MOD(x * 19, 25) = 0 THEN 'S' WHEN MOD(x * 19, 25) < 3 THEN 'D' WHEN MOD(x * 19, 25) < 7 THEN 'O' ELSE 'P' END,
  CASE WHEN MOD(x * 5, 29) = 0 THEN 1 ELSE 0 END FROM SYSTEM_RANGE(1, 6000);
INSERT INTO invoice_bak_2023 SELECT x, 'R' || (5000000 + x), contract_id, issued_on, amount + 100, 'O' FROM SYSTEM_RANGE(1, 500) JOIN invoice ON invoice_id = x;
INSERT INTO invoice_line SELECT invoice_id, p.x, ARRAY['WP', 'BP', 'TX', 'BO'][p.x],
  CASE p.x WHEN 1 THEN ROUND(amount * 0.007, 2) WHEN 2 THEN ROUND(amount * 0.0014, 2) WHEN 3 THEN ROUND(amount * 0.0018, 2) ELSE -25 END
  FROM invoice, SYSTEM_RANGE(1, 4) p WHERE p.x < 4 OR MOD(invoice_id, 9) = 0;
INSERT INTO payment SELECT invoice_id, invoice_id, DATEADD('DAY', MOD(invoice_id * 3, 25), issued_on), amount, 'I' FROM invoice WHERE st = 'P';
INSERT INTO payment SELECT 10000 + invoice_id, invoice_id, DATEADD('DAY', 40, issued_on), amount / 4, 'O' FROM invoice WHERE st = 'P' AND MOD(invoice_id, 12) = 0;
INSERT INTO t_ks_02 VALUES ('01', 'Invoice too high'), ('02', 'Moving house'), ('03', 'Meter reading'), ('04', 'Change of instalment'), ('05', 'Power failure'), ('06', 'Price increase');
INSERT INTO t_ks_01 SELECT x, 'K' || (200000 + (MOD(x * 11, 300) + 1) * 3), DATEADD('MINUTE', MOD(x * 4241, 1050000), TIMESTAMP '2024-01-01 08:00:00'),
  CASE WHEN MOD(x * 13, 17) > 1 THEN DATEADD('HOUR', 1 + MOD(x * 29, 200), DATEADD('MINUTE', MOD(x * 4241, 1050000), TIMESTAMP '2024-01-01 08:00:00')) END,
  '0' || (MOD(x * 7 + x / 7, 6) + 1), 1 + MOD(x * 3, 4) FROM SYSTEM_RANGE(1, 2500);
INSERT INTO plant SELECT x, x * 11, CASE WHEN MOD(x, 10) < 7 THEN 1 WHEN MOD(x, 10) < 8 THEN 2 ELSE 3 END, CASE WHEN MOD(x, 10) = 7 THEN 2400 ELSE 4 + MOD(x * 7, 26) END,
  DATEADD('DAY', MOD(x * 97, 3000), DATE '2015-03-01'), CASE WHEN MOD(x, 15) = 0 THEN DATE '2025-01-31' END FROM SYSTEM_RANGE(1, 60);
INSERT INTO feed_in SELECT p.x, DATEADD('HOUR', h.x, TIMESTAMP '2025-06-01 00:00:00'), CASE WHEN MOD(p.x, 10) = 7 THEN 900000 WHEN MOD(h.x, 24) BETWEEN 4 AND 19 THEN 100 * (8 - ABS(MOD(h.x, 24) - 11)) + p.x * 9 + 900
  WHEN MOD(h.x, 24) = 22 THEN 40 ELSE 0 END FROM SYSTEM_RANGE(1, 60) p, SYSTEM_RANGE(0, 719) h WHERE MOD(p.x, 15) > 0;
INSERT INTO outage SELECT x, MOD(x * 7, 6) + 1, DATEADD('MINUTE', MOD(x * 3499, 1051200), TIMESTAMP '2024-01-01 00:00:00'),
  CASE WHEN x < 298 THEN DATEADD('MINUTE', 5 + MOD(x * 37, 300) + CASE WHEN MOD(x * 5, 6) IN (3, 4) THEN 240 ELSE 0 END, DATEADD('MINUTE', MOD(x * 3499, 1051200), TIMESTAMP '2024-01-01 00:00:00')) END,
  ARRAY['ST', 'DG', 'EQ', 'PL', 'PL', 'EQ'][MOD(x * 5, 6) + 1], 20 + MOD(x * 53, 900) FROM SYSTEM_RANGE(1, 300);
INSERT INTO import_log SELECT x, 'readings_' || x || '.csv', DATEADD('HOUR', x * 36, TIMESTAMP '2025-01-01 04:00:00'), MOD(x * 61, 900), CASE WHEN MOD(x, 12) = 0 THEN 'E' ELSE 'K' END FROM SYSTEM_RANGE(1, 200);
