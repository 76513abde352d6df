package io.mcpdata.container.sql;

import io.mcpdata.testing.Attack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * H2 in a file, with an administrator. The attacked server opens it in its own process, so the owner can read it only
 * before the server's start and after its end.
 */
final class AttackedH2 implements AttackedDatabase {

    private static final String OWNER = "sa";

    private final Path file;
    private final List<String> before;
    private final String secret;

    AttackedH2(Path directory, Map<String, String> values) throws SQLException {
        file = directory.resolve("canary");
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            for (String sql : Attack.setup(name(), values)) {
                statement.execute(sql);
            }
        }
        before = content();
        try (Connection administrator = DriverManager.getConnection(url(), ADMINISTRATOR, values.get("password"));
                Statement statement = administrator.createStatement();
                ResultSet row = statement.executeQuery("SELECT FILE_READ('" + values.get("secret") + "', 'UTF-8')")) {
            row.next();
            secret = row.getString(1);
        }
    }

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public String url() {
        return "jdbc:h2:file:" + file + ";IFEXISTS=TRUE";
    }

    @Override
    public Map<String, String> values() {
        return Map.of();
    }

    @Override
    public List<String> changes() {
        return List.of();
    }

    /** The server has the file open: the check at the end finds what was changed. */
    @Override
    public void repair() {}

    @Override
    public String secretAsTheAccountReadsIt() {
        return secret;
    }

    /** The work of the server as a whole, measured by its processor time. */
    @Override
    public boolean busy() {
        return false;
    }

    /** The differences from the beginning, once the server has closed the file. */
    List<String> changesAfterTheServersEnd() throws SQLException {
        List<String> changes = new ArrayList<>(content());
        changes.removeAll(before);
        return changes;
    }

    boolean hasAsManyObjects() throws SQLException {
        return content().size() == before.size();
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + file, OWNER, "");
    }

    private List<String> content() throws SQLException {
        try (Connection owner = owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SCRIPT NOSETTINGS")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    @Override
    public void close() {}
}
