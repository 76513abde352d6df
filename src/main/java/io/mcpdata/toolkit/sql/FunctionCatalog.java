package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads from a database's own catalogue which functions its queries may call. Products whose catalogue does not list
 * functions, or not what a function does, use the platform's list.
 */
final class FunctionCatalog {

    /** MariaDB's functions that wait, lock, read files, show server details or change the session. */
    private static final Pattern MARIADB_DENIED =
            Pattern.compile("sleep|benchmark|load_file|.*_lock|.*_locks|master_.*|wsrep_.*"
                    + "|binlog_.*|nextval|lastval|setval|user|.*_user|.*_role|database|schema|version|connection_id|last_insert_id"
                    + "|row_count|found_rows|updatexml|extractvalue|name_const|encrypt|des_.*|old_password|password|uncompress"
                    + "|sql_.*|sys_.*|spider_.*|rownum|default|last_value|procedure|exec|execute");

    /** DuckDB's functions that read files, run text as SQL, or show or change details of the process. */
    private static final Pattern DUCKDB_DENIED =
            Pattern.compile("getenv|getvariable|current_.*|session_user|user|version|in_.*"
                    + "|txid_.*|pg_.*|has_.*|to_reg.*|(col|obj|shobj)_description|nextval|currval|setseed|read_.*|sniff_.*|glob"
                    + "|query.*|parquet_.*|duckdb_.*|pragma_.*|.*_scan|write_.*|copy_.*|get_block_size|add_parquet_key|sleep.*"
                    + "|set_.*|which_secret|json_execute.*|json_(de)?serialize_sql|json_serialize_plan|from_substrait.*|get_substrait.*"
                    + "|checkpoint|force_checkpoint|seq_scan|index_scan|repeat_row|error|write_log|parse_.*log.*|test_.*|storage_info"
                    + "|icu_calendar_names|summary|stat|stats|vector_type"
                    // these take states, plans and bytes of the engine without checking them
                    + "|__.*|finalize|combine|combine_aggr|to_aggregate_state|index_key|.*_byte_comparable"
                    + "|variant_to_parquet_variant|variant_bytes_to_variant|inet_.*");

    private static final Set<String> DUCKDB_TABLES =
            Set.of("range", "generate_series", "unnest", "repeat", "json_each", "json_tree");

    private static final String STORED_FUNCTIONS = "SELECT routine_name FROM information_schema.routines"
            + " WHERE routine_type = 'FUNCTION' AND routine_schema = DATABASE()";

    private static final String H2_FUNCTIONS = "SELECT routine_name FROM information_schema.routines";

    /** Domains whose values are checked, or are Java objects of the server. */
    private static final String H2_DOMAINS = "SELECT domain_name FROM information_schema.domains"
            + " WHERE data_type NOT IN ('CHARACTER VARYING', 'INTEGER', 'BIGINT', 'SMALLINT', 'NUMERIC', 'DATE', 'BOOLEAN')"
            + " OR parent_domain_name IS NOT NULL"
            + " UNION SELECT domain_name FROM information_schema.domain_constraints";

    private static final String SQLSERVER_FUNCTIONS =
            "SELECT name FROM sys.objects WHERE type IN ('FN', 'IF', 'TF', 'FS', 'FT', 'AF')";

    private static final String ORACLE_FUNCTIONS =
            "SELECT object_name FROM user_objects WHERE object_type = 'FUNCTION' UNION SELECT s.synonym_name"
                    + " FROM user_synonyms s JOIN all_objects o ON o.owner = s.table_owner AND o.object_name = s.table_name"
                    + " WHERE o.object_type = 'FUNCTION'";

    private FunctionCatalog() {}

    /** @throws SQLException if the catalogue cannot be read: then no function may be called */
    static FunctionRules read(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> PostgresFunctions.read(connection);
            case MARIADB -> mariaDb(connection);
            case DUCKDB -> duckDb(connection);
            case H2 -> h2(connection);
            case MYSQL -> FunctionRules.shipped(dialect).without(names(connection, STORED_FUNCTIONS), Set.of());
            case SQLSERVER -> FunctionRules.shipped(dialect).without(names(connection, SQLSERVER_FUNCTIONS), Set.of());
            case ORACLE -> FunctionRules.shipped(dialect).without(names(connection, ORACLE_FUNCTIONS), Set.of());
            // Trino lists its functions in some seconds, with those of catalogs that may send text elsewhere
            case TRINO, UNKNOWN -> FunctionRules.shipped(dialect);
        };
    }

    /**
     * The shipped names are those of all products, so a user's own function may have the name of another product's
     * function.
     */
    private static FunctionRules h2(Connection connection) throws SQLException {
        return FunctionRules.shipped(Dialect.H2)
                .without(names(connection, H2_FUNCTIONS), names(connection, H2_DOMAINS));
    }

    private static FunctionRules mariaDb(Connection connection) throws SQLException {
        Set<String> names = names(
                connection,
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'information_schema'"
                        + " AND table_name = 'SQL_FUNCTIONS'");
        if (names.contains("0")) {
            // MariaDB before 10.6
            return FunctionRules.shipped(Dialect.MARIADB).without(names(connection, STORED_FUNCTIONS), Set.of());
        }
        Set<String> functions = names(connection, "SELECT function FROM information_schema.sql_functions");
        // the database prefers its own function to a stored one of the same name
        Set<String> stored = names(connection, STORED_FUNCTIONS);
        stored.removeAll(functions);
        functions.removeIf(name -> MARIADB_DENIED.matcher(name).matches());
        return together(FunctionRules.shipped(Dialect.MARIADB), functions).without(stored, Set.of());
    }

    private static FunctionRules duckDb(Connection connection) throws SQLException {
        Set<String> functions = names(
                connection,
                "SELECT function_name FROM duckdb_functions() GROUP BY function_name HAVING bool_and(internal"
                        + " AND function_type IN ('scalar', 'aggregate', 'macro')"
                        + " AND coalesce(stability, 'CONSISTENT') <> 'VOLATILE')");
        functions.removeIf(name -> DUCKDB_DENIED.matcher(name).matches() || !name.matches("[a-z_][a-z0-9_]*"));
        functions.addAll(DUCKDB_TABLES);
        functions.addAll(Set.of("random", "uuid", "gen_random_uuid"));
        Set<String> macros = names(connection, "SELECT function_name FROM duckdb_functions() WHERE NOT internal");
        return FunctionRules.of(functions).without(macros, Set.of());
    }

    private static FunctionRules together(FunctionRules shipped, Set<String> ofTheDatabase) {
        Set<String> all = new HashSet<>(shipped.allowed());
        all.addAll(ofTheDatabase);
        return FunctionRules.of(all);
    }

    /** The first column, in lower case. */
    private static Set<String> names(Connection connection, String sql) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(String.valueOf(rows.getString(1)).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
