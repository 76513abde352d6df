package io.mcpdata.toolkit.sql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Oracle: the client identifier, as {@code SYS_CONTEXT('USERENV', 'CLIENT_IDENTIFIER')} returns it. The procedure is used
 * and not {@code setClientInfo}, because the driver sends that only with a later statement and reports no error.
 */
record OracleIdentity(DatabaseIdentity caller, Connection connection) implements SessionIdentity {

    /** Oracle cuts a longer identifier, and two callers could have the same. */
    static final int LONGEST = 64;

    @Override
    public void set() throws SQLException {
        for (String value : caller.variables().values()) {
            try (CallableStatement call = connection.prepareCall("BEGIN DBMS_SESSION.SET_IDENTIFIER(?); END;")) {
                call.setString(1, value);
                call.execute();
            }
        }
    }

    @Override
    public void clear() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN DBMS_SESSION.CLEAR_IDENTIFIER; END;");
        }
    }
}
