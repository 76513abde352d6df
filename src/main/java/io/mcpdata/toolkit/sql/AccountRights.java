package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a database which rights its account has beyond reading tables. */
final class AccountRights {

    private static final String POSTGRESQL = """
            SELECT 'superuser' FROM pg_catalog.pg_roles
            WHERE rolname IN (current_user, session_user) AND rolsuper
            UNION
            SELECT 'member of ' || r.rolname FROM pg_catalog.pg_roles r
            WHERE r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
              AND (pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
                OR pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER'))
            UNION
            SELECT 'EXECUTE on ' || p.proname FROM pg_catalog.pg_proc p
              JOIN pg_catalog.pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
                AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
              JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'dblink'
            WHERE p.proname IN ('dblink', 'dblink_connect', 'dblink_connect_u', 'dblink_exec', 'dblink_open',
                'dblink_send_query')
              AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
            ORDER BY 1 DESC
            """;

    private static final Pattern OF_ALL_DATABASES = Pattern.compile("GRANT (.+) ON \\*\\.\\* TO .*");
    private static final Set<String> OF_MYSQL = Set.of("ALL PRIVILEGES", "FILE", "SUPER");
    private static final String H2 = "SELECT IS_ADMIN FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER";

    private AccountRights() {}

    /** @return the rights in the product's own words; empty if the account has none of them or the product is unknown */
    static List<String> beyondReading(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> texts(connection, POSTGRESQL);
            case MYSQL, MARIADB -> ofMySql(connection, dialect);
            case H2 -> unless(connection, "ADMIN", H2, "FALSE");
            case SQLSERVER -> unless(connection, "sysadmin", "SELECT IS_SRVROLEMEMBER('sysadmin')", "0");
            case ORACLE -> unless(connection, "DBA", "SELECT COUNT(*) FROM session_roles WHERE role = 'DBA'", "0");
            case DUCKDB -> ofDuckDb(connection);
            case TRINO, UNKNOWN -> List.of();
        };
    }

    /** The right, unless the database gives the one answer that means the account lacks it. */
    private static List<String> unless(Connection connection, String right, String question, String harmless)
            throws SQLException {
        List<String> answer = texts(connection, question).stream()
                .map(text -> text.toUpperCase(Locale.ROOT))
                .toList();
        return answer.equals(List.of(harmless)) ? List.of() : List.of(right);
    }

    private static List<String> ofDuckDb(Connection connection) throws SQLException {
        return Stream.of(
                        unless(
                                connection,
                                "enable_external_access is not false",
                                "SELECT current_setting('enable_external_access')",
                                "FALSE"),
                        unless(
                                connection,
                                "lock_configuration is not true",
                                "SELECT current_setting('lock_configuration')",
                                "TRUE"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The rights of the account, and of the roles that are active in its sessions and that the information schema does
     * not list.
     */
    private static List<String> ofMySql(Connection connection, Dialect dialect) throws SQLException {
        String grants = "SHOW GRANTS";
        boolean roles = connection.getMetaData().getDatabaseMajorVersion() >= 8;
        if (dialect == Dialect.MYSQL && roles) {
            String active = String.join(",", texts(connection, "SELECT CURRENT_ROLE()"));
            grants += active.equals("NONE") ? "" : " FOR CURRENT_USER() USING " + active;
        }
        return texts(connection, grants).stream()
                .map(OF_ALL_DATABASES::matcher)
                .filter(Matcher::matches)
                .flatMap(grant ->
                        Stream.of(grant.group(1).toUpperCase(Locale.ROOT).split(", ?")))
                .filter(OF_MYSQL::contains)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> texts(Connection connection, String question) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        }
        return texts;
    }
}
