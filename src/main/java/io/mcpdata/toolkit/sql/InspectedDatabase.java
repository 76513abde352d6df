package io.mcpdata.toolkit.sql;

/**
 * What is known of an opened database. Immutable.
 *
 * @param privileged whether the account may have rights beyond reading tables, which the operator has allowed
 */
record InspectedDatabase(DatabaseProfile profile, DatabaseLimits limits, boolean privileged) {

    /**
     * Whether a session is closed rather than given to the next caller. A function of a privileged account can leave in a
     * session what no rollback takes away: an open dblink connection, an advisory lock, a named lock. The SQL guard refuses
     * those functions; this is the wall behind it. An embedded database has no such functions.
     */
    boolean closesSessions() {
        return switch (profile.dialect()) {
            case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, ORACLE -> privileged;
            case H2, DUCKDB, TRINO, UNKNOWN -> false;
        };
    }
}
