#stacked
SELECT 1; DELETE FROM canary
;;
#stacked
SELECT ';'; DROP TABLE canary
;;
#stacked
SELECT 1; SHUTDOWN
;;
#stacked
SELECT $$;$$; DELETE FROM canary
;;
#dml
DELETE FROM canary
;;
#dml
SELECT * FROM OLD TABLE (DELETE FROM canary)
;;
#dml
SELECT * FROM OLD TABLE (UPDATE canary SET note = 'changed')
;;
#dml
SELECT * FROM NEW TABLE (INSERT INTO canary VALUES (9, 'nine'))
;;
#dml
WITH c AS (SELECT 1 AS id) DELETE FROM canary WHERE id IN (SELECT id FROM c)
;;
#dml
MERGE INTO canary KEY (id) VALUES (1, 'changed')
;;
#dml
CREATE TABLE stolen AS SELECT * FROM canary
;;
#dml
EXPLAIN ANALYZE DELETE FROM canary
;;
#dml
CALL evil(1)
;;
#dml
CREATE ALIAS X AS 'void x() throws Exception { Runtime.getRuntime().exec("touch ${folder}/exec"); }'
;;
#dml
CREATE TRIGGER t BEFORE SELECT ON canary AS 'org.h2.api.Trigger create() { return null; }'
;;
#dml
SET CACHE_SIZE 1
;;
#lock
SELECT * FROM canary FOR UPDATE
;;
#lock
SELECT * FROM canary FOR UPDATE WAIT 1
;;
#lock
SELECT * FROM (SELECT * FROM canary FOR UPDATE SKIP LOCKED) c
;;
#file
SELECT FILE_READ('${secret}', 'UTF-8')
;;
#file
SELECT FILE_READ('file:${secret}', NULL)
;;
#file
SELECT UTF8TOSTRING(FILE_READ('${secret}'))
;;
#file
SELECT FILE_WRITE('x', '${folder}/written')
;;
#file
SELECT * FROM CSVREAD('${secret}')
;;
#file
SELECT CSVWRITE('${folder}/csv', 'SELECT 1')
;;
#file
SELECT * FROM CSVREAD('jar:file:${secret}!/x')
;;
#file
RUNSCRIPT FROM '${secret}'
;;
#file
SCRIPT TO '${folder}/script'
;;
#file
BACKUP TO '${folder}/backup.zip'
;;
#file
SELECT * FROM LINK_SCHEMA('linked', '', 'jdbc:h2:mem:x;INIT=RUNSCRIPT FROM ''${secret}''', 'sa', '', 'PUBLIC')
;;
#file
CREATE TABLE linked (a INT) ENGINE 'io.mcpdata.testing.CanaryCode'
;;
#network
SELECT FILE_READ('http://127.0.0.1:${port}/x', 'UTF-8')
;;
#network
SELECT * FROM CSVREAD('http://127.0.0.1:${port}/x')
;;
#network
SELECT * FROM LINK_SCHEMA('linked', 'javax.naming.InitialContext', 'ldap://127.0.0.1:${port}/x', 'sa', '', 'PUBLIC')
;;
#network
CREATE LINKED TABLE linked (NULL, 'jdbc:h2:tcp://127.0.0.1:${port}/x', 'sa', '', 'T')
;;
#alias
SELECT DISTINCT ON (p) FILE_READ (p, e) FROM (SELECT '${secret}' AS p, 'UTF-8' AS e) t
;;
#alias
SELECT DISTINCT ON (p) FILE_WRITE (d, p) FROM (SELECT '${folder}/alias' AS p, CAST('x' AS VARBINARY) AS d) t
;;
#alias
SELECT TOP (1) FILE_READ (p, e) FROM (SELECT '${secret}' AS p, 'UTF-8' AS e) t
;;
#alias
SELECT TOP (1) PERCENT FILE_READ (p) FROM (SELECT '${secret}' AS p) t
;;
#alias
SELECT (1) FILE_READ, FILE_READ (p, e) FROM (SELECT '${secret}' AS p, 'UTF-8' AS e) t
;;
#alias
VALUES (1, FILE_READ('${secret}', 'UTF-8'))
;;
#alias
SELECT * FROM (VALUES ('${secret}', 'UTF-8')) t (p, e) WHERE (TRUE) AND FILE_READ (p, e) <> ''
;;
#alias
SELECT * FROM (VALUES (1)) x (a), CSVREAD ('${secret}') y (b)
;;
#alias
SELECT * FROM canary JOIN CSVREAD ('${secret}') AS f (b) ON (TRUE)
;;
#alias
WITH FILE_READ (p) AS (SELECT '${secret}') SELECT FILE_READ (p) FROM FILE_READ
;;
#alias
WITH x (a) AS (SELECT 1) SELECT CASE WHEN (TRUE) THEN EVIL (a) END FROM x
;;
#alias
SELECT COUNT(*) OVER w, EVIL (id) FROM canary WINDOW w AS (PARTITION BY (id), EVIL (id))
;;
#alias
SELECT id FROM canary ORDER BY (id), EVIL (id) FETCH FIRST (EVIL (1)) ROWS ONLY
;;
#alias
SELECT id FROM canary GROUP BY (id), EVIL (id) HAVING (TRUE) AND EVIL (1) > 0
;;
#alias
SELECT id FROM canary QUALIFY (TRUE) AND EVIL (id) > 0
;;
#alias
SELECT ARRAY[EVIL (1)], ROW (EVIL (2)), (EVIL (3))
;;
#alias
SELECT * FROM UNNEST(ARRAY[EVIL (1)]) AS t (a)
;;
#alias
SELECT * FROM TABLE (a INT = EVIL (1))
;;
#alias
SELECT JSON_OBJECT('a': EVIL (1)), EXISTS (SELECT EVIL (2))
;;
#alias
SELECT SUM(EVIL(id)) FILTER (WHERE EVIL(id) > 0) FROM canary
;;
#name
SELECT "FILE_READ"('${secret}', 'UTF-8')
;;
#name
SELECT PUBLIC.EVIL(1), "PUBLIC"."EVIL" (1)
;;
#name
SELECT VAULT.QUIET(1)
;;
#name
SELECT U&"\0045VIL"(1)
;;
#name
SELECT U&"!0045VIL" UESCAPE '!' (1)
;;
#name
SELECT EVIL /* x */ (1)
;;
#name
SELECT EVIL // x
(1)
;;
#name
SELECT file_read ('${secret}' , 'UTF-8')
;;
#name
SELECT `EVIL`(1)
;;
#name
SELECT CANARY.PUBLIC.EVIL(1)
;;
#escape
SELECT {fn EVIL(1)}
;;
#escape
SELECT {fn FILE_READ('${secret}', 'UTF-8')}
;;
#escape
{? = call EVIL(1)}
;;
#deserialize
SELECT CAST(X'${serialized}' AS JAVA_OBJECT)
;;
#deserialize
SELECT CAST(X'${serialized}' AS OTHER)
;;
#deserialize
SELECT CAST(X'${serialized}' AS OBJECT)
;;
#deserialize
SELECT CAST(${serializedparts} AS OTHER)
;;
#deserialize
SELECT ARRAY[CAST(${serializedparts} AS OTHER)]
;;
#deserialize
SELECT ARRAY[ARRAY[CAST(${serializedparts} AS OBJECT)]]
;;
#deserialize
SELECT ROW (1, CAST(${serializedparts} AS OTHER))
;;
#deserialize
SELECT a FROM (SELECT ARRAY[CAST(${serializedparts} AS OTHER)] AS a) t
;;
#deserialize
WITH c (a) AS (SELECT ARRAY[CAST(${serializedparts} AS OBJECT)]) SELECT a FROM c
;;
#deserialize
SELECT ARRAY_AGG(CAST(${serializedparts} AS OTHER)) FROM canary
;;
#deserialize
SELECT ARRAY_AGG(a) FROM (VALUES (CAST(${serializedparts} AS OTHER))) t (a)
;;
#deserialize
SELECT CAST(ARRAY[${serializedparts}] AS OTHER ARRAY)
;;
#deserialize
SELECT (${serializedparts})::OTHER, ARRAY[(${serializedparts})::OTHER]
;;
#deserialize
SELECT CONVERT(${serializedparts}, OTHER), ARRAY[CONVERT(${serializedparts}, OBJECT)]
;;
#deserialize
SELECT MAX(a) FROM (SELECT ARRAY[CAST(${serializedparts} AS OBJECT(1000))] AS a) t
;;
#deserialize
SELECT CAST('${serialized}' AS JAVA_OBJECT), ARRAY[CAST(CAST(${serializedparts} AS BINARY VARYING) AS JAVA_OBJECT(200))]
;;
#deserialize
SELECT CAST(CAST(${serializedparts} AS OTHER) AS VARCHAR)
;;
#session
SELECT SET(@x, 1)
;;
#session
SELECT @x
;;
#session
SELECT LOCK_TIMEOUT(), CANCEL_SESSION(1), ABORT_SESSION(1)
;;
#session
SELECT DATABASE_PATH(), H2VERSION(), MEMORY_USED(), SESSION_ID()
;;
#session
SELECT LAST_INSERT_ID(), IDENTITY(), SCOPE_IDENTITY()
;;
#sequence
SELECT NEXT VALUE FOR canary_sequence
;;
#sequence
SELECT NEXTVAL('CANARY_SEQUENCE')
;;
#sequence
SELECT canary_sequence.NEXTVAL
;;
#sequence
SELECT CURRVAL('CANARY_SEQUENCE'), canary_sequence.CURRVAL, CURRENT VALUE FOR canary_sequence
;;
#leak
SELECT USER
;;
#leak
SELECT USER(), CURRENT_USER, SESSION_USER, SYSTEM_USER, CURRENT_ROLE
;;
#leak
SELECT CURRENT_CATALOG, CURRENT_SCHEMA, DATABASE(), SCHEMA()
;;
#leak
SELECT * FROM INFORMATION_SCHEMA.USERS
;;
#leak
SELECT * FROM "INFORMATION_SCHEMA" . "USERS"
;;
#leak
SELECT * FROM CANARY.INFORMATION_SCHEMA.USERS
;;
#leak
SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'VAULT'
;;
#leak
SELECT SETTING_VALUE FROM U&"INFORMATION\005FSCHEMA".SETTINGS
;;
#leak
TABLE INFORMATION_SCHEMA.TABLES
;;
#leak
SELECT relname FROM pg_catalog.pg_class
;;
#leak
SELECT DB_OBJECT_SQL('TABLE', 'VAULT', 'HIDDEN_CANARY'), DB_OBJECT_ID('USER', 'CANARYADMIN')
;;
#leak
SHOW TABLES FROM VAULT
;;
#leak
SCRIPT
;;
#lexer
SELECT 'a\' , EVIL(1) , '\'
;;
#lexer
SELECT 1 /* /* */ , EVIL(1) /* */ */
;;
#lexer
SELECT 1 /* /* */ */ , EVIL(1)
;;
#lexer
SELECT $$ ' $$, EVIL(1), $$ ' $$
;;
#lexer
SELECT 1 // ' , 2${lf}, EVIL(1) // '
;;
#lexer
SELECT 1 -- ${cr}, EVIL(1)
;;
#lexer
SELECT 1 -- ${ls}, EVIL(1)
;;
#lexer
SELECT "a""" , EVIL(1) FROM (SELECT 1 AS "a""") t
;;
#lexer
SELECT E'a\', EVIL(1), E'\''
;;
#lexer
SELECT U&'\0027', EVIL(1), U&'d!0027' UESCAPE '!'
;;
#lexer
SELECT 1 --${nul}${lf}, EVIL(1)
;;
#lexer
${bom}SELECT EVIL(1)
;;
#lexer
SELECT ＇, EVIL(1), ＇
;;
#lexer
SELECT Evıl(1), EVİL(1)
;;
#lexer
SELECT X'2F2A' , EVIL(1), X'2A2F'
;;
#lexer
SELECT 1 # EVIL(1)
;;
#cpu
SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b WHERE a.x + b.x < 0
;;
#cpu
SELECT 1 WHERE REPLACE('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'b', '') LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%ab'
;;
#cpu
SELECT 1 WHERE 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ~ '^(a+)+$'
;;
#cpu
SELECT 1 WHERE 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' REGEXP '^(a+)+$'
;;
#cpu
SELECT REGEXP_REPLACE('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$', 'x')
;;
#cpu
SELECT REGEXP_LIKE('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a|aa)+$')
;;
#cpu
SELECT REGEXP_SUBSTR('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$')
;;
#cpu
SELECT * FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM (SELECT a.* FROM canary a WHERE id > 0 UNION SELECT b.* FROM canary b) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0 UNION SELECT * FROM canary) a WHERE id > 0
;;
#cpu
WITH a AS (SELECT x FROM SYSTEM_RANGE(1, 50)), b AS (SELECT p.x FROM a p, a q), c AS (SELECT p.x FROM b p, b q), d AS (SELECT p.x FROM c p, c q) SELECT COUNT(*) FROM d
;;
#cpu
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r
;;
#cpu
SELECT COUNT(*) FROM SYSTEM_RANGE(1, 9223372036854775807)
;;
#memory
SELECT LENGTH(STRING_AGG(a.x || b.x, '')) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT LISTAGG(a.x, ',') WITHIN GROUP (ORDER BY b.x) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT CARDINALITY(ARRAY_AGG(a.x + b.x)) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT COUNT(DISTINCT a.x * 100000 + b.x) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT DISTINCT a.x * 100000 + b.x FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT a.x, b.x FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b ORDER BY a.x * b.x DESC
;;
#memory
SELECT a.x * b.x, COUNT(*) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b GROUP BY a.x * b.x
;;
#memory
SELECT MEDIAN(a.x * b.x) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
WITH RECURSIVE r (n, s) AS (SELECT 1, CAST('xxxxxxxxxxxxxxxx' AS VARCHAR) UNION ALL SELECT n + 1, s || s FROM r WHERE n < 30) SELECT MAX(LENGTH(s)) FROM r
;;
#memory
WITH RECURSIVE r (n, s) AS (SELECT 1, CAST('xxxxxxxxxxxxxxxx' AS VARCHAR) UNION ALL SELECT n + 1, CONCAT(s, s) FROM r WHERE n < 30) SELECT MAX(LENGTH(s)) FROM r
;;
#memory
WITH RECURSIVE r (n, s) AS (SELECT 1, CAST('xxxxxxxxxxxxxxxx' AS VARCHAR) UNION ALL SELECT n + 1, REPLACE(s, 'x', 'xxxxxxxx') FROM r WHERE n < 30) SELECT MAX(LENGTH(s)) FROM r
;;
#memory
WITH a AS (SELECT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' AS s), b AS (SELECT REPLACE(s, 'x', s) AS s FROM a), c AS (SELECT REPLACE(s, 'x', s) AS s FROM b), d AS (SELECT REPLACE(s, 'x', s) AS s FROM c), e AS (SELECT REPLACE(s, 'x', s) AS s FROM d) SELECT LENGTH(s) FROM e
;;
#memory
SELECT LENGTH(LPAD('x', 1000000000, 'y')), LENGTH(RPAD('x', CAST('1000000000' AS INT)))
;;
#memory
SELECT LENGTH(REPEAT('x', 1000000000)), LENGTH(SPACE(1000000000))
;;
#memory
SELECT LENGTH(LPAD('x', n, 'y')) FROM (SELECT 500000000 AS n) t
;;
#memory
SELECT JSON_ARRAYAGG(a.x + b.x) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT SUM(a.x) OVER (PARTITION BY b.x ORDER BY a.x) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b
;;
#memory
SELECT * FROM (SELECT a.x FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b EXCEPT SELECT 1) t
;;
#name
SELECT SPLIT_PART(1)
;;
#name
SELECT INITCAP(1)
;;
#cast
SELECT CAST(5 AS checked)
;;
#cast
SELECT 5::PUBLIC.checked
;;
#cast
SELECT CAST(5 AS "CHECKED_TWICE")
;;
#deserialize
SELECT CAST(X'${serialized}' AS bean)
;;
#deserialize
SELECT CAST(${serializedparts} AS PUBLIC.BEAN)
;;
#driver
SELECT ?1 AS a, note FROM canary
;;
#driver
SELECT note FROM canary WHERE note = ?2
