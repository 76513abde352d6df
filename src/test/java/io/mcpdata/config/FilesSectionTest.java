package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code connections.<name>.files}. */
final class FilesSectionTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("orders.parquet"), "PAR1");
        Files.writeString(folder.resolve("visits.CSV"), "a\n1\n");
        Files.writeString(folder.resolve("notes.txt"), "a");
        Files.writeString(folder.resolve("it's.csv"), "a");
        Files.createDirectory(folder.resolve("folder.csv"));
    }

    private ConfigReading read(String connection) {
        try {
            Path file =
                    Files.writeString(folder.resolve("platform.yaml"), "connections:\n  lake: {" + connection + "}\n");
            return new PlatformConfigReader(name -> Optional.empty()).read(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void filesAreReadWithTheirLimits() {
        assertThat(source("files: {orders: orders.parquet, Visits: visits.CSV}, memory_mb: 64, threads: 1"))
                .isEqualTo(new ConnectionSource.Files(
                        Map.of("orders", folder.resolve("orders.parquet"), "Visits", folder.resolve("visits.CSV")),
                        64,
                        1));
        assertThat(source("files: {orders: '" + folder.resolve("orders.parquet") + "'}"))
                .isEqualTo(new ConnectionSource.Files(Map.of("orders", folder.resolve("orders.parquet")), 512, 2));
    }

    private ConnectionSource source(String connection) {
        ConfigReading reading = read(connection);
        assertThat(reading.errors()).isEmpty();
        return reading.config().orElseThrow().connections().get(0).source();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "files: {orders: gone.parquet}            | files.orders: found \"gone.parquet\": no readable file; expected a file",
                "files: {orders: folder.csv}              | files.orders: found \"folder.csv\": no readable file",
                "files: {orders: notes.txt}               | files.orders: found \"notes.txt\": another ending; expected a file whose name ends with .parquet, .csv",
                "files: {orders: \"it's.csv\"}            | : a special character in its path",
                "files: {orders: '*.csv'}                 | : a special character in its path",
                "files: {orders: }                        | files.orders: found no path",
                "files: {2orders: orders.parquet}         | files.2orders: found a name that a view cannot have",
                "files: {pg_class: orders.parquet}        | files.pg_class: found a name that a view cannot have",
                "files: {a: orders.parquet, A: visits.CSV} | files.A: found a name that differs from another one only in case",
                "files: {}                                | files: found 0 files; expected 1 to 100 files",
                "files: {a: visits.CSV}, url: 'jdbc:x:y'  | found url and files; expected exactly one of jndi, url, demo and files",
                "files: {a: visits.CSV}, memory_mb: 1     | memory_mb: found \"1\"; expected a whole number from 64 to",
                "files: {a: visits.CSV}, threads: 0       | threads: found \"0\"; expected a whole number from 1 to 256",
                "demo: retail, threads: 2                 | threads: found it without files; expected it beside files only",
                "files: {a: visits.CSV}, plan_limits: {rows: 1} | plan_limits: found limits for a database whose plans are not read",
                "files: {a: visits.CSV}, identity: {variables: {a: name}} | identity: found an identity for a database that has none",
            })
    void mistakesAreNamed(String connection, String problem) {
        assertThat(read(connection).errors().toString()).contains(problem);
    }
}
