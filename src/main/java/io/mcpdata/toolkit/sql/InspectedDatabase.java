package io.mcpdata.toolkit.sql;

/**
 * The result of inspecting an opened database. Immutable.
 *
 * @param privileged whether the account has rights beyond reading tables, which the operator has allowed
 */
record InspectedDatabase(DatabaseProfile profile, DatabaseLimits limits, boolean privileged) {

    /**
     * Whether a session is closed instead of returned for the next caller. A function of a privileged account can leave
     * state in a session that no rollback removes: an open dblink connection, an advisory lock, a named lock. The SQL
     * guard refuses those functions; this is the second protection. An embedded database has no such functions.
     */
    boolean closesSessions() {
        return switch (profile.dialect()) {
            case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, ORACLE -> privileged;
            case H2, DUCKDB, TRINO, UNKNOWN -> false;
        };
    }
}
