SELECT pg_catalog.lower(whole.typname) AS name, pg_catalog.lower(part.typname) AS part,
       whole.typtype = 'c' AS is_row
FROM (SELECT oid AS whole, typbasetype AS part FROM pg_catalog.pg_type WHERE typbasetype <> 0
      UNION ALL
      SELECT oid, typelem FROM pg_catalog.pg_type WHERE typelem <> 0 AND typcategory = 'A'
      UNION ALL
      SELECT rngtypid, rngsubtype FROM pg_catalog.pg_range
      UNION ALL
      SELECT t.oid, a.atttypid FROM pg_catalog.pg_type t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid
      WHERE t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped) p
     JOIN pg_catalog.pg_type whole ON whole.oid = p.whole
     JOIN pg_catalog.pg_type part ON part.oid = p.part
WHERE part.typnamespace <> 'pg_catalog'::regnamespace OR part.typname ~ '^_?(reg|aclitem)' OR part.typelem <> 0
