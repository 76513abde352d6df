package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Objects;

/**
 * What a database says of itself. Read once for each opened data source. Immutable.
 *
 * @param product the product's name, as its driver gives it
 * @param version the product's version, as its driver gives it
 * @param identifierQuote the quote around names; empty if the database has none
 */
record DatabaseProfile(Dialect dialect, String product, String version, String identifierQuote) {

    static DatabaseProfile read(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        String product = Objects.requireNonNullElse(metadata.getDatabaseProductName(), "");
        return new DatabaseProfile(
                Dialect.of(product),
                product,
                Objects.requireNonNullElse(metadata.getDatabaseProductVersion(), ""),
                Objects.requireNonNullElse(metadata.getIdentifierQuoteString(), "")
                        .strip());
    }
}
