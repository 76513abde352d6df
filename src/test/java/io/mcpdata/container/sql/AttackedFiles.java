package io.mcpdata.container.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A file that an embedded DuckDB of the server reads, as the account that may read and write the secret file too. */
final class AttackedFiles implements AttackedDatabase {

    private static final String CONTENT = "id,note\n1,one\n2,two\n3,three\n";

    private final Path file;
    private final String secret;

    AttackedFiles(Path directory, Map<String, String> values) throws IOException, SQLException {
        file = Files.writeString(directory.resolve("canary.csv"), CONTENT);
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT content FROM read_text('" + values.get("secret") + "')")) {
            row.next();
            secret = row.getString(1);
        }
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String url() {
        return file.toString();
    }

    @Override
    public String source() {
        return "files: {canary: \"" + file + "\"}, memory_mb: 128, threads: 1";
    }

    @Override
    public Map<String, String> values() {
        return Map.of("canary", file.toString());
    }

    @Override
    public List<String> changes() {
        try {
            return Files.readString(file).equals(CONTENT) ? List.of() : List.of("changed the file");
        } catch (IOException e) {
            return List.of("removed the file");
        }
    }

    @Override
    public void repair() {
        try {
            Files.writeString(file, CONTENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String secretAsTheAccountReadsIt() {
        return secret;
    }

    /** It runs in the server, whose processor time is looked at. */
    @Override
    public boolean busy() {
        return false;
    }

    @Override
    public void close() {}
}
