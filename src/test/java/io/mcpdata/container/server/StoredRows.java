package io.mcpdata.container.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The audit rows of a server that has ended. While it runs, its store accepts no second process. */
public final class StoredRows {

    private static final int HEAD = 8_192;

    private StoredRows() {}

    /** Whether the store was closed properly, which H2 records in the head of its file. */
    public static boolean areClosed(Path dataDirectory) throws IOException {
        try (InputStream file = Files.newInputStream(dataDirectory.resolve("store/platform.mv.db"))) {
            return new String(file.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(",clean:1,");
        }
    }

    public static long count(Path dataDirectory, String condition) throws SQLException {
        return number(dataDirectory, "COUNT(*)", condition);
    }

    /** @param what the requested number, such as {@code SUM(row_count)}; 0 where there is none */
    public static long number(Path dataDirectory, String what, String condition) throws SQLException {
        String url = "jdbc:h2:file:" + dataDirectory.resolve("store/platform") + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
        try (Connection store = DriverManager.getConnection(url, "platform", "");
                Statement query = store.createStatement();
                ResultSet rows = query.executeQuery("SELECT " + what + " FROM audit_event WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
