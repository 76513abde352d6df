package io.mcpdata.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Detects that the content of one of several files changed. While another one of them is being written, the change has
 * to wait, but only for some seconds: a file that changes all the time must not keep a removed key valid. Not
 * thread-safe.
 */
final class WatchedFiles {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<Path, WatchedFile> files = new HashMap<>();
    private boolean changed;
    private long since;

    WatchedFiles(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Watches these files and no others. True if one of them was not watched before: what was read from it is possibly
     * no longer its content.
     */
    boolean watch(Set<Path> paths) {
        files.keySet().retainAll(paths);
        boolean more = !files.keySet().containsAll(paths);
        paths.forEach(path -> files.computeIfAbsent(path, added -> new WatchedFile(added, nanos)));
        return more;
    }

    /** Whether a content differs from the last reported one, and the files are complete. */
    boolean changed() {
        boolean incomplete = false;
        for (WatchedFile file : files.values()) {
            if (file.changed()) {
                since = changed ? since : nanos.getAsLong();
                changed = true;
            }
            incomplete |= file.isChanging();
        }
        if (!changed || incomplete && nanos.getAsLong() - since < LONGEST_WAIT.toNanos()) {
            return false;
        }
        changed = false;
        return true;
    }
}
