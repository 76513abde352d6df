package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source, opened when first used, and how many of its connections are lent. Once retired it lends no more, and
 * closes when the last connection comes back, so that a changed entry ends no running statement. Thread-safe.
 */
final class LentSource {

    private static final Logger LOG = System.getLogger(LentSource.class.getName());

    /** A data source and how to be rid of it. */
    record Opened(DataSource data, AutoCloseable closing) {}

    /** Makes the data source. */
    interface Opening {
        Opened open() throws SQLException, NamingException;
    }

    private final String name;
    private final ConnectionSource source;
    private final Opening opening;
    private @Nullable Opened opened;
    private int lent;
    private boolean retired;

    LentSource(String name, ConnectionSource source, Opening opening) {
        this.name = name;
        this.source = source;
        this.opening = opening;
    }

    boolean isOf(ConnectionSource other) {
        return source.equals(other);
    }

    /** A connection, to be given back with {@link #giveBack}; waits for the pool, never for other data sources. */
    Connection lend() throws SQLException, NamingException {
        DataSource data = begin();
        try {
            return data.getConnection();
        } catch (SQLException | RuntimeException e) {
            end();
            throw e;
        }
    }

    void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection of " + name + " did not close", e);
        } finally {
            end();
        }
    }

    /** Lends no more; closes once everything has come back. */
    synchronized void retire() {
        retired = true;
        closeIfIdle();
    }

    /** Closes now, whoever still uses it. */
    synchronized void close() {
        retired = true;
        lent = 0;
        closeIfIdle();
    }

    private synchronized DataSource begin() throws SQLException, NamingException {
        if (retired) {
            throw new SQLException("the entry has just changed");
        }
        Opened known = opened;
        if (known == null) {
            known = opening.open();
            opened = known;
        }
        lent++;
        return known.data();
    }

    private synchronized void end() {
        lent--;
        closeIfIdle();
    }

    private void closeIfIdle() {
        Opened known = opened;
        if (!retired || lent > 0 || known == null) {
            return;
        }
        opened = null;
        try {
            known.closing().close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "connection " + name + " did not close: " + SqlErrors.forTheLog(e));
        }
    }
}
