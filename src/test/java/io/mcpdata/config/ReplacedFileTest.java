package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplacedFileTest {

    @TempDir
    private Path directory;

    @Test
    void newTextTakesThePlaceOfTheOldOne() throws IOException {
        Path file = directory.resolve("position");
        ReplacedFile.write(file, "1");
        ReplacedFile.write(file, "2");
        assertThat(file).hasContent("2");
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void missingDirectoryIsMadeForItsOwnerAlone() throws IOException {
        Path file = directory.resolve("data").resolve("audit-signing.pub");
        ReplacedFile.write(file, "key");
        assertThat(file).hasContent("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }
}
