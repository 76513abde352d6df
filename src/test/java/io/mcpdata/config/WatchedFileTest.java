package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("platform.yaml"), "one");
    }

    private WatchedFile watched() {
        return new WatchedFile(file);
    }

    @Test
    void untouchedFileHasNotChanged() {
        WatchedFile watched = watched();
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void changeIsToldOnceWhenItStandsStill() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isTrue();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void fileThatIsBeingWrittenIsNotReadByHalf() throws IOException {
        WatchedFile watched = watched();
        for (String soFar : new String[] {"", "allow", "allow and", "allow and deny"}) {
            Files.writeString(file, soFar);
            assertThat(watched.changed()).isFalse();
        }
        assertThat(watched.changed()).isTrue();
    }

    @Test
    void sameSizeAndTimeHideNoChange() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        watched.changed();
        assertThat(watched.changed()).isTrue();
    }

    @Test
    void touchedFileWithTheSameContentHasNotChanged() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        watched.changed();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void changeBackIsNoChange() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "one");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void linkSwappedUnderneathIsAChange() throws IOException {
        Path next = Files.writeString(directory.resolve("next"), "two");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        WatchedFile watched = new WatchedFile(link);
        Path other = Files.createSymbolicLink(directory.resolve("other"), next);
        Files.move(other, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        watched.changed();
        assertThat(watched.changed()).isTrue();
    }

    @Test
    void fileGoneForAMomentHasNotChanged() throws IOException {
        WatchedFile watched = watched();
        Files.delete(file);
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "one");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void fileGoneForGoodIsAChangeAndSoIsItsReturn() throws IOException {
        WatchedFile watched = watched();
        Files.delete(file);
        watched.changed();
        assertThat(watched.changed()).isTrue();
        Files.writeString(file, "one");
        watched.changed();
        assertThat(watched.changed()).isTrue();
    }

    @Test
    void fileGrownBeyondAllBoundsIsNotRead() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "x".repeat(PlatformConfigReader.LARGEST_FILE + 1));
        watched.changed();
        assertThat(watched.changed()).isTrue();
        Files.writeString(file, "y".repeat(PlatformConfigReader.LARGEST_FILE + 2));
        watched.changed();
        assertThat(watched.changed()).isFalse();
    }
}
