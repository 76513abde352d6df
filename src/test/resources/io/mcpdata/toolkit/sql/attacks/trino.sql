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
