package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;

/**
 * What a database reports about itself. Read once for each opened data source. Immutable.
 *
 * @param product the product's name, as its driver gives it
 * @param version the product's version, as its driver gives it
 * @param identifierQuote the quote around names; empty if the database has none
 * @param syntax how this connection reads SQL text
 * @param functions what its queries may call
 * @param ofAllCatalogs whether each name of a schema begins with its catalog, as {@link SchemaNaming}
 */
record DatabaseProfile(
        Dialect dialect,
        String product,
        String version,
        String identifierQuote,
        SqlSyntax syntax,
        FunctionRules functions,
        boolean ofAllCatalogs) {

    JsonObjectBuilder toJson() {
        return Json.object().add("product", product).add("version", version).add("identifierQuote", identifierQuote);
    }

    /** @throws SQLException if the database does not report it: then no statement may run on it */
    static DatabaseProfile read(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        String product = Objects.requireNonNullElse(metadata.getDatabaseProductName(), "");
        Dialect dialect = Dialect.of(product);
        return new DatabaseProfile(
                dialect,
                product,
                Objects.requireNonNullElse(metadata.getDatabaseProductVersion(), ""),
                Objects.requireNonNullElse(metadata.getIdentifierQuoteString(), "")
                        .strip(),
                syntax(connection, dialect),
                FunctionCatalog.read(connection, dialect),
                SchemaNaming.isOfAllCatalogs(metadata, dialect));
    }

    private static SqlSyntax syntax(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL ->
                new SqlSyntax(
                        dialect,
                        !setting(connection, "SHOW standard_conforming_strings").equals("on"),
                        false,
                        false);
            case MYSQL, MARIADB -> {
                String mode = setting(connection, "SELECT @@sql_mode").toUpperCase(Locale.ROOT);
                yield new SqlSyntax(
                        dialect,
                        !mode.contains("NO_BACKSLASH_ESCAPES"),
                        !mode.contains("ANSI"),
                        mode.contains("MSSQL"));
            }
            case H2 -> {
                String mode = setting(
                        connection,
                        "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'MODE'");
                yield new SqlSyntax(dialect, false, false, mode.equals("MSSQLServer"));
            }
            case SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> SqlSyntax.of(dialect);
        };
    }

    private static String setting(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Objects.requireNonNullElse(row.getString(1), "") : "";
        }
    }
}
