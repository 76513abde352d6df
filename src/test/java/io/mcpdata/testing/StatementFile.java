package io.mcpdata.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Statements in one file, each behind a line that holds only two semicolons: they may hold comments of their own. */
public final class StatementFile {

    private static final Pattern BETWEEN = Pattern.compile("(?m)^;;$");

    private StatementFile() {}

    /** @param resource the absolute name of a test resource */
    public static List<String> statements(String resource) {
        return BETWEEN.splitAsStream(text(resource)).map(String::strip).toList();
    }

    /** Runs all statements of a file, such as one that fills a database. */
    public static void run(String resource, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements(resource)) {
                statement.execute(sql);
            }
        }
    }

    private static String text(String resource) {
        try (InputStream file = StatementFile.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
