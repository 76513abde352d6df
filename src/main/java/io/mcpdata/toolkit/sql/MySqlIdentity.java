package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB: role and user variables belong to the session, so they are reset after the rollback. */
final class MySqlIdentity implements SessionIdentity {

    private static final String ROLE = "SET ROLE ";

    private final DatabaseIdentity caller;
    private final Dialect dialect;
    private final Connection connection;
    /** Returns the session to its former role; null until the role is changed. */
    private @Nullable String restoring;

    MySqlIdentity(DatabaseIdentity caller, Dialect dialect, Connection connection) {
        this.caller = caller;
        this.dialect = dialect;
        this.connection = connection;
    }

    @Override
    public void set() throws SQLException {
        for (Map.Entry<String, String> variable : caller.variables().entrySet()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("SET @" + quoted(variable.getKey()) + " = ?")) {
                statement.setString(1, variable.getValue());
                statement.execute();
            }
        }
        if (caller.role().isPresent()) {
            if (restoring == null) {
                restoring = restoring();
            }
            execute(ROLE + quoted(caller.role().get()));
        }
    }

    @Override
    public void clear() throws SQLException {
        if (restoring != null) {
            execute(restoring);
        }
        for (String name : caller.variables().keySet()) {
            execute("SET @" + quoted(name) + " = NULL");
        }
    }

    /** MariaDB has one role at a time and cannot return to the default by name; MySQL can. */
    private String restoring() throws SQLException {
        if (dialect == Dialect.MYSQL) {
            return ROLE + "DEFAULT";
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_ROLE()")) {
            row.next();
            @Nullable String role = row.getString(1);
            return ROLE + (role == null ? "NONE" : quoted(role));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Objects.requireNonNull(sql));
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
