#stacked
SELECT 1; DELETE FROM canary
;;
#lexer
SELECT '\'; DELETE FROM canary; -- '
;;
#dml
WITH c AS (SELECT 1 AS id) DELETE FROM canary WHERE id IN (SELECT id FROM c)
;;
#dml
EXPLAIN ANALYZE DELETE FROM canary
;;
#into
SELECT * FROM canary INTO OUTFILE '/tmp/x'
;;
#into
TABLE canary INTO OUTFILE '/tmp/x'
;;
#into
SELECT 'x' INTO DUMPFILE '/tmp/x'
;;
#into
SELECT 1 INTO @x
;;
#lock
SELECT * FROM canary FOR UPDATE OF canary NOWAIT
;;
#lock
SELECT * FROM canary FOR SHARE
;;
#lock
SELECT GET_LOCK('x', 1), RELEASE_ALL_LOCKS(), IS_USED_LOCK('x'), SERVICE_GET_WRITE_LOCKS('a', 'b', 1)
;;
#file
SELECT LOAD_FILE('/etc/passwd')
;;
#file
SELECT sys_exec('id'), sys_eval('id')
;;
#alias
SELECT DISTINCTROW SLEEP (n) FROM (SELECT 1 AS n) t
;;
#alias
SELECT x.n FROM (SELECT 1 AS n) x JOIN LATERAL (SELECT SLEEP (x.n) AS s) y ON TRUE
;;
#name
SELECT `SLEEP`(5)
;;
#name
SELECT sys.format_path('x'), `sys`.`ps_thread_id`(1)
;;
#executable-comment
SELECT 1 /*!80000 , SLEEP(5) */
;;
#executable-comment
SELECT /*!SLEEP*/(5)
;;
#executable-comment
SELECT 1 /*!50000 UNION SELECT LOAD_FILE('/etc/passwd') */
;;
#session
SELECT @x := 1
;;
#session
SELECT @@global.super_read_only, @@version
;;
#lexer
SELECT /*+ SET_VAR(sql_mode = '') */ 1
;;
#session
SELECT LAST_INSERT_ID(5), ROLES_GRAPHML(), PS_CURRENT_THREAD_ID(), STATEMENT_DIGEST('x')
;;
#sleep
SELECT SLEEP(5)
;;
#sleep
SELECT BENCHMARK(1000000000, MD5('x'))
;;
#sleep
SELECT WAIT_FOR_EXECUTED_GTID_SET('x', 5), SOURCE_POS_WAIT('x', 1, 5)
;;
#sleep
SELECT {fn SLEEP(5)}
;;
#leak
SELECT CURRENT_USER, USER(), VERSION(), DATABASE()
;;
#leak
SELECT user, host FROM mysql.user
;;
#leak
SELECT table_name FROM information_schema.tables
;;
#lexer
SELECT 'a\'', SLEEP(5), '\''
;;
#lexer
SELECT 1 -- x${lf}, SLEEP(5)
;;
#lexer
SELECT 1 --1, SLEEP(5)
;;
#lexer
SELECT "\"", SLEEP(5), "\""
;;
#alias
SELECT * FROM canary apply WHERE evil (id) IS NOT NULL AND 1 SOUNDS LIKE 1
;;
#alias
WITH only AS (SELECT 1 AS id) SELECT * FROM only WHERE evil (id) IS NOT NULL AND 1 SOUNDS LIKE 1
;;
#leak
SELECT u.user FROM canary mysql, canary format, mysql.user u WHERE 1 SOUNDS LIKE 1
;;
#leak
SELECT * FROM ndbinfo.memoryusage
;;
#leak
SELECT u.user FROM canary mysql USE INDEX FOR ORDER BY (PRIMARY), mysql.user u WHERE 1 SOUNDS LIKE 1
;;
#identity
SET ROLE NONE
;;
#identity
SET ROLE DEFAULT
;;
#identity
SET @app_caller = 'another'
;;
#identity
SELECT @app_caller
;;
#identity
SELECT @app_caller := 'another'
;;
#identity
SELECT @`app.caller` := 'another'
;;
#identity
SELECT id FROM canary WHERE (@app_caller := note) IS NOT NULL
;;
#identity
SELECT 'another' INTO @app_caller
;;
#identity
SELECT 1; SET ROLE ALL
;;
#identity
SELECT 1 /*! , @app_caller := 'another' */
;;
#identity
DO @app_caller := 'another'
;;
#identity
SELECT CURRENT_ROLE()
;;
#identity
SELECT * FROM performance_schema.user_variables_by_thread
