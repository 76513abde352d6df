package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.util.List;

/** Queries about one table, whose parameters are its schema and name. */
final class TableFactQueries {

    private static final String POSTGRESQL_TABLE = """
            SELECT c.reltuples AS row_estimate,
              CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
              CASE WHEN c.relkind = 'p'
                THEN (SELECT COUNT(*) FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid) END AS partitions,
              CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END AS view_definition
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?""";

    private static final String POSTGRESQL_ENUMERATIONS = """
            SELECT a.attname, e.enumlabel
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
              JOIN pg_catalog.pg_enum e ON e.enumtypid = a.atttypid
            WHERE n.nspname = ? AND c.relname = ? ORDER BY a.attnum, e.enumsortorder""";

    private static final String VIEW =
            "SELECT view_definition FROM information_schema.views WHERE table_schema = ? AND table_name = ?";

    private static final List<String> MYSQL_TABLE = List.of(
            "SELECT table_rows AS row_estimate FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            """
            SELECT CONCAT(partition_method, ' (', COALESCE(partition_expression, ''), ')') AS partition_key,
              COUNT(DISTINCT partition_name) AS partitions
            FROM information_schema.partitions
            WHERE table_schema = ? AND table_name = ? AND partition_name IS NOT NULL
            GROUP BY partition_method, partition_expression""",
            VIEW);

    private static final String MYSQL_ENUMERATIONS = "SELECT column_name, column_type FROM information_schema.columns"
            + " WHERE table_schema = ? AND table_name = ? AND data_type IN ('enum', 'set') ORDER BY ordinal_position";

    private static final List<String> H2_TABLE = List.of(
            "SELECT row_count_estimate AS row_estimate FROM information_schema.tables"
                    + " WHERE table_schema = ? AND table_name = ? AND table_type = 'BASE TABLE'",
            VIEW);

    private static final String H2_ENUMERATIONS = """
            SELECT c.column_name, e.value_name
            FROM information_schema.columns c JOIN information_schema.enum_values e
              ON e.object_schema = c.table_schema AND e.object_name = c.table_name AND e.object_type = 'TABLE'
                AND e.enum_identifier = c.dtd_identifier
            WHERE c.table_schema = ? AND c.table_name = ? ORDER BY c.ordinal_position, e.value_ordinal""";

    private TableFactQueries() {}

    /** Each gives one row at most, whose columns are facts. */
    static List<String> ofTable(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> List.of(POSTGRESQL_TABLE);
            case MYSQL, MARIADB -> MYSQL_TABLE;
            case H2 -> H2_TABLE;
            case TRINO -> List.of(VIEW);
            case SQLSERVER, ORACLE, DUCKDB, UNKNOWN -> List.of();
        };
    }

    /** Gives names of columns with one value each; empty if the database has no enumerations. */
    static String ofEnumerations(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> POSTGRESQL_ENUMERATIONS;
            case MYSQL, MARIADB -> MYSQL_ENUMERATIONS;
            case H2 -> H2_ENUMERATIONS;
            case SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> "";
        };
    }
}
