package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** Reads what a database may not report, without harm to the transaction if it does not. */
final class OptionalReading {

    private static final Logger LOG = System.getLogger(OptionalReading.class.getName());

    private static final String QUERY_CANCELED = "57014";

    private OptionalReading() {}

    interface Reading {
        void read() throws SQLException;
    }

    /**
     * A failure costs this reading only; PostgreSQL refuses all statements after one that failed, up to a savepoint.
     *
     * @throws SQLException if the connection is lost, or the statement was cancelled or took too long
     */
    static void attempt(Connection connection, Dialect dialect, Reading reading) throws SQLException {
        @Nullable Savepoint before = dialect == Dialect.POSTGRESQL ? connection.setSavepoint() : null;
        try {
            reading.read();
        } catch (SQLException e) {
            if (connection.isClosed() || QUERY_CANCELED.equals(e.getSQLState())) {
                throw e;
            }
            LOG.log(Level.DEBUG, "the database does not report something about its tables", e);
            if (before != null) {
                connection.rollback(before);
            } else if (dialect == Dialect.TRINO) {
                // it has no savepoints, and refuses all statements of the transaction after one that failed
                connection.rollback();
            }
        }
    }
}
