package io.mcpdata.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Notices that a file's content changed, by its bytes: neither coarse time stamps nor symbolic links that are swapped
 * underneath can hide a change. A change counts when two looks in a row see the same: half a file that is still being
 * written could lack just the rules that deny. Not thread-safe; one task asks.
 */
final class WatchedFile {

    private static final String TOO_LARGE = "too large";
    private static final String UNREADABLE = "unreadable";

    private final Path file;
    private String seen;
    private String lastLook;

    /** Remembers the content as it is now; to be made before that is read. */
    WatchedFile(Path file) {
        this.file = file;
        this.seen = look();
        this.lastLook = seen;
    }

    /** Whether the content differs from what it was when this last said so, and stands still. */
    boolean changed() {
        String now = look();
        boolean still = now.equals(lastLook);
        lastLook = now;
        if (!still || now.equals(seen)) {
            return false;
        }
        seen = now;
        return true;
    }

    private String look() {
        try {
            if (!Files.isRegularFile(file)) {
                return UNREADABLE;
            }
            return Files.size(file) > PlatformConfigReader.LARGEST_FILE
                    ? TOO_LARGE
                    : KeyDigest.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .hex();
        } catch (IOException | SecurityException e) {
            // between an editor's delete and rename there is no file for a moment; if it stays so, that is a change
            return UNREADABLE;
        }
    }
}
