package io.mcpdata.toolkit.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * PostgreSQL: settings of the transaction, which its end undoes. {@code set_config('role', ..., true)} is {@code SET
 * LOCAL ROLE} with the name as a parameter.
 */
record PostgresIdentity(DatabaseIdentity caller, Connection connection) implements SessionIdentity {

    @Override
    public void set() throws SQLException {
        if (connection.getAutoCommit()) {
            throw new SQLException("the pool keeps auto-commit on, so a setting would end with its own statement");
        }
        List<Map.Entry<String, String>> settings =
                new ArrayList<>(caller.variables().entrySet());
        // last, because the role may be allowed less than the account
        caller.role().ifPresent(role -> settings.add(Map.entry("role", role)));
        String sql = settings.stream()
                .map(setting -> "pg_catalog.set_config(?, ?, true)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < settings.size(); i++) {
                statement.setString(2 * i + 1, settings.get(i).getKey());
                statement.setString(2 * i + 2, settings.get(i).getValue());
            }
            check(statement, settings);
        }
    }

    private static void check(PreparedStatement statement, List<Map.Entry<String, String>> settings)
            throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            boolean set = row.next();
            for (int i = 0; set && i < settings.size(); i++) {
                set = settings.get(i).getValue().equals(row.getString(i + 1));
            }
            if (!set) {
                throw new SQLException("the database answered with another setting");
            }
        }
    }

    @Override
    public void clear() {}
}
