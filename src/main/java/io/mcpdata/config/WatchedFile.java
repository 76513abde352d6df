package io.mcpdata.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Notices that a file's content changed, by its bytes: neither coarse time stamps nor symbolic links that are swapped
 * underneath can hide a change. Not thread-safe; one task asks.
 */
final class WatchedFile {

    private final Path file;
    private String seen = "";

    WatchedFile(Path file) {
        this.file = file;
    }

    /** Whether the content differs from what it was when last asked; a file that cannot be read has not changed. */
    boolean changed() {
        String now;
        try {
            now = Files.size(file) > PlatformConfigReader.LARGEST_FILE
                    ? "too large"
                    : KeyDigest.of(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .hex();
        } catch (IOException gone) {
            // between an editor's delete and rename there is no file for a moment: the next look finds it
            return false;
        }
        boolean differs = !now.equals(seen);
        seen = now;
        return differs;
    }
}
