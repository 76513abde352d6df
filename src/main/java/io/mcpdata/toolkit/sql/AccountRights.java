package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Asks a database which rights its account has that reach beyond reading tables. */
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

    private static final Set<String> OF_MYSQL = Set.of("FILE", "SUPER");
    private static final String H2 = "SELECT IS_ADMIN FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER";

    private AccountRights() {}

    /** @return the rights in the product's own words; empty if the account has none of them or the product is unknown */
    static List<String> beyondReading(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> texts(connection, POSTGRESQL);
            case MYSQL, MARIADB -> ofMySql(connection);
            case H2 -> unless(connection, "ADMIN", H2, "FALSE");
            case SQLSERVER -> unless(connection, "sysadmin", "SELECT IS_SRVROLEMEMBER('sysadmin')", "0");
            case ORACLE -> unless(connection, "DBA", "SELECT COUNT(*) FROM session_roles WHERE role = 'DBA'", "0");
            case DUCKDB -> ofDuckDb(connection);
            case TRINO, UNKNOWN -> List.of();
        };
    }

    /** The right, unless the database gives exactly the one answer that denies it. */
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

    /** Of the account and of the roles that are active in its sessions. */
    private static List<String> ofMySql(Connection connection) throws SQLException {
        List<String> rights = new ArrayList<>();
        Set<String> owners = new java.util.HashSet<>(texts(connection, "SELECT CURRENT_USER()"));
        for (String roles : texts(connection, "SELECT COALESCE(CURRENT_ROLE(), 'NONE')")) {
            Stream.of(roles.split(",")).map(AccountRights::unquoted).forEach(owners::add);
        }
        try (PreparedStatement asked = connection.prepareStatement(
                        "SELECT grantee, privilege_type FROM information_schema.user_privileges");
                ResultSet rows = asked.executeQuery()) {
            while (rows.next()) {
                String owner = unquoted(rows.getString(1));
                // MariaDB names a role without a host, and writes the empty host only sometimes
                String role = owner.endsWith("@") ? owner.substring(0, owner.length() - 1) : owner;
                if (OF_MYSQL.contains(rows.getString(2)) && (owners.contains(owner) || owners.contains(role))) {
                    rights.add(rows.getString(2));
                }
            }
        }
        return rights.stream().distinct().sorted().toList();
    }

    private static String unquoted(String account) {
        return account.strip().replace("'", "").replace("`", "");
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
