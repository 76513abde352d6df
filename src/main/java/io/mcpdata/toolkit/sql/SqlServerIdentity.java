package io.mcpdata.toolkit.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** SQL Server: keys of the session context, which outlive the transaction and are cleared after it. */
record SqlServerIdentity(DatabaseIdentity caller, Connection connection) implements SessionIdentity {

    private static final String SET = "EXEC sys.sp_set_session_context @key = ?, @value = ?";
    private static final String CLEAR = "EXEC sys.sp_set_session_context @key = ?, @value = NULL";

    @Override
    public void set() throws SQLException {
        for (Map.Entry<String, String> variable : caller.variables().entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(SET)) {
                statement.setString(1, variable.getKey());
                statement.setString(2, variable.getValue());
                statement.execute();
            }
        }
    }

    @Override
    public void clear() throws SQLException {
        for (String name : caller.variables().keySet()) {
            try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
                statement.setString(1, name);
                statement.execute();
            }
        }
    }
}
