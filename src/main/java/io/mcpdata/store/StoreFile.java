package io.mcpdata.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that a path named when the store was opened. A deleted file still takes rows without an error, and they are
 * lost when it is closed. Thread-safe.
 *
 * @param key the system's own name of the file, null where it gives none
 */
record StoreFile(Path path, @Nullable Object key) {

    static StoreFile of(Path path) throws IOException {
        return new StoreFile(path, keyOf(path));
    }

    /** Whether the path still names the same file; where the system has no file keys, whether it names any file. */
    boolean isInPlace() {
        try {
            return Objects.equals(key, keyOf(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
