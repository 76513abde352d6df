package io.mcpdata.container.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The audit rows that a server left behind. It must have ended: its store takes nobody beside it. */
public final class StoredRows {

    private StoredRows() {}

    public static long count(Path dataDirectory, String condition) throws SQLException {
        String url = "jdbc:h2:file:" + dataDirectory.resolve("store/platform") + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
        try (Connection store = DriverManager.getConnection(url, "platform", "");
                Statement query = store.createStatement();
                ResultSet rows = query.executeQuery("SELECT COUNT(*) FROM audit_event WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
