package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFilesTest {

    @TempDir
    Path directory;

    private long nanos;
    private final WatchedFiles watched = new WatchedFiles(() -> nanos);
    private Path file = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("platform.yaml"), "one");
        secret = Files.writeString(directory.resolve("secret"), "one");
        assertThat(watched.watch(Set.of(file, secret))).isTrue();
        assertThat(watched.changed()).isFalse();
    }

    private void replace(Path which, String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), content);
        Files.move(next, which, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void changeOfEitherFileIsAChangeOnce() throws IOException {
        for (Path which : new Path[] {file, secret}) {
            replace(which, "two");
            assertThat(watched.changed()).isFalse();
            assertThat(watched.changed()).isTrue();
            assertThat(watched.changed()).isFalse();
        }
    }

    @Test
    void changeWaitsWhileTheOtherFileIsBeingWritten() throws IOException {
        Files.writeString(secret, "half");
        replace(file, "two");
        for (int look = 0; look < 4; look++) {
            assertThat(watched.changed()).isFalse();
            nanos += Duration.ofMillis(250).toNanos();
        }
        Files.writeString(secret, "half and half");
        assertThat(watched.changed()).isFalse();
        nanos += Duration.ofSeconds(3).toNanos();
        assertThat(watched.changed()).isTrue();
        assertThat(watched.changed()).isFalse();
    }

    /** Otherwise a file that never rests would keep a key valid that was removed from the other one. */
    @Test
    void changeWaitsForALimitedTimeOnly() throws IOException {
        replace(file, "two");
        long begin = nanos;
        int content = 0;
        boolean changed = false;
        while (!changed && nanos - begin < Duration.ofMinutes(1).toNanos()) {
            Files.writeString(secret, "content " + content++);
            changed = watched.changed();
            nanos += Duration.ofMillis(250).toNanos();
        }
        assertThat(changed).isTrue();
        assertThat(Duration.ofNanos(nanos - begin)).isLessThan(WatchedFiles.LONGEST_WAIT.plusSeconds(2));
    }

    @Test
    void fileThatIsNoLongerNamedIsNotWatched() throws IOException {
        assertThat(watched.watch(Set.of(file))).isFalse();
        replace(secret, "two");
        assertThat(watched.changed()).isFalse();
        assertThat(watched.changed()).isFalse();
        assertThat(watched.watch(Set.of(file, secret))).as("watched again").isTrue();
        assertThat(watched.watch(Set.of(file, secret))).as("watched before").isFalse();
    }
}
