package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCommandTest {

    private static final String MADE =
            "{\"file\":\"/var/lib/p/backups/store-1.zip\",\"bytes\":4096,\"sha256\":\"ab12\","
                    + "\"newest_audit_row\":17}";

    @TempDir
    Path directory;

    private final RecordingTerminal terminal = new RecordingTerminal().with("MCP_API_KEY", "own-admin-key-0123456789");

    @Test
    void backupPrintsThePathAloneOnStandardOutput() throws IOException {
        try (RecordingAdmin admin = new RecordingAdmin()) {
            admin.answering(201, MADE);

            assertThat(terminal.run("store", "backup", "--url", admin.url())).isZero();

            assertThat(terminal.out()).isEqualTo("/var/lib/p/backups/store-1.zip\n");
            assertThat(terminal.err()).isEqualTo("4096 bytes, with audit rows up to 17. SHA-256: ab12\n");
            assertThat(admin.asked().get(0).method()).isEqualTo("POST");
            assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/store/backup");
        }
    }

    @Test
    void backupThatTheServerCannotMakeFails() throws IOException {
        try (RecordingAdmin admin = new RecordingAdmin()) {
            admin.answering(503, "{\"detail\":\"No backup was made.\"}").retryAfter("5");

            assertThat(terminal.run("store", "backup", "--url", admin.url())).isEqualTo(1);

            assertThat(terminal.out()).isEmpty();
            assertThat(terminal.err())
                    .contains("503: the server cannot answer now; try again in 5 s: No backup was made.");
        }
    }

    @Test
    void restoreNeedsTheDataDirectoryOfTheServer() {
        assertThat(terminal.run("store", "restore", "a.zip")).isEqualTo(2);
        assertThat(terminal.run(
                        "store",
                        "restore",
                        "a.zip",
                        "--data-dir",
                        directory.resolve("no").toString()))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--data-dir=DIR", "there is no directory " + directory.resolve("no"));
    }

    @Test
    void restoreSaysWhatItDidAndWhatIsLeftToDo() throws IOException {
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.writeString(store.resolve("platform.mv.db"), "H:2,the one before");

        assertThat(terminal.run("store", "restore", zip("H:2,the copy").toString(), "--data-dir", directory.toString()))
                .isZero();

        assertThat(store.resolve("platform.mv.db")).hasContent("H:2,the copy");
        assertThat(terminal.err())
                .contains("Restored ", "The store before it is " + store.resolve("platform.replaced-"), "keys list");
    }

    @Test
    void restoreOfAnotherFileFails() throws IOException {
        assertThat(terminal.run("store", "restore", zip("text").toString(), "--data-dir", directory.toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("this is no backup of a store: its platform.mv.db is not a database");
    }

    private Path zip(String content) throws IOException {
        Path file = directory.resolve("backup.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("platform.mv.db"));
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return file;
    }
}
