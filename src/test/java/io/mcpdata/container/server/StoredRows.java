package io.mcpdata.container.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

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
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongPredicate;

/**
 * The audit rows of a server that has ended, or in a copy of its file. While a server runs, its store accepts no second
 * process.
 */
public final class StoredRows {

    private static final int HEAD = 8_192;
    private static final Duration TO_BE_STORED = Duration.ofSeconds(10);
    private static final String FILE = "platform.mv.db";

    private StoredRows() {}

    /** Whether the store was closed properly, which H2 records in the head of its file. */
    public static boolean areClosed(Path dataDirectory) throws IOException {
        try (InputStream file =
                Files.newInputStream(dataDirectory.resolve("store").resolve(FILE))) {
            return new String(file.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(",clean:1,");
        }
    }

    /**
     * Waits until the running server has stored as many rows. They are read from a copy of its file: what would be left if the
     * process ended at once, which lacks the rows of the last second.
     */
    public static void awaitCount(Platform platform, String condition, long expected) throws IOException, SQLException {
        await(platform, condition, found -> found == expected, String.valueOf(expected));
    }

    /** Waits until the running server has stored a row. */
    public static void awaitAny(Platform platform, String condition) throws IOException, SQLException {
        await(platform, condition, found -> found > 0, "at least one");
    }

    private static void await(Platform platform, String condition, LongPredicate enough, String expected)
            throws IOException, SQLException {
        Path copy = platform.configurationFile().resolveSibling("copied-data");
        Path file = Files.createDirectories(copy.resolve("store")).resolve(FILE);
        long end = System.nanoTime() + TO_BE_STORED.toNanos();
        long found;
        do {
            Files.copy(platform.dataDirectory().resolve("store").resolve(FILE), file, REPLACE_EXISTING);
            found = count(copy, condition);
        } while (!enough.test(found) && System.nanoTime() < end);
        if (!enough.test(found)) {
            throw new AssertionError("found " + found + " rows, expected " + expected + ": " + condition);
        }
    }

    /** A condition for rows that are not older than this. */
    public static String since(Instant begin) {
        return " AND occurred_at >= TIMESTAMP WITH TIME ZONE '" + begin + "'";
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
