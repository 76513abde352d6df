package io.mcpdata.toolkit.sql.guard;

import java.util.Locale;

/** The SQL dialects that the guard knows. Any other product gets the strict subset that all dialects share. */
public enum Dialect {
    H2,
    POSTGRESQL,
    MYSQL,
    MARIADB,
    SQLSERVER,
    ORACLE,
    TRINO,
    DUCKDB,
    UNKNOWN;

    /** MySQL and MariaDB, which read SQL text in the same way. */
    public boolean isMySql() {
        return this == MYSQL || this == MARIADB;
    }

    /** @param product the name from {@code DatabaseMetaData.getDatabaseProductName} */
    public static Dialect of(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mysql" -> MYSQL;
            case "mariadb" -> MARIADB;
            case "microsoft sql server" -> SQLSERVER;
            case "oracle" -> ORACLE;
            case "trino" -> TRINO;
            case "duckdb" -> DUCKDB;
            default -> UNKNOWN;
        };
    }
}
