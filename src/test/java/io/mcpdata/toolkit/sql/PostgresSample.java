package io.mcpdata.toolkit.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The sample tables of {@code postgres.sql}, and what else runs on their server. */
final class PostgresSample {

    private PostgresSample() {}

    static void load(Connection owner) throws IOException, SQLException {
        try (var script = PostgresSample.class.getResourceAsStream("postgres.sql");
                Statement sql = owner.createStatement()) {
            sql.execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** How many statements of other sessions that contain this text are running. */
    static int running(Connection owner, String part) throws SQLException {
        try (PreparedStatement sql = owner.prepareStatement("SELECT COUNT(*) FROM pg_stat_activity"
                + " WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || ? || '%'")) {
            sql.setString(1, part);
            try (ResultSet row = sql.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
