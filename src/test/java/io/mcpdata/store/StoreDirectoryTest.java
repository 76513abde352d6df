package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreDirectoryTest {

    @TempDir
    Path directory;

    private static String permissions(Path place) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(place));
    }

    private static void assumePosix(Path place) {
        Assumptions.assumeTrue(
                place.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    @Test
    void storeIsMadeForItsOwnerAlone() throws IOException {
        assumePosix(directory);
        Path data = directory.resolve("a/b");
        try (StoreDirectory store = StoreDirectory.claim(data)) {
            assertThat(store.database()).isEqualTo(data.resolve("store/platform"));
            assertThat(permissions(data)).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("store"))).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("store/lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void storeThatStoodOpenIsClosedToOthersAndItsDataDirectoryIsNot() throws IOException {
        assumePosix(directory);
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = Files.createFile(store.resolve("platform.mv.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (StoreDirectory claimed = StoreDirectory.claim(directory)) {
            claimed.closeToOthers();
            assertThat(permissions(store)).isEqualTo("rwx------");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void storeIsHeldByOneAtATime() throws IOException {
        try (StoreDirectory first = StoreDirectory.claim(directory)) {
            assertThat(first.database()).isNotNull();
            assertThatThrownBy(() -> StoreDirectory.claim(directory))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("in use by another server")
                    .hasMessageContaining("server.data_dir");
        }
        try (StoreDirectory second = StoreDirectory.claim(directory)) {
            assertThat(second.database()).isNotNull();
        }
    }

    @Test
    void samePlaceByAnotherPathIsTheSameStore() throws IOException {
        try (StoreDirectory first = StoreDirectory.claim(directory)) {
            assertThat(first.database()).isNotNull();
            assertThatThrownBy(() -> StoreDirectory.claim(directory.resolve("x/..")))
                    .isInstanceOf(StoreUnavailableException.class);
            Path link =
                    Files.createSymbolicLink(directory.resolveSibling(directory.getFileName() + "-link"), directory);
            try {
                assertThatThrownBy(() -> StoreDirectory.claim(link)).isInstanceOf(StoreUnavailableException.class);
            } finally {
                Files.delete(link);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "store/platform.mv.db", "store/lock"})
    void linkInItsPlaceIsRefused(String linked) throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path target = linked.equals("store") ? elsewhere : Files.createFile(elsewhere.resolve("file"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Path link = data.resolve(linked);
        if (!linked.equals("store")) {
            Files.createDirectory(data.resolve("store"));
        }
        Files.createSymbolicLink(link, target);
        assertThatThrownBy(() -> StoreDirectory.claim(data)).isInstanceOf(StoreUnavailableException.class);
        try (var untouched = Files.list(elsewhere)) {
            assertThat(untouched.count()).isEqualTo(linked.equals("store") ? 0 : 1);
        }
    }

    @Test
    void placeWhereNothingCanBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> StoreDirectory.claim(file.resolve("data")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cannot be opened: check that this server can write there")
                .hasMessageContaining(file.toString());
        Files.createFile(directory.resolve("store"));
        assertThatThrownBy(() -> StoreDirectory.claim(directory)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void readOnlyDirectoryIsNamed() throws IOException {
        assumePosix(directory);
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(data), "the superuser may write anywhere");
        assertThatThrownBy(() -> StoreDirectory.claim(data))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("check that this server can write there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;INIT=RUNSCRIPT FROM 'x'", "a\\b", "a\nb"})
    void pathThatADatabaseUrlCannotCarryIsRefusedBeforeAnythingIsMade(String name) throws IOException {
        assertThatThrownBy(() -> StoreDirectory.claim(directory.resolve(name)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("server.data_dir has a character");
        try (var made = Files.list(directory)) {
            assertThat(made).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "gr\u00fc\u00dfe", "a%41", "a'b", "a=b&c", "~", "a$b{c}"})
    void ordinaryNamesWorkDownToTheDatabase(String name) {
        Assumptions.assumeTrue(
                java.nio.charset.Charset.defaultCharset().newEncoder().canEncode(name));
        try (TemporaryStore store = new TemporaryStore(directory.resolve(name))) {
            int rows = store.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT count(*) FROM audit_event")
                            .mapTo(Integer.class)
                            .one());
            assertThat(rows).isZero();
        }
        assertThat(directory.resolve(name).resolve("store/platform.mv.db")).exists();
    }
}
