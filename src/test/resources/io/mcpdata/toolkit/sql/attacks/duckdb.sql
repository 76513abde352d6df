#stacked
SELECT 1; DELETE FROM canary
;;
#dml
DELETE FROM canary
;;
#dml
WITH c AS MATERIALIZED (SELECT 1) INSERT INTO canary SELECT 9, 'nine'
;;
#dml
COPY canary TO '/tmp/x.csv'
;;
#dml
EXPORT DATABASE '/tmp/x'
;;
#dml
CREATE OR REPLACE TABLE canary AS SELECT 1
;;
#file
SELECT * FROM '/etc/passwd'
;;
#file
SELECT * FROM "/tmp/x.csv"
;;
#file
FROM 'x.parquet'
;;
#file
SELECT * FROM 'data/*.json' AS t
;;
#file
SELECT * FROM canary, '/tmp/x.csv' t
;;
#file
SELECT * FROM canary JOIN "s3://bucket/x.parquet" p ON TRUE
;;
#file
SELECT * FROM 's3://bucket/x.parquet'
;;
#file
SELECT * FROM 'https://evil.example/x.csv'
;;
#file
SELECT * FROM read_csv('/etc/passwd', header = false)
;;
#file
SELECT * FROM read_csv_auto('/etc/passwd'), read_text('/etc/passwd'), read_blob('/etc/*'), read_json('x'), read_parquet('x'), parquet_metadata('x')
;;
#file
SELECT * FROM glob('/*')
;;
#file
SELECT * FROM sniff_csv('/etc/passwd')
;;
#file
DESCRIBE SELECT * FROM '/etc/passwd'
;;
#admin
ATTACH '/tmp/x.db' AS stolen
;;
#admin
INSTALL httpfs
;;
#admin
LOAD httpfs
;;
#admin
PRAGMA database_list
;;
#admin
SET enable_external_access = true
;;
#admin
CALL pragma_version()
;;
#admin
CHECKPOINT
;;
#session
SELECT getenv('HOME')
;;
#session
SELECT current_setting('temp_directory'), set_config('x', 'y')
;;
#session
SELECT nextval('canary_sequence'), currval('canary_sequence')
;;
#alias
SELECT DISTINCT ON (p) getenv (p) FROM (SELECT 'HOME' AS p) t
;;
#alias
SELECT * FROM (SELECT '/etc/passwd' AS f) x, read_text (f) y
;;
#alias
SELECT 'HOME'.getenv()
;;
#alias
SELECT p.getenv() FROM (SELECT 'HOME' AS p) t
;;
#alias
SELECT list_transform(['HOME'], x -> getenv (x))
;;
#alias
FROM query('SELECT getenv(''HOME'')')
;;
#alias
FROM query_table('/etc/passwd')
;;
#name
SELECT "getenv"('HOME'), system.main.getenv('HOME')
;;
#leak
SELECT * FROM duckdb_settings()
;;
#leak
SELECT * FROM duckdb_secrets(), duckdb_tables(), pragma_database_size(), which_secret('x', 'y')
;;
#leak
SELECT * FROM information_schema.tables
;;
#leak
SELECT * FROM sqlite_master
;;
#leak
SELECT * FROM pg_catalog.pg_class
;;
#leak
SHOW ALL TABLES
;;
#leak
SELECT current_user, session_user, user, current_database(), version()
;;
#lexer
SELECT $$ ' $$, getenv('HOME'), $$ ' $$
;;
#lexer
SELECT 'a\', getenv('HOME'), '\'
;;
#lexer
SELECT 1 /* /* */ , getenv('HOME') /* */
;;
#lexer
SELECT e'\'', getenv('HOME'), e'\''
;;
#file
WITH x AS (TABLE '/tmp/x.csv') SELECT * FROM x
;;
#file
SELECT (TABLE '/tmp/x.csv')
;;
#file
SELECT * FROM canary UNION ALL BY NAME TABLE '/tmp/x.csv'
;;
#file
SELECT * FROM (SUMMARIZE '/tmp/x.csv')
;;
#file
SELECT * FROM (DESC '/tmp/x.csv')
;;
#file
WITH x AS (DESCRIBE '/tmp/x.csv') FROM x
;;
#file
WITH x AS (PIVOT '/tmp/x.csv' ON id USING count(*)) SELECT {'a': 1}, * FROM x
;;
#file
SELECT {'a': 1} FROM (UNPIVOT "/tmp/x.csv" ON COLUMNS(*)) u
;;
#file
SELECT * FROM b: '/tmp/x.csv'
;;
#file
FROM canary, "b" : '/tmp/x.csv'
;;
#file
SELECT {'a': 1} FROM canary format, '/tmp/x.csv'
;;
#file
SELECT * FROM canary minus, '/tmp/x.csv'
;;
#file
SELECT 1_000. FROM '/tmp/x.csv'
;;
#file
SELECT 1FROM '/tmp/x.csv'
;;
#leak
FROM b: duckdb_tables
;;
#leak
SELECT * FROM main.sqlite_master
;;
#leak
SELECT * FROM system.main.duckdb_tables
;;
#leak
SELECT * FROM (SHOW)
;;
#native
SELECT finalize('x'::BLOB), __internal_decompress_string(1::UBIGINT), variant_bytes_to_variant('x'::BLOB)
;;
#alias
SELECT 1 FROM canary a JOIN canary b ON {'x': a.note, 'y': a.note || getenv (note)} IS NOT NULL
;;
#file
WITH x AS (SELECT 1) UNPIVOT '/tmp/x.csv' ON id
;;
#file
SELECT {'a': 1}, 2 UNION ALL BY NAME PIVOT '/tmp/x.csv' ON id USING count(*)
;;
#file
SELECT * FROM '${secret}'
;;
#file
SELECT content FROM read_text('${secret}')
;;
#file
SELECT * FROM read_csv('${secret}', header = false)
;;
#file
SELECT * FROM read_csv_auto('${secret}')
;;
#file
FROM read_blob('${secret}')
;;
#file
SELECT * FROM canary, read_text('${secret}') t
;;
#file
SELECT * FROM canary c, LATERAL read_text(c.note) t
;;
#file
SELECT * FROM glob('${folder}/../*')
;;
#file
SELECT * FROM read_csv('${canary}')
;;
#file
SELECT * FROM '${canary}'
;;
#file
SELECT * FROM read_parquet('${folder}/*.parquet')
;;
#file
SELECT * FROM parquet_schema('${secret}')
;;
#file
SELECT * FROM read_duckdb('${secret}')
;;
#file
SELECT * FROM sqlite_scan('${secret}', 't')
;;
#dml
COPY canary TO '${folder}/out.csv'
;;
#dml
COPY (SELECT 1) TO '${canary}' (USE_TMP_FILE false)
;;
#dml
COPY (SELECT 1) TO '${secret}' (USE_TMP_FILE false)
;;
#dml
EXPORT DATABASE '${folder}/out'
;;
#dml
CREATE TEMP TABLE t AS SELECT * FROM canary
;;
#dml
CREATE OR REPLACE VIEW canary AS SELECT 1
;;
#dml
DROP VIEW canary
;;
#admin
ATTACH '${folder}/stolen.duckdb' AS stolen
;;
#admin
ATTACH ':memory:' AS m
;;
#admin
DETACH system
;;
#admin
INSTALL httpfs FROM 'http://127.0.0.1:${port}'
;;
#admin
LOAD '${secret}'
;;
#admin
SET allowed_paths = ['${secret}']
;;
#admin
SET memory_limit = '100GB'
;;
#admin
RESET GLOBAL memory_limit
;;
#admin
PRAGMA threads = 64
;;
#admin
PRAGMA enable_profiling = 'json'
;;
#admin
SET VARIABLE x = 1
;;
#admin
CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')
;;
#admin
USE system
;;
#network
SELECT * FROM read_csv('http://127.0.0.1:${port}/x.csv')
;;
#network
SELECT * FROM 'http://127.0.0.1:${port}/x.parquet'
;;
#network
SELECT * FROM read_text('http://127.0.0.1:${port}/x')
;;
#session
SELECT getenv('CANARY_PASSWORD')
;;
#session
SELECT current_setting('allowed_paths')
;;
#session
SELECT * FROM pragma_database_list
;;
#leak
SELECT sql FROM duckdb_views()
;;
#leak
SELECT sql FROM sqlite_master
;;
#leak
SHOW canary
;;
#leak
SELECT * FROM duckdb_databases()
;;
#cpu
SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range < 0
;;
#cpu
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r
;;
#cpu
SELECT count(*) FROM canary a, range(100000) b, range(100000) c WHERE a.note || b.range LIKE '%' || c.range || '%x'
;;
#memory
SELECT list(a.range || b.range) FROM range(100000) a, range(100000) b
;;
#memory
SELECT a.range, b.range FROM range(100000) a, range(100000) b ORDER BY b.range, a.range
;;
#memory
SELECT length(repeat('x', 2000000000))
;;
#memory
SELECT length('x'.repeat(2000000000))
;;
#memory
SELECT length("repeat"('x', 1000 * 1000 * 1000))
