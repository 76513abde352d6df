package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.config.InMemoryActiveConfiguration;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that is in use, and what becomes of them in another place. */
final class StoreBackupTest {

    private static final Instant NOW = Instant.parse("2026-05-31T08:00:00Z");

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ApplicationStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
        opened.forEach(ApplicationStore::close);
    }

    private ApplicationStore open(Path data) {
        ApplicationStore store = new ApplicationStore(
                InMemoryActiveConfiguration.of("server: {data_dir: '" + data + "'}"),
                System::nanoTime,
                EmbeddedDatabase::open);
        opened.add(store);
        return store;
    }

    private static long revision(PlatformStore of) {
        return of.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT revision FROM api_key_revision")
                        .mapTo(Long.class)
                        .one());
    }

    private static void change(PlatformStore of) {
        of.durably(handle -> handle.execute("UPDATE api_key_revision SET revision = revision + 1"));
    }

    @Test
    void copyHasEverythingThatWasStoredBeforeItAndChangesContinueMeanwhile() throws Exception {
        ApplicationStore used = open(directory.resolve("one"));
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong stored = new AtomicLong(revision(used));
        CountDownLatch begun = new CountDownLatch(50);
        Future<?> writer = threads.submit(() -> {
            while (!ended.get()) {
                change(used);
                stored.incrementAndGet();
                begun.countDown();
            }
        });
        begun.await();
        long before = stored.get();
        StoreBackup backup = used.backUp();
        // each change after this is one that the copy did not stop
        CountDownLatch more = new CountDownLatch(1);
        threads.submit(() -> {
            long then = stored.get();
            while (stored.get() == then) {
                Thread.onSpinWait();
            }
            more.countDown();
        });
        more.await();
        ended.set(true);
        writer.get();
        used.close();

        Path other = Files.createDirectory(directory.resolve("two"));
        assertThat(StoreRestore.restore(backup.file(), other, NOW)).isEmpty();
        ApplicationStore restored = open(other);
        assertThat(revision(restored)).isBetween(before, stored.get());
        assertThat(restored.loss()).isEmpty();
    }

    @Test
    void copyIsForItsOwnerAloneAndIsWhatItsDigestSays() throws Exception {
        StoreBackup backup = open(directory).backUp();

        assertThat(backup.file().getParent()).isEqualTo(directory.resolve("backups"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(backup.file().getParent())))
                .isEqualTo("rwx------");
        byte[] content = Files.readAllBytes(backup.file());
        assertThat(backup.bytes()).isEqualTo(content.length);
        assertThat(backup.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(backup.newestRow()).isZero();
    }

    @Test
    void copyThatCannotBeWrittenLeavesNothingAndTheStoreStaysInUse() throws IOException {
        ApplicationStore used = open(directory);
        used.jdbi();
        Files.writeString(directory.resolve("backups"), "a file where the directory should be");

        assertThatThrownBy(used::backUp)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the backup of the platform store could not be written");

        change(used);
        Files.delete(directory.resolve("backups"));
        used.backUp();
        try (Stream<Path> copies = Files.list(directory.resolve("backups"))) {
            assertThat(copies.map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .endsWith(".zip");
        }
    }

    @Test
    void replacedStoreIsKeptAndTheRestoredOneMissesNothing() throws IOException {
        ApplicationStore used = open(directory);
        change(used);
        StoreBackup backup = used.backUp();
        change(used);
        long newest = revision(used);
        used.close();

        Optional<Path> replaced = StoreRestore.restore(backup.file(), directory, NOW);

        assertThat(replaced).contains(directory.resolve("store").resolve("platform.replaced-20260531-080000"));
        ApplicationStore restored = open(directory);
        assertThat(revision(restored)).isEqualTo(newest - 1);
        assertThat(restored.loss()).as("the missing change is intended").isEmpty();
        restored.close();
        Files.move(
                replaced.get(),
                directory.resolve("store/platform.mv.db"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(revision(open(directory))).isEqualTo(newest);
    }

    @Test
    void storeOfARunningServerIsNotReplaced() {
        ApplicationStore used = open(directory);
        StoreBackup backup = used.backUp();
        change(used);
        long newest = revision(used);

        assertThatThrownBy(() -> StoreRestore.restore(backup.file(), directory, NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is in use by another server");

        change(used);
        assertThat(revision(used)).isEqualTo(newest + 1);
    }

    @Test
    void damagedCopyReplacesNothing() throws IOException {
        ApplicationStore used = open(directory);
        StoreBackup backup = used.backUp();
        used.close();
        byte[] whole = Files.readAllBytes(directory.resolve("store/platform.mv.db"));
        try (RandomAccessFile file = new RandomAccessFile(backup.file().toFile(), "rw")) {
            long middle = file.length() / 2;
            for (long at = middle; at < middle + 64; at++) {
                file.seek(at);
                int was = file.read();
                file.seek(at);
                file.write(was ^ 0xff);
            }
        }

        assertThatThrownBy(() -> StoreRestore.restore(backup.file(), directory, NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("this is no backup of a store: its content is damaged");
        assertUnchanged(whole);

        Path cut = Files.write(
                directory.resolve("cut.zip"),
                List.of(new String(Files.readAllBytes(backup.file()), StandardCharsets.ISO_8859_1).substring(0, 1000)),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> StoreRestore.restore(cut, directory, NOW))
                .hasMessageContaining("cut.zip is not a whole ZIP file");
        assertUnchanged(whole);
    }

    @Test
    void otherFilesReplaceNothing() throws IOException {
        ApplicationStore used = open(directory);
        used.jdbi();
        used.close();
        byte[] whole = Files.readAllBytes(directory.resolve("store/platform.mv.db"));

        assertRefused(zip("other.txt", "text"), "found [other.txt] in it; expected platform.mv.db alone");
        assertRefused(zip("../store/platform.mv.db", "H:2,"), "found [../store/platform.mv.db] in it");
        assertRefused(zip("platform.mv.db", "text"), "its platform.mv.db is not a database");
        assertRefused(directory.resolve("missing.zip"), "there is no file");
        assertUnchanged(whole);
    }

    private void assertRefused(Path backup, String why) {
        assertThatThrownBy(() -> StoreRestore.restore(backup, directory, NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(why);
    }

    private void assertUnchanged(byte[] whole) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "platform.mark", "platform.mv.db");
        }
        assertThat(Files.readAllBytes(directory.resolve("store/platform.mv.db")))
                .isEqualTo(whole);
    }

    private Path zip(String name, String content) throws IOException {
        Path file = Files.createTempFile(directory, "other", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
