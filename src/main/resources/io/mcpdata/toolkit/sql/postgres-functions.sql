SELECT p.proname AS name,
       n.nspname AS schema,
       e.extname AS extension,
       n.nspname = ANY (current_schemas(true)) AS visible,
       p.proname IN (SELECT word FROM pg_catalog.pg_get_keywords() WHERE catcode IN ('R', 'C')) AS reserved,
       bool_or(p.provolatile = 'v') AS volatile,
       bool_or(p.prokind = 'p') AS procedure,
       bool_and('internal'::regtype::oid = ANY (p.proargtypes::oid[])) AS uncallable,
       bool_or(p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1) AS unary,
       bool_or(EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[] || p.prorettype) AS u(t) WHERE u.t = ANY (ARRAY[
           'cstring', 'internal', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler', 'index_am_handler',
           'table_am_handler', 'tsm_handler', 'regclass', 'regproc', 'regprocedure', 'regoper', 'regoperator', 'regtype',
           'regrole', 'regnamespace', 'regcollation', 'aclitem', 'aclitem[]', 'refcursor',
           'pg_ddl_command']::regtype[]::oid[]))) AS inner_type
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     LEFT JOIN pg_catalog.pg_depend d
            ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
           AND d.refclassid = 'pg_catalog.pg_extension'::regclass
     LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE n.nspname <> 'information_schema'
GROUP BY p.proname, n.nspname, e.extname
