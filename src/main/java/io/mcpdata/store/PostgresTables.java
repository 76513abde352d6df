package io.mcpdata.store;

import io.mcpdata.config.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;

/** Brings the tables of a PostgreSQL database to the newest version, if it is a database that can be the store. */
final class PostgresTables {

    private static final String TAKES_ROWS =
            "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'";

    private PostgresTables() {}

    /** @throws StoreUnavailableException if the driver does not know the URL */
    static void check(ConnectionSource.Url url) {
        if (!new Driver().acceptsURL(url.url().reveal())) {
            // the errors of others would show the URL, which may have a password
            throw new StoreUnavailableException(
                    "the platform store cannot be opened: database.url is not a URL as PostgreSQL's driver has them, such"
                            + " as jdbc:postgresql://host:5432/database");
        }
    }

    /** @throws StoreUnavailableException saying what to do */
    static void migrate(DataSource database) {
        try {
            check(database);
            Migrations.apply(database, MigrationScripts.postgresql());
        } catch (SQLException | FlywayException | JdbiException e) {
            throw unavailable(e);
        }
    }

    /** @throws StoreUnavailableException if it is another product, or takes no changes */
    static void check(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw new StoreUnavailableException(
                        "the platform store cannot be opened: database.jndi names a database" + " of " + product
                                + ", and PostgreSQL is expected");
            }
        }
        if (!Jdbi.create(database).withHandle(PostgresTables::takesRows)) {
            throw new StoreUnavailableException(
                    "the platform store cannot be opened: the database takes no changes. Let"
                            + " the URL or the data source lead to the primary server");
        }
    }

    static boolean takesRows(Handle handle) {
        return handle.createQuery(TAKES_ROWS).mapTo(Boolean.class).one();
    }

    /** The error has the host and the account, but never a password. */
    static StoreUnavailableException unavailable(Exception cause) {
        return new StoreUnavailableException(
                "the platform store cannot be opened: PostgreSQL (section database) does not answer, refuses this"
                        + " account, or has other tables in its schema; the cause follows",
                cause);
    }
}
