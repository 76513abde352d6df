package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private long nanos;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("platform.yaml"), "one");
    }

    private WatchedFile watched() {
        return new WatchedFile(file, () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** The result of a check three seconds after one that has seen a change. */
    private boolean changedOnceStill(WatchedFile watched) {
        assertThat(watched.changed()).isFalse();
        pass(Duration.ofSeconds(3));
        return watched.changed();
    }

    private void replace(String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), content);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void untouchedFileHasNotChanged() {
        WatchedFile watched = watched();
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void fileRenamedIntoPlaceIsAChangeAtTheSecondLook() throws IOException {
        WatchedFile watched = watched();
        replace("two");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isTrue();
        assertThat(watched.changed()).isFalse();
        replace("three");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isTrue();
    }

    @Test
    void fileWrittenInPlaceIsAChangeOnceItStoodStillForThreeSeconds() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        assertThat(watched.changed()).isFalse();
        pass(Duration.ofMillis(2_999));
        assertThat(watched.changed()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(watched.changed()).isTrue();
        assertThat(watched.changed()).isFalse();
    }

    @Test
    void fileWrittenInPartsWithPausesIsNotReadInPart() throws IOException {
        WatchedFile watched = watched();
        for (String soFar : new String[] {"", "allow", "allow and", "allow and deny"}) {
            Files.writeString(file, soFar);
            for (int look = 0; look < 10; look++) {
                assertThat(watched.changed()).isFalse();
                pass(Duration.ofMillis(250));
            }
        }
        pass(Duration.ofSeconds(1));
        assertThat(watched.changed()).isTrue();
    }

    /** Renamed into place before it was complete: later writes make it a file written in place. */
    @Test
    void fileWrittenAfterItWasRenamedHasToStandStill() throws IOException {
        WatchedFile watched = watched();
        replace("allow");
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "allow and");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
        pass(Duration.ofSeconds(3));
        assertThat(watched.changed()).isTrue();
    }

    /** A new file may be written in parts. */
    @Test
    void newFileHasToStayUnchanged() throws IOException {
        WatchedFile watched = watched();
        Files.delete(file);
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "allow");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "allow and deny");
        assertThat(changedOnceStill(watched)).isTrue();
    }

    @Test
    void sameSizeAndTimeHideNoChange() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(changedOnceStill(watched)).isTrue();
    }

    @Test
    void touchedFileWithTheSameContentHasNotChanged() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(changedOnceStill(watched)).isFalse();
        replace("one");
        assertThat(changedOnceStill(watched)).isFalse();
    }

    @Test
    void changeBackIsNoChange() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "two");
        assertThat(watched.changed()).isFalse();
        Files.writeString(file, "one");
        assertThat(changedOnceStill(watched)).isFalse();
    }

    @Test
    void linkSwappedUnderneathIsAChange() throws IOException {
        Path next = Files.writeString(directory.resolve("next"), "two");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        WatchedFile watched = new WatchedFile(link, () -> nanos);
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
        assertThat(changedOnceStill(watched)).isFalse();
    }

    @Test
    void fileGoneForGoodIsAChangeAndSoIsItsReturn() throws IOException {
        WatchedFile watched = watched();
        Files.delete(file);
        assertThat(changedOnceStill(watched)).isTrue();
        Files.writeString(file, "one");
        assertThat(changedOnceStill(watched)).isTrue();
    }

    @Test
    void fileGrownBeyondAllBoundsIsNotRead() throws IOException {
        WatchedFile watched = watched();
        Files.writeString(file, "x".repeat(PlatformConfigReader.LARGEST_FILE + 1));
        assertThat(changedOnceStill(watched)).isTrue();
        Files.writeString(file, "y".repeat(PlatformConfigReader.LARGEST_FILE + 2));
        assertThat(changedOnceStill(watched)).isFalse();
    }
}
