#stacked
SELECT 1; DELETE FROM canary
;;
#dml
DELETE FROM canary
;;
#dml
CREATE TABLE stolen AS SELECT * FROM canary
;;
#dml
EXPLAIN ANALYZE DELETE FROM canary
;;
#dml
CALL system.runtime.kill_query('x', 'y')
;;
#dml
WITH FUNCTION f(x bigint) RETURNS bigint RETURN x SELECT f(1)
;;
#network
SELECT * FROM TABLE(postgresql.system.query(query => 'DELETE FROM canary'))
;;
#network
SELECT * FROM TABLE(system.builtin.exclude_columns(input => TABLE(canary), columns => DESCRIPTOR(id)))
;;
#alias
SELECT (1), evil (a) FROM (SELECT 1 AS a) t
;;
#name
SELECT catalog.schema.evil(1)
;;
#name
SELECT "evil" (1)
;;
#session
SET SESSION query_max_run_time = '10d'
;;
#session
SELECT current_user, current_catalog, current_schema, current_groups()
;;
#leak
SELECT * FROM system.runtime.queries
;;
#leak
SELECT * FROM "system"."runtime"."nodes"
;;
#leak
SELECT * FROM system.metadata.catalogs
;;
#leak
SELECT * FROM hive.information_schema.tables
;;
#leak
SELECT * FROM hive.retail."orders$files"
;;
#leak
SHOW TABLES
;;
#leak
SELECT "$path", "$file_size" FROM hive.retail.orders
;;
#lexer
SELECT 'a\', evil(1), '\'
;;
#lexer
SELECT 1 /* /* */ , evil(1)
;;
#identity
SET SESSION AUTHORIZATION alice
;;
#identity
RESET SESSION AUTHORIZATION
;;
#identity
SET ROLE admin IN system
;;
#identity
SET ROLE NONE
;;
#identity
SET SESSION query_max_run_time = '10d'
;;
#identity
SELECT 1; SET SESSION AUTHORIZATION alice
;;
#identity
EXECUTE IMMEDIATE 'SET SESSION AUTHORIZATION alice'
;;
#identity
PREPARE identity FROM SET SESSION AUTHORIZATION alice
;;
#dml
INSERT INTO canary VALUES (9, 'nine')
;;
#dml
DROP TABLE canary
;;
#dml
TRUNCATE TABLE canary
;;
#dml
ALTER TABLE canary RENAME TO stolen
;;
#dml
ALTER TABLE canary ADD COLUMN gone integer
;;
#dml
COMMENT ON TABLE canary IS 'changed'
;;
#dml
CREATE OR REPLACE VIEW canary_view AS SELECT 1 AS id
;;
#dml
CREATE SCHEMA hive.stolen
;;
#dml
MERGE INTO canary c USING (VALUES 9) AS n(id) ON c.id = n.id WHEN NOT MATCHED THEN INSERT VALUES (9, 'nine')
;;
#dml
UPDATE canary SET note = 'gone'
;;
#dml
ANALYZE canary
;;
#dml
REFRESH MATERIALIZED VIEW canary_view
;;
#dml
GRANT SELECT ON canary TO USER alice
;;
#dml
CREATE FUNCTION memory.shop.f(x bigint) RETURNS bigint RETURN x
;;
#dml
DROP FUNCTION evil(bigint)
;;
#dml
WITH x AS (SELECT 1) INSERT INTO canary SELECT 9, 'nine'
;;
#dml
WITH x AS (INSERT INTO canary VALUES (9, 'nine')) SELECT * FROM x
;;
#dml
(INSERT INTO canary VALUES (9, 'nine'))
;;
#dml
SELECT * FROM canary; DROP TABLE canary;
;;
#dml
EXPLAIN ANALYZE INSERT INTO canary VALUES (9, 'nine')
;;
#dml
ANALYZE SELECT * FROM canary
;;
#dml
ANALYZE INSERT INTO canary VALUES (9, 'nine')
;;
#dml
(TYPE IO) SELECT * FROM canary
;;
#dml
EXECUTE IMMEDIATE 'INSERT INTO canary VALUES (9, ''nine'')'
;;
#dml
PREPARE p FROM INSERT INTO canary VALUES (9, 'nine')
;;
#dml
CALL system.runtime.kill_query(query_id => 'x', message => 'y')
;;
#session
START TRANSACTION READ WRITE
;;
#session
COMMIT
;;
#session
USE hive.retail
;;
#session
SET PATH hive.shop
;;
#session
SET TIME ZONE 'UTC'
;;
#session
RESET SESSION query_max_run_time
;;
#session
WITH SESSION query_max_run_time = '10d' SELECT 1
;;
#session
SELECT current_user
;;
#session
SELECT CURRENT_PATH, current_catalog
;;
#leak
TABLE system.runtime.queries
;;
#leak
SELECT (SELECT max(query) FROM system.runtime.queries WHERE query LIKE '%canary-%')
;;
#leak
SELECT query FROM SYSTEM.RUNTIME.QUERIES
;;
#leak
SELECT query FROM "SYSTEM".runtime."queries"
;;
#leak
SELECT q.query FROM canary c JOIN system.runtime.queries q ON true
;;
#leak
SELECT * FROM system.runtime.tasks
;;
#leak
SELECT * FROM system.jdbc.tables
;;
#leak
SELECT * FROM system.metadata.table_comments
;;
#leak
SELECT * FROM jmx.current."java.lang:type=runtime"
;;
#leak
SELECT * FROM information_schema.tables
;;
#leak
SELECT * FROM "information_schema"."columns"
;;
#leak
WITH q AS (TABLE system.runtime.queries) SELECT * FROM q
;;
#leak
SELECT * FROM (TABLE system.runtime.queries)
;;
#leak
SHOW FUNCTIONS
;;
#leak
SHOW CREATE TABLE canary
;;
#leak
SHOW SESSION
;;
#leak
SHOW STATS FOR canary
;;
#leak
DESCRIBE canary
;;
#network
SELECT * FROM TABLE(system.query(query => 'SELECT 1'))
;;
#network
SELECT * FROM TABLE(hive.system.query(query => 'SELECT 1'))
;;
#network
SELECT * FROM TABLE("system"."query"(query => 'SELECT 1'))
;;
#network
SELECT ai_gen('x')
;;
#name
SELECT evil(1)
;;
#name
SELECT shop.evil(1)
;;
#name
SELECT hive.shop.evil(1)
;;
#name
SELECT "hive"."shop"."evil"(BIGINT '1')
;;
#name
SELECT transform(ARRAY[1], x -> hive.shop.evil(x))
;;
#name
SELECT hive . shop . evil (1)
;;
#name
SELECT hive.shop/* */.evil/* */(1)
;;
#name
SELECT * FROM canary WHERE hive.shop.evil(id) IS NULL
;;
#name
SELECT * FROM canary MATCH_RECOGNIZE (ORDER BY id MEASURES hive.shop.evil(A.id) AS e ONE ROW PER MATCH PATTERN (A+) DEFINE A AS id > 0)
;;
#leak
SELECT * FROM canary MATCH_RECOGNIZE (ORDER BY id MEASURES (SELECT max(query) FROM system.runtime.queries) AS e ONE ROW PER MATCH PATTERN (A+) DEFINE A AS id > 0)
;;
#lexer
SELECT 1 -- ${cr}, hive.shop.evil(1)
;;
#lexer
SELECT 1 -- ${ls}, hive.shop.evil(1)
;;
#lexer
SELECT 'a' 'b', hive.shop.evil(1)
;;
#lexer
SELECT U&'\0027' || hive.shop.evil(1)
;;
#lexer
SELECT U&"evil"(1)
;;
#lexer
SELECT U&"\0065vil"(1)
;;
#lexer
SELECT `evil`(1)
;;
#lexer
SELECT ${nul}hive.shop.evil(1)
;;
#cpu
SELECT count(*) FROM tpch.sf1.lineitem a, tpch.sf1.lineitem b
;;
#cpu
SELECT count(*) FROM tpch.sf1.lineitem a JOIN tpch.sf1.lineitem b ON a.orderkey + b.orderkey < 0
;;
#cpu
SELECT sum(a.n * b.n) FROM UNNEST(sequence(1, 10000)) a(n), UNNEST(sequence(1, 10000)) b(n), UNNEST(sequence(1, 10000)) c(n)
;;
#cpu
SELECT count(*) FROM tpch.sf10000.lineitem
;;
#cpu
SELECT regexp_like(lpad('', 9999, 'a'), '^(a+)+$b')
;;
#cpu
SELECT max(levenshtein_distance(lpad('', 9999, 'a'), lpad('', 9999, 'b'))) FROM tpch.tiny.lineitem
;;
#memory
SELECT count(DISTINCT a.comment || b.comment) FROM tpch.sf1.lineitem a, tpch.sf1.lineitem b
;;
#memory
SELECT array_agg(a.comment || b.comment) FROM tpch.sf1.lineitem a, tpch.sf1.orders b
;;
#memory
SELECT cardinality(array_agg(lpad('', 9999, 'a') || comment)) FROM tpch.sf1.lineitem
;;
#memory
SELECT a.comment, b.comment FROM tpch.sf1.lineitem a, tpch.sf1.lineitem b ORDER BY 1, 2
;;
#memory
SELECT lpad('x', 2000000000)
;;
#memory
SELECT cardinality(repeat('x', 1000000000))
;;
#memory
SELECT listagg(comment, ',') WITHIN GROUP (ORDER BY comment) FROM tpch.sf1.lineitem
;;
#session
WITH SESSION hive.x = 'y' SELECT 1
;;
#session
WITH SESSION "query_max_run_time" = '10d' SELECT count(*) FROM canary
;;
#session
with/**/session/**/query_max_run_time = '10d' select 1
;;
#dml
WITH SESSION query_max_run_time = '10d' WITH FUNCTION f(x bigint) RETURNS bigint RETURN x SELECT 1
;;
#dml
WITH FUNCTION f() RETURNS bigint LANGUAGE PYTHON WITH (handler = 'f') AS $$ def f(): return 1 $$ SELECT f()
;;
#leak
SELECT session_user FROM canary MATCH_RECOGNIZE (ORDER BY id MEASURES 1 AS e ONE ROW PER MATCH PATTERN (A+) DEFINE A AS id > 0)
