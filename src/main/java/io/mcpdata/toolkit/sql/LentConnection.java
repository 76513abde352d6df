package io.mcpdata.toolkit.sql;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A read-only connection without auto-commit. Closing rolls back, restores what was set and gives the connection back
 * to its pool, which may be the server's and used by others. Belongs to one thread.
 */
final class LentConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LentConnection.class.getName());

    private final LentSource source;
    private final Connection jdbc;
    private final boolean wasReadOnly;
    private final boolean wasAutoCommit;

    /** Takes the connection over: it is given back even if it cannot be made read-only. */
    LentConnection(LentSource source, Connection jdbc) throws SQLException {
        this.source = source;
        this.jdbc = jdbc;
        try {
            wasReadOnly = jdbc.isReadOnly();
            wasAutoCommit = jdbc.getAutoCommit();
            jdbc.setReadOnly(true);
            jdbc.setAutoCommit(false);
        } catch (SQLException | RuntimeException | Error e) {
            source.giveBack(jdbc);
            throw e;
        }
    }

    Connection jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        try {
            jdbc.rollback();
            jdbc.setAutoCommit(wasAutoCommit);
            jdbc.setReadOnly(wasReadOnly);
        } catch (SQLException e) {
            // the statement's own outcome matters more; the pool tests or drops a broken connection
            LOG.log(Level.DEBUG, "a connection could not be rolled back", e);
        } finally {
            source.giveBack(jdbc);
        }
    }
}
