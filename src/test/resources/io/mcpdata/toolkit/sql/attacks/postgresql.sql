#stacked
SELECT 1; DELETE FROM canary
;;
#stacked
SELECT 1;;DROP TABLE canary
;;
#stacked
SELECT 1; COMMIT; DELETE FROM canary; BEGIN
;;
#stacked
COMMIT; BEGIN; DELETE FROM canary; COMMIT; SELECT 1
;;
#stacked
SELECT ';'; UPDATE canary SET note = 'changed'
;;
#stacked
SELECT $a$;$a$; DELETE FROM canary
;;
#stacked
SELECT 1; SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; DELETE FROM canary
;;
#dml
DELETE FROM canary
;;
#dml
WITH gone AS (DELETE FROM canary RETURNING *) SELECT * FROM gone
;;
#dml
WITH a AS (SELECT 1), b AS MATERIALIZED (UPDATE canary SET note = 'changed' RETURNING id) SELECT * FROM a, b
;;
#dml
WITH new AS (INSERT INTO canary VALUES (9, 'nine') RETURNING *) TABLE new
;;
#dml
MERGE INTO canary c USING (SELECT 1 AS id) s ON c.id = s.id WHEN MATCHED THEN DELETE
;;
#dml
EXPLAIN ANALYZE DELETE FROM canary
;;
#dml
DO $$ BEGIN DELETE FROM canary; END $$
;;
#dml
PREPARE p AS DELETE FROM canary
;;
#dml
TRUNCATE canary
;;
#dml
CREATE TABLE stolen AS SELECT * FROM canary
;;
#dml
REFRESH MATERIALIZED VIEW nothing
;;
#into
SELECT * INTO stolen FROM canary
;;
#into
SELECT id, note INTO TEMPORARY TABLE stolen FROM canary
;;
#into
WITH c AS (SELECT * FROM canary) SELECT * INTO UNLOGGED stolen FROM c
;;
#lock
SELECT * FROM canary FOR UPDATE
;;
#lock
SELECT * FROM canary FOR NO KEY UPDATE OF canary SKIP LOCKED
;;
#lock
SELECT * FROM (SELECT * FROM canary FOR SHARE NOWAIT) c
;;
#lock
WITH c AS (SELECT * FROM canary FOR KEY SHARE) SELECT * FROM c
;;
#lock
LOCK TABLE canary IN ACCESS EXCLUSIVE MODE
;;
#file
SELECT pg_read_file('${secret}')
;;
#file
SELECT convert_from(pg_read_binary_file('${secret}'), 'UTF8')
;;
#file
SELECT * FROM pg_read_file('${secret}') AS f
;;
#file
SELECT pg_ls_dir('${folder}/..')
;;
#file
SELECT (pg_stat_file('${secret}')).size
;;
#file
SELECT lo_import('${secret}')
;;
#file
SELECT lo_export(lo_from_bytea(0, 'x'), '${folder}/exported')
;;
#file
SELECT lo_get(lo_create(0))
;;
#file
SELECT pg_catalog.pg_file_write('${folder}/written', 'x', false)
;;
#file
SELECT pg_file_unlink('${secret}')
;;
#file
COPY canary TO '${folder}/copied'
;;
#file
COPY (SELECT 'x') TO PROGRAM 'cat > ${folder}/program'
;;
#file
COPY canary FROM '${secret}'
;;
#file
SELECT pg_ls_logdir(), pg_current_logfile()
;;
#alias
SELECT DISTINCT ON (f) pg_read_file (f) FROM (SELECT '${secret}' AS f) t
;;
#alias
SELECT DISTINCT ON (c, q) dblink_exec (c, q) FROM (SELECT '${self}' AS c, 'DELETE FROM canary' AS q) t
;;
#alias
SELECT (ARRAY[1]) AS pg_read_file, pg_read_file (f) FROM (SELECT '${secret}' AS f) t
;;
#alias
SELECT * FROM (SELECT 1 AS a) x JOIN LATERAL evil (a) AS f (b) ON true
;;
#alias
SELECT * FROM (SELECT '${secret}' AS a) x CROSS JOIN pg_read_file (a)
;;
#alias
SELECT * FROM (VALUES ('${secret}')) x (a), pg_read_file (a) y
;;
#alias
SELECT * FROM (VALUES ('${secret}')) x (a), ROWS FROM (pg_read_file (a), generate_series (1, 2)) AS y (p, q)
;;
#alias
WITH evil (a) AS (SELECT 1), x AS (SELECT 2) SELECT evil (a) FROM evil
;;
#alias
WITH x AS MATERIALIZED (SELECT 1 AS a) SELECT a, evil (a) FROM x
;;
#alias
SELECT count (*) OVER w, evil (a) FROM (SELECT 1 AS a) x WINDOW w AS (PARTITION BY evil (a))
;;
#alias
SELECT a FROM (SELECT 1 AS a) x ORDER BY (a), evil (a)
;;
#alias
SELECT a FROM (SELECT 1 AS a) x GROUP BY (a), evil (a) HAVING (true) AND evil (a) IS NOT NULL
;;
#alias
SELECT CASE WHEN (true) THEN evil (a) END FROM (SELECT 1 AS a) x
;;
#alias
SELECT 1 FROM canary x JOIN canary y USING (id) WHERE (true) IS TRUE AND evil (x) = ''
;;
#alias
VALUES (1, evil (1))
;;
#alias
SELECT ARRAY[evil (1)], ROW (evil (2)), (evil (3))
;;
#alias
SELECT 1 LIMIT length (evil (1))
;;
#alias
SELECT * FROM canary TABLESAMPLE BERNOULLI (length (evil (1)))
;;
#alias
SELECT 1 WHERE 'a' IN (evil (1)) OR 'a' = ANY (ARRAY (SELECT evil (1)))
;;
#name
SELECT "pg_read_file"('${secret}')
;;
#name
SELECT U&"\0070g_read_file"('${secret}')
;;
#name
SELECT U&"!0070g_read_file" UESCAPE '!' ('${secret}')
;;
#name
SELECT pg_catalog.pg_read_file('${secret}')
;;
#name
SELECT "pg_catalog"."pg_read_file" ('${secret}')
;;
#name
SELECT pg_read_file /* a comment */ ('${secret}')
;;
#name
SELECT pg_read_file -- a comment
('${secret}')
;;
#name
SELECT PG_Read_FILE	('${secret}')
;;
#name
SELECT postgres.pg_catalog.pg_read_file('${secret}')
;;
#name
SELECT query_to_xml(query => $$SELECT evil()$$, nulls => true, tableforest => false, targetns => '')
;;
#overload
SELECT lower(5)
;;
#overload
SELECT vault.upper('x')
;;
#overload
SELECT x.lower FROM (SELECT 5) AS x(lower), lower(5) y
;;
#overload
SELECT public.lower(id) FROM canary
;;
#attribute
SELECT t.evil FROM canary t
;;
#attribute
SELECT (t).evil FROM canary t
;;
#attribute
SELECT id FROM canary t WHERE length(t.evil) > 0 ORDER BY t.evil
;;
#attribute
SELECT ('${secret}'::text).pg_read_file
;;
#attribute
SELECT (t.id).evil FROM canary t
;;
#cast
SELECT 5::boxed
;;
#cast
SELECT (CAST(5 AS public.boxed)).word
;;
#cast
SELECT (boxing(5)).word
;;
#cast
SELECT t::text FROM canary t
;;
#cast
SELECT CAST(t AS text) FROM canary t
;;
#cast
SELECT 5::checked
;;
#cast
SELECT CAST('5' AS "checked")
;;
#operator
SELECT 1 + 'x'::text
;;
#operator
SELECT 1 OPERATOR(public.+) 'x'::text
;;
#operator
SELECT ~~> 'x'::text
;;
#aggregate
SELECT evil_sum(id) FROM canary
;;
#aggregate
SELECT public.evil_sum(id) OVER (ORDER BY id) FROM canary
;;
#network
SELECT * FROM dblink('${self}', 'SELECT 1') AS t(a int)
;;
#network
SELECT dblink_exec('${self}', 'DELETE FROM canary')
;;
#network
SELECT dblink_connect('host=127.0.0.1 port=${port} user=x dbname=x')
;;
#network
SELECT dblink_connect_u('left', '${self}')
;;
#network
SELECT dblink_send_query('left', 'SELECT 1'), dblink_get_connections()
;;
#network
SELECT * FROM dblink('host=127.0.0.1 port=${port} connect_timeout=1 user=x dbname=x', 'SELECT 1') AS t(a int)
;;
#xml
SELECT query_to_xml('DELETE FROM canary RETURNING 1', true, false, '')
;;
#xml
SELECT query_to_xml($$SELECT pg_read_file('${secret}')$$, true, false, '')
;;
#xml
SELECT query_to_xml_and_xmlschema($$SELECT evil()$$, true, false, '')
;;
#xml
SELECT database_to_xml(true, false, ''), schema_to_xml('vault', true, false, ''), table_to_xml('vault.hidden_canary', true, false, '')
;;
#xml
SELECT cursor_to_xml('c', 10, true, false, '')
;;
#xml
SELECT * FROM xpath_table('id', 'note', $$(SELECT 1 AS id, evil() AS note) x$$, '/', 'true') AS t(id int, note text)
;;
#xml
SELECT xpath('/a', XMLPARSE(DOCUMENT '<!DOCTYPE a [<!ENTITY e SYSTEM "file://${secret}">]><a>&e;</a>'))
;;
#text-query
SELECT * FROM ts_stat($$SELECT to_tsvector('simple', evil())$$)
;;
#text-query
SELECT ts_rewrite('a & b'::tsquery, $$SELECT plainto_tsquery('simple', evil()), 'b'::tsquery$$)
;;
#text-query
SELECT * FROM crosstab($$SELECT evil(), 'a'::text, 'b'::text$$) AS t(a text, b text)
;;
#text-query
SELECT * FROM connectby($$canary$$, 'id', 'id', '1', 0) AS t(a int, b int, l int)
;;
#session
SELECT set_config('statement_timeout', '0', false)
;;
#session
SELECT set_config('transaction_read_only', 'off', true), set_config('search_path', 'vault', false)
;;
#session
SELECT current_setting('data_directory')
;;
#session
SELECT pg_advisory_lock(42)
;;
#session
SELECT pg_try_advisory_lock_shared(id) FROM canary
;;
#session
SELECT pg_notify('canary', 'sang')
;;
#session
NOTIFY canary
;;
#session
LISTEN canary
;;
#session
SET ROLE postgres
;;
#session
RESET ALL
;;
#session
SELECT setseed(0.5), pg_export_snapshot()
;;
#sequence
SELECT nextval('canary_sequence')
;;
#sequence
SELECT setval('canary_sequence', 99)
;;
#sequence
SELECT currval('canary_sequence'), lastval()
;;
#sequence
SELECT nextval ('canary_sequence') FROM canary AS nextval
;;
#admin
SELECT pg_terminate_backend(${pid})
;;
#admin
SELECT pg_cancel_backend(${pid}) FROM canary
;;
#admin
SELECT pg_reload_conf()
;;
#admin
SELECT pg_rotate_logfile(), pg_switch_wal()
;;
#admin
SELECT pg_create_restore_point('canary')
;;
#admin
SELECT * FROM pg_create_logical_replication_slot('canary', 'pgoutput')
;;
#admin
SELECT pg_create_physical_replication_slot('canary', true)
;;
#admin
SELECT pg_logical_emit_message(false, 'canary', 'sang')
;;
#admin
SELECT txid_current(), pg_current_xact_id()
;;
#admin
SELECT pg_stat_reset(), pg_stat_reset_shared('bgwriter')
;;
#admin
ALTER SYSTEM SET work_mem = '1GB'
;;
#admin
CHECKPOINT
;;
#admin
VACUUM
;;
#sleep
SELECT pg_sleep(1)
;;
#sleep
SELECT pg_sleep_for('1 second'), pg_sleep_until(clock_timestamp() + interval '1 second')
;;
#sleep
SELECT 1 FROM canary c, LATERAL (SELECT pg_sleep (0.4 + c.id * 0)) s
;;
#sleep
SELECT DISTINCT ON (n) pg_sleep (n) FROM (SELECT 1.0::float8 AS n) t
;;
#sleep
SELECT CASE WHEN (SELECT COUNT(*) FROM canary) > 0 THEN pg_sleep(1) END
;;
#leak
SELECT USER
;;
#leak
SELECT user, current_user, session_user, current_role, current_catalog
;;
#leak
SELECT CURRENT_USER::text || ''
;;
#leak
SELECT current_schema, current_schemas(true), current_database()
;;
#leak
SELECT 10::regrole
;;
#leak
SELECT CAST('canaryadmin' AS regrole)::oid
;;
#leak
SELECT oid::regclass FROM (SELECT generate_series(1249, 1260) AS oid) t
;;
#leak
SELECT 'vault.hidden_canary'::regclass
;;
#leak
SELECT CAST('boxing' AS regproc)
;;
#leak
SELECT 1247::pg_catalog."regclass"
;;
#leak
SELECT to_regclass('vault.hidden_canary'), to_regrole('canaryadmin')
;;
#leak
SELECT relname FROM pg_class WHERE relname LIKE 'hidden%'
;;
#leak
SELECT relname FROM "pg_class" WHERE relname LIKE 'hidden%'
;;
#leak
SELECT relname FROM pg_catalog . pg_class WHERE relname LIKE 'hidden%'
;;
#leak
SELECT rolname FROM U&"pg\005Froles"
;;
#leak
SELECT table_name FROM information_schema.tables WHERE table_schema = 'vault'
;;
#leak
SELECT t.table_name FROM "information_schema"."tables" t
;;
#leak
TABLE pg_authid
;;
#leak
SELECT usename, passwd FROM pg_shadow
;;
#leak
SELECT pg_get_userbyid(10), pg_get_functiondef('evil()'::regprocedure)
;;
#leak
SELECT has_table_privilege('canaryadmin', 'vault.hidden_canary', 'select'), obj_description(1)
;;
#leak
SELECT inet_server_addr(), inet_server_port(), pg_postmaster_start_time(), version()
;;
#leak
SELECT * FROM pg_stat_activity
;;
#leak
SELECT pg_stat_get_activity(NULL)
;;
#leak
SELECT tableoid::regclass, xmin, ctid FROM canary
;;
#leak
SHOW ALL
;;
#lexer
SELECT 'a\' , evil(1) , '\'
;;
#lexer
SELECT E'a\', evil(1), E'\''
;;
#lexer
SELECT E'a'
'\', evil(1), '''
;;
#lexer
SELECT 1 /* /* */ , evil(1) /* */ */
;;
#lexer
SELECT 1 /* /* */ */ , evil(1)
;;
#lexer
SELECT $$ ' $$, evil(1), $$ ' $$
;;
#lexer
SELECT $a$ $$ $a$, evil(1), $b$ $a$ $b$
;;
#lexer
SELECT 1 AS a$$, evil(1) AS b$$
;;
#lexer
SELECT 1 -- ${cr}, evil(1)
;;
#lexer
SELECT 1 -- ${ls}, evil(1)
;;
#lexer
SELECT 1 --${nul}
, evil(1)
;;
#lexer
SELECT 1 // , evil(1)
;;
#lexer
SELECT ARRAY[']', evil(1)]
;;
#lexer
SELECT [1 , evil(1) , 2]
;;
#lexer
SELECT `1` , evil(1) , `2`
;;
#lexer
SELECT 1 # length(evil(1)), evil(1)
;;
#lexer
${bom}SELECT evil(1)
;;
#lexer
SELECT ’, evil(1), ’
;;
#lexer
SELECT ＇, evil(1), ＇
;;
#lexer
SELECT eViL(1)
;;
#lexer
SELECT "a""b" FROM (SELECT evil(1) AS "a""b") t
;;
#lexer
SELECT U&'\0027', evil(1), U&'d!0027' UESCAPE '!'
;;
#lexer
SELECT N'a\', evil(1), N'\'
;;
#lexer
SELECT {fn lower('X')}, evil(1)
;;
#lexer
SELECT {d '2024-01-01'}, {fn evil(1)}
;;
#lexer
SELECT 1 WHERE 1 = :a OR evil(1) = $1
;;
#lexer
SELECT '{}'::jsonb ? evil(1), evil(2)
;;
#cpu
SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100000) c
;;
#cpu
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r
;;
#cpu
SELECT regexp_replace(repeat('a', 40), '^(a|a)*(a|a)*(a|a)*(a|a)*$\1\2\3', 'x') FROM generate_series(1, 100000000) g WHERE repeat('a', 28) ~ '(a*)*b\1'
;;
#memory
SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 300000) a, generate_series(1, 1000) b
;;
#memory
SELECT repeat('x', 200000000)
;;
#memory
SELECT array_agg(a) FROM generate_series(1, 100000000) a
;;
#leak
WITH x AS (SELECT 1) TABLE pg_authid
;;
#leak
WITH x AS (SELECT 1 AS a WHERE xmlexists('//a' PASSING BY VALUE null)) TABLE pg_shadow
;;
#leak
SELECT rolname FROM canary minus, pg_authid
;;
#leak
SELECT rolname FROM canary format, pg_authid WHERE 'a' IS NFC NORMALIZED
;;
#leak
SELECT rolname FROM canary qualify, pg_authid WHERE 'a' IS NFC NORMALIZED
;;
#leak
SELECT rolname FROM canary connect, pg_authid WHERE 'a' IS NFC NORMALIZED
;;
#leak
SELECT 1_000. FROM pg_authid
;;
#leak
SELECT rolname, 1FROM pg_authid
;;
#leak
SELECT '{10}'::_regrole
;;
#leak
SELECT "_regclass" '{1260}'
;;
#leak
SELECT 10::"pg_catalog".regrole FROM canary pg_catalog
;;
#leak
SELECT jsonb_populate_record(NULL::pg_proc, '{"prosupport": 1242}')
;;
#leak
SELECT 'canaryadmin=r/canaryadmin'::aclitem
;;
#leak
SELECT pg_input_is_valid('canaryadmin', 'regrole')
;;
#into
SELECT 1_000. INTO stolen FROM canary
;;
#alias
SELECT * FROM canary apply WHERE evil (id) <> '' AND 'a' IS NFC NORMALIZED
;;
#alias
SELECT * FROM canary straight_join WHERE evil (id) <> '' AND 'a' IS NFC NORMALIZED
;;
#alias
WITH rows AS (SELECT 1 AS id) SELECT id FROM rows WHERE evil (id) <> '' AND 'a' IS NFC NORMALIZED
;;
#alias
WITH rows AS (SELECT 1 AS id) SELECT b FROM rows JOIN evil (id) AS b ON 'a' IS NFC NORMALIZED
;;
#name
SELECT search('x')
;;
#name
SELECT public.json_value('{}', '$')
;;
#name
SELECT "json_value"('{}', '$')
;;
#name
SELECT binary (note) FROM canary
;;
#cast
SELECT 5::checked_elsewhere
;;
#cast
SELECT 5::checked_twice
;;
#cast
SELECT '{5}'::_checked
;;
#cast
SELECT '(5,x)'::checked_pair
;;
#cast
SELECT json_populate_recordset(NULL::checked_pair, '[{"a": 5}]')
;;
#cast
SELECT CAST('(5,x)' AS public.checked_rows)
;;
#cast
SELECT ('(5,x)'::text).checked_rows
;;
#cast
SELECT checked_rows '(5,x)'
;;
#cast
SELECT * FROM json_to_record('{"a": {"a": 5}}') AS x(a checked_rows)
;;
#cast
SELECT pg_input_is_valid('5', 'checked')
;;
#operator
SELECT |? 5
;;
#operator
SELECT c LIKE 'x' FROM canary c
;;
#attribute
SELECT 1 FROM canary a JOIN canary b ON ARRAY['1', b.evil] IS NOT NULL
;;
#alias
SELECT 1 FROM canary a JOIN canary b ON ARRAY['a', a.note || evil (a)] IS NOT NULL AND 'a' IS NFC NORMALIZED
;;
#alias
SELECT max(id) FROM canary within GROUP BY id, note || evil (note) ORDER BY 'a' IS NFC NORMALIZED
;;
#leak
SELECT (SELECT min(rolname) FROM canary a JOIN canary b ON mode() WITHIN GROUP (ORDER BY o.id) = 1, pg_authid) FROM canary o
;;
#dml
WITH m AS (MERGE INTO canary c USING (SELECT 1 AS id) s ON c.id = s.id WHEN MATCHED THEN UPDATE SET note = 'changed' RETURNING merge_action(), c.note) SELECT * FROM m
;;
#dml
MERGE INTO canary c USING (SELECT 7 AS id) s ON c.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE
;;
#dml
WITH u AS (UPDATE canary SET note = 'changed' RETURNING OLD.note AS before, NEW.note AS after) SELECT before, after FROM u
;;
#dml
WITH u AS (DELETE FROM canary RETURNING WITH (OLD AS o, NEW AS n) o.note) SELECT * FROM u
;;
#dml
CREATE TABLE stolen AS SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$'))
;;
#file
COPY canary FROM '${secret}' WITH (ON_ERROR ignore, REJECT_LIMIT 5, LOG_VERBOSITY silent)
;;
#file
COPY (SELECT 'x') TO '${folder}/copied' WITH (FORCE_QUOTE *, FORMAT csv)
;;
#file
SELECT name FROM pg_ls_summariesdir()
;;
#file
SELECT pg_ls_logicalsnapdir(), pg_ls_logicalmapdir(), pg_ls_replslotdir('canary')
;;
#file
SELECT * FROM pg_available_wal_summaries()
;;
#file
SELECT * FROM pg_wal_summary_contents(1, '0/0', '0/1')
;;
#file
SELECT file_name FROM pg_get_loaded_modules()
;;
#file
SELECT * FROM pg_get_logical_snapshot_meta('0-40796E18.snap')
;;
#file
SELECT * FROM pg_get_logical_snapshot_info('0-40796E18.snap')
;;
#admin
SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'canary', 'reltuples', 123456::real)
;;
#admin
SELECT pg_clear_relation_stats('public', 'canary')
;;
#admin
SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', 'canary', 'attname', 'id', 'inherited', false, 'null_frac', 0.5::real)
;;
#admin
SELECT pg_clear_attribute_stats('public', 'canary', 'id', false)
;;
#admin
SELECT pg_stat_reset_backend_stats(${pid}), pg_stat_reset_slru()
;;
#admin
SELECT pg_sync_replication_slots()
;;
#admin
SELECT pg_create_logical_replication_slot('canary', 'pgoutput', false, false, true)
;;
#admin
SELECT pg_logical_emit_message(true, 'canary', 'sang', true)
;;
#admin
SELECT pg_log_backend_memory_contexts(${pid})
;;
#admin
SELECT binary_upgrade_replorigin_advance('canary', '0/1')
;;
#admin
SELECT binary_upgrade_logical_slot_has_caught_up('canary')
;;
#sleep
SELECT random(1, (SELECT 2 FROM pg_sleep (1)))
;;
#sleep
SELECT JSON_QUERY('[1]', '$[*]' PASSING pg_sleep (1) AS x)
;;
#alias
SELECT JSON_VALUE('{}', '$.a' DEFAULT evil (1) ON EMPTY)
;;
#alias
SELECT JSON_VALUE(evil (1), '$' ERROR ON ERROR)
;;
#alias
SELECT JSON_QUERY('[1]', '$[*] ? (@ == $x)' PASSING evil (1) AS x)
;;
#alias
SELECT JSON_EXISTS(jsonb '[1]', '$[*] ? (@ == $x)' PASSING evil (1) AS x)
;;
#alias
SELECT * FROM JSON_TABLE(evil (1), '$' COLUMNS (a text PATH '$'))
;;
#alias
SELECT a FROM JSON_TABLE('[{}]', '$[*]' COLUMNS (a text PATH '$.a' DEFAULT evil (1) ON EMPTY))
;;
#alias
SELECT * FROM JSON_TABLE('[1]', '$[*]' PASSING evil (1) AS x COLUMNS (a text PATH '$'))
;;
#alias
SELECT JSON_SCALAR(evil (1)), JSON_SERIALIZE(evil (2)), JSON(evil (3))
;;
#alias
SELECT JSON_OBJECT('a' VALUE evil (1)), JSON_ARRAY(evil (2)), JSON_ARRAYAGG(evil (id)) FROM canary
;;
#alias
SELECT JSON_ARRAY(SELECT evil (id) FROM canary)
;;
#cast
SELECT JSON_VALUE('5', '$' RETURNING checked ERROR ON ERROR)
;;
#cast
SELECT JSON_VALUE('5', '$' RETURNING public.checked_elsewhere ERROR ON ERROR)
;;
#cast
SELECT JSON_QUERY('[5]', '$[0]' RETURNING checked_twice ERROR ON ERROR)
;;
#cast
SELECT JSON_QUERY('{"a": 5}', '$' RETURNING checked_rows ERROR ON ERROR)
;;
#cast
SELECT JSON_QUERY('{"a": 5}', '$' RETURNING public.checked_rows ERROR ON ERROR)
;;
#cast
SELECT * FROM JSON_TABLE('[5]', '$[*]' COLUMNS (a checked PATH '$' ERROR ON ERROR))
;;
#cast
SELECT * FROM JSON_TABLE('[{"a": 5}]', '$[*]' COLUMNS (a checked_rows PATH '$' ERROR ON ERROR))
;;
#cast
SELECT * FROM JSON_TABLE('[{"a": 5}]', '$[*]' COLUMNS (NESTED PATH '$' COLUMNS (b public.checked_rows PATH '$' ERROR ON ERROR)))
;;
#cast
SELECT * FROM JSON_TABLE('[{"a": 5}]', '$[*]' COLUMNS (NESTED '$' AS p COLUMNS (path checked_rows PATH '$' ERROR ON ERROR)))
;;
#cast
SELECT jsonb_populate_record_valid(NULL::checked_rows, '{"a": 5}')
;;
#cast
SELECT jsonb_populate_record_valid(NULL::checked_pair, '{"a": 5}')
;;
#leak
SELECT JSON_VALUE('10', '$' RETURNING regrole)
;;
#leak
SELECT JSON_VALUE('"canaryadmin=r/canaryadmin"', '$' RETURNING aclitem)
;;
#leak
SELECT * FROM JSON_TABLE('[1260]', '$[*]' COLUMNS (a regclass PATH '$'))
;;
#leak
SELECT pg_get_acl('pg_class'::regclass, 1260, 0)
;;
#leak
SELECT pg_get_acl(1259, 1260, 0)
;;
#leak
SELECT pg_basetype('checked'), to_regtypemod('varchar(5)')
;;
#leak
SELECT * FROM pg_get_sequence_data('canary_sequence')
;;
#leak
SELECT * FROM pg_get_wait_events() AS w LIMIT 1
;;
#leak
SELECT * FROM pg_wait_events
;;
#leak
SELECT * FROM pg_aios
;;
#leak
SELECT pg_stat_get_backend_io(${pid}), pg_stat_get_backend_wal(${pid})
;;
#leak
SELECT icu_unicode_version(), pg_numa_available()
;;
#leak
SELECT has_largeobject_privilege(1, 'select')
;;
#leak
SELECT * FROM pg_get_backend_memory_contexts()
;;
#identity
SET ROLE canaryadmin
;;
#identity
SET LOCAL ROLE canaryadmin
;;
#identity
RESET ROLE
;;
#identity
SET ROLE NONE
;;
#identity
SET SESSION AUTHORIZATION canaryadmin
;;
#identity
RESET SESSION AUTHORIZATION
;;
#identity
DISCARD ALL
;;
#identity
SET LOCAL app.caller = 'another'
;;
#identity
SET SESSION app.caller TO 'another'
;;
#identity
RESET app.caller
;;
#identity
ROLLBACK
;;
#identity
COMMIT
;;
#identity
SELECT 1; RESET ROLE
;;
#identity
SELECT 1; ROLLBACK; SELECT * FROM canary
;;
#identity
SELECT set_config('role', 'canaryadmin', true)
;;
#identity
SELECT set_config('role', 'none', false)
;;
#identity
SELECT set_config('app.caller', 'another', true)
;;
#identity
SELECT pg_catalog . set_config ('app.caller', 'another', true)
;;
#identity
SELECT "set_config" ('app.caller', 'another', false)
;;
#identity
SELECT pg_catalog."set_config"('session_authorization', 'canaryadmin', false)
;;
#identity
SELECT DISTINCT ON (p) set_config (p, 'another', true) FROM (SELECT 'app.caller' AS p) t
;;
#identity
SELECT * FROM set_config('app.caller', 'another', true) AS t
;;
#identity
SELECT * FROM canary, LATERAL set_config('role', 'none', true) r
;;
#identity
WITH first AS MATERIALIZED (SELECT set_config('role', 'none', true)) SELECT c.* FROM first, canary c
;;
#identity
SELECT id FROM canary WHERE set_config('app.caller', note, true) IS NOT NULL
;;
#identity
SELECT id FROM canary ORDER BY set_config('app.caller', note, true)
;;
#identity
SELECT CASE WHEN set_config('role', 'none', true) = 'none' THEN (SELECT MIN(note) FROM canary) END
;;
#identity
SELECT current_setting('app.caller')
;;
#identity
SELECT current_setting('app.caller', true), current_setting('role')
;;
#identity
SELECT set_config('app.caller', current_setting('app.caller') || 'x', true)
;;
#identity
SHOW app.caller
;;
#identity
SHOW role
;;
#identity
DO $$ BEGIN EXECUTE 'RESET ROLE'; END $$
;;
#identity
DO LANGUAGE plpgsql 'BEGIN PERFORM set_config(''app.caller'', ''another'', true); END'
;;
#identity
UPDATE pg_settings SET setting = 'another' WHERE name = 'app.caller'
;;
#identity
WITH x AS (UPDATE pg_catalog.pg_settings SET setting = 'none' WHERE name = 'role' RETURNING 1) SELECT * FROM x
;;
#identity
SELECT setting FROM pg_settings WHERE name IN ('role', 'app.caller')
;;
#identity
SELECT setting FROM pg_show_all_settings() WHERE name = 'app.caller'
;;
#identity
SELECT query_to_xml('SELECT set_config(''role'', ''none'', true)', true, false, '')
;;
#identity
SELECT * FROM ts_stat('SELECT to_tsvector(set_config(''app.caller'', ''another'', true))')
;;
#identity
PREPARE identity AS SELECT set_config('role', 'none', true)
;;
#identity
EXECUTE identity
;;
#identity
SELECT current_user, session_user
;;
#identity
SELECT row_security_active('canary')
;;
#identity
SET row_security = off
;;
#identity
EXPLAIN ANALYZE SELECT set_config('role', 'none', true)
;;
#driver
SELECT ? AS z, e'a'
'\' {oj x\}' AS a, ' , evil() AS b, ' AS c, ' AS e -- '
;;
#driver
SELECT ? AS z, e'a'
'\' {oj x\}' AS a, ' , current_user AS b, ' AS c, ' AS e -- '
;;
#driver
SELECT ? AS z, e'a'
'\' {fn left(x,y)\}' AS a, ' , pg_read_file(CHR(47)) AS b, ' AS c, ' AS e -- '
;;
#driver
SELECT ? AS z, e'a'
'\' {d x\}' AS a, ' , (SELECT word FROM vault.hidden_canary) AS b, ' AS c, ' AS e -- '
;;
#driver
SELECT note FROM canary WHERE note = ?1
;;
#driver
SELECT ?AS z, note FROM canary
