package io.mcpdata.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Detects that a file's content changed, by its bytes: neither coarse time stamps nor replaced symbolic links can hide
 * a change. A half-written file could lack just the rules that deny. So a file that was renamed into place counts as
 * soon as two checks in a row see the same content; a file written in place counts when it has not changed for some
 * seconds. Not thread-safe; one task calls it.
 */
final class WatchedFile {

    private static final Duration STANDING_STILL = Duration.ofSeconds(3);
    private static final String TOO_LARGE = "too large";
    private static final String ABSENT = "absent";
    private static final String UNREADABLE = "unreadable";

    /** @param file the system's own key of the file, which stays the same when the file is renamed or written in place */
    private record Look(String file, String content) {

        boolean replaces(Look before) {
            return !file.equals(ABSENT) && !before.file.equals(ABSENT) && !file.equals(before.file);
        }
    }

    private final Path file;
    private final LongSupplier nanos;
    private String seen;
    private Look last;
    private long lastChange;
    private boolean complete;

    /** Remembers the current content; to be created before that content is read. */
    WatchedFile(Path file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
        this.last = look();
        this.seen = last.content();
    }

    /** Whether the content differs from the last reported one, and the file is complete. */
    boolean changed() {
        Look now = look();
        if (!now.equals(last)) {
            complete = now.replaces(last);
            last = now;
            lastChange = nanos.getAsLong();
            return false;
        }
        boolean still = complete || nanos.getAsLong() - lastChange >= STANDING_STILL.toNanos();
        if (!still || now.content().equals(seen)) {
            return false;
        }
        seen = now.content();
        return true;
    }

    /** Whether the content differs from the last reported one, and the file is possibly not complete. */
    boolean isChanging() {
        return !last.content().equals(seen);
    }

    private Look look() {
        try {
            if (!Files.isRegularFile(file)) {
                // between an editor's delete and rename the file is missing for a moment; if it stays missing, that is
                // a change
                return new Look(ABSENT, UNREADABLE);
            }
            return new Look(key(), content());
        } catch (IOException | SecurityException e) {
            return new Look(ABSENT, UNREADABLE);
        }
    }

    /** One value for all files where the file system has no such keys: then every change counts as written in place. */
    private String key() throws IOException {
        return String.valueOf(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    private String content() throws IOException {
        return Files.size(file) > PlatformConfigReader.LARGEST_FILE
                ? TOO_LARGE
                : KeyDigest.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .hex();
    }
}
