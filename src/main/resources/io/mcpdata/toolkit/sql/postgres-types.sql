SELECT t.typname AS name, 'type' AS kind, n.nspname AS schema, p.proname AS function,
       e.extname AS extension, p.provolatile <> 'v' AS steady, '' AS text
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_proc p ON p.oid = t.typinput
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
     LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE n.nspname <> 'pg_catalog'
UNION ALL
SELECT t.typname, 'type', n.nspname, p.proname, e.extname, p.provolatile <> 'v', ''
FROM pg_catalog.pg_cast c
     JOIN pg_catalog.pg_type t ON t.oid IN (c.castsource, c.casttarget)
     JOIN pg_catalog.pg_namespace o ON o.oid = t.typnamespace
     JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
     LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE n.nspname <> 'pg_catalog' OR o.nspname <> 'pg_catalog'
UNION ALL
SELECT o.oprname, 'operator', n.nspname, p.proname, e.extname, p.provolatile <> 'v', ''
FROM pg_catalog.pg_operator o
     JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_namespace own ON own.oid = o.oprnamespace
     LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
     LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE own.nspname = ANY (current_schemas(true)) AND (n.nspname <> 'pg_catalog' OR p.provolatile = 'v')
UNION ALL
SELECT t.typname, 'domain', n.nspname, p.proname, e.extname, p.provolatile <> 'v', pg_catalog.pg_get_constraintdef(c.oid)
FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_type t ON t.oid = c.contypid
     LEFT JOIN pg_catalog.pg_depend u
            ON u.classid = 'pg_catalog.pg_constraint'::regclass AND u.objid = c.oid
           AND u.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
     LEFT JOIN pg_catalog.pg_operator o ON o.oid = u.refobjid AND u.refclassid = 'pg_catalog.pg_operator'::regclass
     LEFT JOIN pg_catalog.pg_proc p
            ON p.oid = CASE u.refclassid WHEN 'pg_catalog.pg_proc'::regclass THEN u.refobjid ELSE o.oprcode END
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
     LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE c.contypid <> 0
  AND t.typnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN ('information_schema', 'pg_catalog'))
