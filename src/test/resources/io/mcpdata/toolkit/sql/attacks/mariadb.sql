#stacked
SELECT 1; DELETE FROM canary
;;
#lexer
SELECT '\'; DELETE FROM canary; -- '
;;
#stacked
SELECT 1; COMMIT; DROP TABLE canary
;;
#stacked
BEGIN NOT ATOMIC DELETE FROM canary; END
;;
#stacked
SELECT 1 -- x${lf}; DELETE FROM canary
;;
#dml
DELETE FROM canary
;;
#dml
INSERT INTO canary VALUES (9, 'nine') RETURNING *
;;
#dml
REPLACE INTO canary VALUES (1, 'changed')
;;
#dml
WITH c AS (SELECT 1 AS id) DELETE FROM canary WHERE id IN (SELECT id FROM c)
;;
#dml
ANALYZE FORMAT=JSON DELETE FROM canary
;;
#dml
CREATE OR REPLACE TABLE canary AS SELECT 1
;;
#dml
SET STATEMENT max_statement_time = 0 FOR DELETE FROM canary
;;
#dml
SET STATEMENT max_statement_time = 0 FOR SELECT SLEEP(1)
;;
#dml
CALL harm()
;;
#dml
SELECT gone(1)
;;
#dml
DO gone(1)
;;
#dml
EXECUTE IMMEDIATE 'DELETE FROM canary'
;;
#dml
PREPARE p FROM 'DELETE FROM canary'
;;
#into
SELECT * FROM canary INTO OUTFILE '${folder}/out'
;;
#into
SELECT * INTO OUTFILE '${folder}/out2' FIELDS TERMINATED BY ',' FROM canary
;;
#into
SELECT 'x' INTO DUMPFILE '${folder}/dump'
;;
#into
(SELECT 'x' UNION SELECT 'y') INTO OUTFILE '${folder}/union'
;;
#into
SELECT 1 LIMIT 1 INTO @stolen
;;
#into
SELECT id INTO @stolen FROM canary LIMIT 1
;;
#into
SELECT 'x' /*!50000 INTO OUTFILE '${folder}/comment' */
;;
#into
SELECT 'x' INTO/**/OUTFILE '${folder}/slash'
;;
#into
SELECT * FROM (SELECT 'x' INTO DUMPFILE '${folder}/sub') t
;;
#lock
SELECT * FROM canary FOR UPDATE
;;
#lock
SELECT * FROM canary LOCK IN SHARE MODE
;;
#lock
SELECT * FROM canary FOR UPDATE SKIP LOCKED
;;
#lock
SELECT * FROM canary WHERE id = (SELECT MAX(id) FROM canary FOR UPDATE)
;;
#lock
LOCK TABLES canary WRITE
;;
#lock
FLUSH TABLES WITH READ LOCK
;;
#lock
SELECT GET_LOCK('canary', 0)
;;
#lock
SELECT GET_LOCK ('canary', 0), IS_FREE_LOCK('canary'), IS_USED_LOCK('canary')
;;
#lock
SELECT RELEASE_LOCK('canary'), RELEASE_ALL_LOCKS()
;;
#lock
SELECT `GET_LOCK`('canary', 0)
;;
#file
SELECT LOAD_FILE('${secret}')
;;
#file
SELECT LOAD_FILE(CONCAT('/', SUBSTRING('${secret}', 2)))
;;
#file
SELECT LOAD_FILE(0x${secrethex})
;;
#file
SELECT CONVERT(LOAD_FILE('${secret}') USING utf8mb4)
;;
#file
LOAD DATA INFILE '${secret}' INTO TABLE canary
;;
#file
LOAD DATA LOCAL INFILE '${secret}' INTO TABLE canary
;;
#file
LOAD XML INFILE '${secret}' INTO TABLE canary
;;
#file
HANDLER canary OPEN
;;
#file
SELECT LOAD_FILE('${secret}') FROM canary PROCEDURE ANALYSE()
;;
#file
SELECT EXTRACTVALUE(1, CONCAT(0x7e, LOAD_FILE('${secret}')))
;;
#file
SELECT UPDATEXML(1, CONCAT(0x7e, (SELECT LOAD_FILE('${secret}'))), 1)
;;
#file
SELECT * FROM JSON_TABLE(CONCAT('["', LOAD_FILE('${secret}'), '"]'), '$[*]' COLUMNS (a TEXT PATH '$')) t
;;
#alias
SELECT DISTINCTROW LOAD_FILE (p) FROM (SELECT '${secret}' AS p) t
;;
#alias
SELECT (1), LOAD_FILE (p) FROM (SELECT '${secret}' AS p) t
;;
#alias
SELECT p FROM (SELECT '${secret}' AS p) t ORDER BY LOAD_FILE (p), (SELECT evil (1))
;;
#alias
SELECT CASE (1) WHEN (1) THEN LOAD_FILE (p) END FROM (SELECT '${secret}' AS p) t
;;
#alias
WITH LOAD_FILE (p) AS (SELECT '${secret}'), x (y) AS (SELECT 1) SELECT LOAD_FILE (p) FROM LOAD_FILE
;;
#alias
SELECT ROW_NUMBER() OVER w, evil (1) FROM canary WINDOW w AS (ORDER BY id)
;;
#alias
SELECT id FROM canary GROUP BY (id), evil (id) HAVING evil (1) IS NULL OR evil (1) LIKE '%'
;;
#alias
VALUES (1, evil(1))
;;
#alias
SELECT * FROM canary a JOIN canary b USING (id) WHERE (1) AND evil (1) = ''
;;
#alias
SELECT GROUP_CONCAT(note ORDER BY evil(id) SEPARATOR ',') , evil (1) FROM canary
;;
#name
SELECT `LOAD_FILE`('${secret}')
;;
#name
SELECT `evil` (1)
;;
#name
SELECT shop.evil(1), `shop`.`evil`(1), shop . evil (1)
;;
#name
SELECT vault.lower(1)
;;
#name
SELECT vault.`lower` /* x */ (1)
;;
#name
SELECT load_FILE/**/('${secret}')
;;
#name
SELECT evil # comment
(1)
;;
#name
SELECT mariadb_schema.concat('a', evil(1))
;;
#executable-comment
SELECT 1 /*! , LOAD_FILE('${secret}') */
;;
#executable-comment
SELECT 1 /*!50000 , SLEEP(1) */
;;
#executable-comment
SELECT 1 /*M! , LOAD_FILE('${secret}') */
;;
#executable-comment
SELECT 1 /*M!100100 , evil(1) */
;;
#executable-comment
SELECT 1 /*!99999 , 2 */ /*!, evil(1)*/
;;
#executable-comment
SELECT /*!50000 SLEEP*/ /*!50000 (1) */
;;
#executable-comment
/*!50000 DELETE FROM canary */
;;
#executable-comment
SELECT 1 /*!; DELETE FROM canary */
;;
#lexer
SELECT 1 /* /*! , evil(1) */
;;
#executable-comment
SELECT 1 /*!50000 UNION SELECT evil(1) */
;;
#escape
SELECT {fn sleep(1)}
;;
#escape
SELECT {fn LOAD_FILE('${secret}')}
;;
#escape
SELECT {d evil(1)}, {x (SELECT evil(1))}
;;
#escape
{call harm()}
;;
#escape
SELECT {fn concat(evil(1), '')}
;;
#session
SELECT @x := 1
;;
#session
SELECT @x := LOAD_FILE('${secret}'), @x
;;
#session
SELECT @`x` := id FROM canary
;;
#session
SELECT @@global.secure_file_priv, @@datadir, @@hostname, @@version
;;
#session
SELECT @@session.sql_mode
;;
#session
SET @x = 1
;;
#session
SET SESSION tx_read_only = 0
;;
#session
SET GLOBAL general_log = 1
;;
#session
SELECT LAST_INSERT_ID(1)
;;
#session
USE vault
;;
#sequence
SELECT NEXTVAL(canary_sequence)
;;
#sequence
SELECT NEXT VALUE FOR canary_sequence
;;
#sequence
SELECT LASTVAL(canary_sequence), PREVIOUS VALUE FOR canary_sequence
;;
#sequence
SELECT SETVAL(canary_sequence, 99)
;;
#sequence
SELECT canary_sequence.nextval
;;
#sleep
SELECT SLEEP(1)
;;
#sleep
SELECT sleep (1) FROM canary
;;
#sleep
SELECT `sleep`(1)
;;
#sleep
SELECT 1 FROM canary WHERE id = 1 AND SLEEP(1) = 0
;;
#sleep
SELECT IF(1 = 1, SLEEP(1), 0), BENCHMARK(100000000, MD5('x'))
;;
#sleep
SELECT BENCHMARK (50000000, SHA1('x'))
;;
#sleep
SELECT SLEEP(0.4) FROM canary PROCEDURE ANALYSE()
;;
#sleep
SELECT MASTER_POS_WAIT('x', 1, 1), MASTER_GTID_WAIT('0-1-1', 1)
;;
#admin
KILL ${pid}
;;
#admin
KILL QUERY ${pid}
;;
#admin
SHUTDOWN
;;
#admin
FLUSH LOGS
;;
#admin
RESET MASTER
;;
#admin
INSTALL SONAME 'ha_connect'
;;
#admin
CREATE USER left_behind
;;
#admin
GRANT ALL ON *.* TO left_behind
;;
#admin
CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST '127.0.0.1', PORT ${port})
;;
#admin
CREATE TABLE f (a INT) ENGINE=FEDERATED CONNECTION='mysql://127.0.0.1:${port}/x/y'
;;
#leak
SELECT USER()
;;
#leak
SELECT CURRENT_USER, CURRENT_USER(), SESSION_USER(), SYSTEM_USER(), CURRENT_ROLE()
;;
#leak
SELECT DATABASE(), SCHEMA(), VERSION(), CONNECTION_ID()
;;
#leak
SELECT user, authentication_string FROM mysql.user
;;
#leak
SELECT * FROM `mysql` . `global_priv`
;;
#leak
SELECT table_name FROM information_schema.tables WHERE table_schema = 'vault'
;;
#leak
SELECT table_name FROM INFORMATION_SCHEMA/**/.TABLES WHERE table_schema LIKE 'vault'
;;
#leak
SELECT TABLE_NAME FROM `information_schema`.`TABLES` WHERE TABLE_SCHEMA = 'vault'
;;
#leak
SELECT * FROM performance_schema.threads
;;
#leak
SELECT * FROM sys.version
;;
#leak
SHOW TABLES FROM vault
;;
#leak
SHOW PROCESSLIST
;;
#leak
SHOW GRANTS
;;
#leak
SELECT EXTRACTVALUE(1, CONCAT(0x7e, CURRENT_USER()))
;;
#leak
SELECT DEFAULT(id), COERCIBILITY(USER()) FROM canary
;;
#leak
SELECT variable_value FROM information_schema.global_variables
;;
#lexer
SELECT 'a\' , evil(1) , '\'
;;
#lexer
SELECT 'a\\', evil(1), '\\'
;;
#lexer
SELECT "a\"", evil(1), "\""
;;
#lexer
SELECT 'a"', evil(1), '"'
;;
#lexer
SELECT 1 --1, evil(1)
;;
#lexer
SELECT 1--${tab}, evil(1)
;;
#lexer
SELECT 1 --${nul}, evil(1)
;;
#lexer
SELECT 1 # , 2 ${cr}, evil(1)
;;
#lexer
SELECT 1 # ${lf}, evil(1)
;;
#lexer
SELECT 1 /* /* */ , evil(1) /* */
;;
#lexer
SELECT `a'`, evil(1) FROM (SELECT 1 AS `a'`) t -- '
;;
#lexer
SELECT `a\`, evil(1), `\` FROM (SELECT 1 AS `a\`, 2 AS `\`) t
;;
#lexer
SELECT $$, evil(1), $$
;;
#lexer
SELECT N'a\'', evil(1), _utf8mb4'\''
;;
#lexer
SELECT _binary'\\', evil(1), X'5C'
;;
#lexer
SELECT [1, evil(1)]
;;
#lexer
SELECT 1 // evil(1)
;;
#lexer
SELECT 0x27, evil(1), '0x27'
;;
#lexer
SELECT q'[', evil(1), ']'
;;
#lexer
${bom}SELECT evil(1)
;;
#lexer
SELECT ‘a’, evil(1), ʼaʼ
;;
#lexer
SELECT 1 -- ${ls} , evil(1)
;;
#lexer
SELECT 1 /*${nul}*/ , evil(1)
;;
#cpu
SELECT COUNT(*) FROM seq_1_to_100000 a, seq_1_to_100000 b, seq_1_to_100000 c WHERE a.seq + b.seq < c.seq
;;
#cpu
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r
;;
#cpu
SELECT COUNT(*) FROM seq_1_to_100000 a, seq_1_to_100000 b WHERE REPEAT('a', 40) REGEXP '^(a+)+$b'
;;
#memory
SELECT LENGTH(REPEAT('x', 1000000000))
;;
#memory
SELECT GROUP_CONCAT(REPEAT('x', 1000)) FROM seq_1_to_100000 a, seq_1_to_1000 b
;;
#memory
SELECT DISTINCT CONCAT(a.seq, b.seq, REPEAT('x', 1000)) FROM seq_1_to_100000 a, seq_1_to_100000 b ORDER BY 1
;;
#name
SELECT split_part('a')
;;
#name
SELECT uuid_to_bin('a')
;;
#alias
SELECT * FROM canary apply WHERE evil (id) IS NOT NULL AND 1 SOUNDS LIKE 1
;;
#alias
WITH only AS (SELECT 1 AS id) SELECT * FROM only WHERE evil (id) IS NOT NULL AND 1 SOUNDS LIKE 1
;;
#alias
WITH lateral AS (SELECT 1 AS id) SELECT * FROM lateral WHERE evil (id) IS NOT NULL AND 1 SOUNDS LIKE 1
;;
#leak
SELECT u.user FROM canary mysql, canary format, mysql.user u WHERE 1 SOUNDS LIKE 1
;;
#leak
SELECT u.user FROM canary mysql USE INDEX FOR ORDER BY (PRIMARY), mysql.user u WHERE 1 SOUNDS LIKE 1
;;
#identity
SET ROLE NONE
;;
#identity
SET ROLE canaryadmin
;;
#identity
SET ROLE `canaryadmin`
;;
#identity
SET DEFAULT ROLE NONE
;;
#identity
SET @app_caller = 'another'
;;
#identity
SET @`app.caller` := 'another'
;;
#identity
SELECT @app_caller
;;
#identity
SELECT @app_caller := 'another'
;;
#identity
SELECT @app_caller:='another', id FROM canary
;;
#identity
SELECT @`app.caller` := note FROM canary
;;
#identity
SELECT @'app_caller' := 'another'
;;
#identity
SELECT @"app_caller" := 'another'
;;
#identity
SELECT id FROM canary WHERE (@app_caller := note) IS NOT NULL
;;
#identity
SELECT id FROM canary ORDER BY @app_caller := note
;;
#identity
SELECT 'another' INTO @app_caller
;;
#identity
SELECT note FROM canary LIMIT 1 INTO @app_caller
;;
#identity
SELECT 1; SET ROLE NONE
;;
#identity
SELECT 1; SET @app_caller = 'another'
;;
#identity
SET STATEMENT max_statement_time = 1 FOR SELECT @app_caller := 'another'
;;
#identity
EXECUTE IMMEDIATE 'SET ROLE NONE'
;;
#identity
PREPARE identity FROM 'SET @app_caller = 1'
;;
#identity
BEGIN NOT ATOMIC SET @app_caller = 'another'; END
;;
#identity
SELECT 1 /*! , @app_caller := 'another' */
;;
#identity
SELECT 1 /*M!100100 , @app_caller := 'another' */
;;
#identity
SELECT CURRENT_ROLE()
;;
#identity
SELECT CURRENT_ROLE
;;
#identity
DO @app_caller := 'another'
;;
#identity
SET SESSION AUTHORIZATION canaryadmin
;;
#identity
SELECT * FROM information_schema.user_variables
;;
#identity
SELECT JSON_TABLE(@app_caller := '[1]', '$[*]' COLUMNS (x INT PATH '$'))
;;
#driver
SELECT 1--'
 ? ', ? AS b FROM canary
;;
#driver
SELECT `a'`, '?', ? AS b FROM (SELECT 1 AS `a'`) x
;;
#driver
SELECT ?1 AS a, note FROM canary
