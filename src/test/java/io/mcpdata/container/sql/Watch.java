package io.mcpdata.container.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** The owner's view of a database: one text with its state, which no attack may change. */
final class Watch implements AutoCloseable {

    private final Connection owner;
    private final String query;
    private String state = "";

    /** @param query returns the state as one text */
    Watch(Connection owner, String query) {
        this.owner = owner;
        this.query = query;
    }

    void run(List<String> statements) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void begin() {
        state = look();
    }

    List<String> changes() {
        List<String> changes = new ArrayList<>();
        String now = look();
        if (!now.equals(state)) {
            changes.add("changed the database from " + state + " to " + now);
            state = now;
        }
        return changes;
    }

    /** Puts back the rows of the table. */
    void repair() {
        try {
            run(List.of("DELETE FROM canary", "INSERT INTO canary VALUES (1, 'one'), (2, 'two'), (3, 'three')"));
            begin();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean notified() {
        try {
            return owner.unwrap(PGConnection.class).getNotifications().length > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    private String look() {
        try {
            return text(query);
        } catch (IllegalStateException e) {
            return e.getMessage() + ": " + e.getCause();
        }
    }

    String text(String sql) {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("the owner cannot look", e);
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
