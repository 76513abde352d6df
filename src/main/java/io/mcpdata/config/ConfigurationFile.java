package io.mcpdata.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** {@code platform.yaml} together with the files that hold values of it. Not thread-safe: its users hold its lock. */
final class ConfigurationFile {

    private static final int MOST_READINGS = 3;

    private final Path file;
    private final PlatformConfigReader reader;
    private final WatchedFiles watched;

    ConfigurationFile(Path file, PlatformConfigReader reader, LongSupplier nanos) {
        this.file = file;
        this.reader = reader;
        this.watched = new WatchedFiles(nanos);
        watched.watch(Set.of(file));
    }

    /** Reads once more if a file was named for the first time, because it is watched only from then on. */
    ConfigReading read() {
        ConfigReading reading = reader.read(file);
        for (int readings = 1; readings < MOST_READINGS && watched.watch(files(reading)); readings++) {
            reading = reader.read(file);
        }
        return reading;
    }

    private Set<Path> files(ConfigReading reading) {
        Set<Path> files = new HashSet<>(reading.files());
        files.add(file);
        return files;
    }

    /** Whether {@link #read} would find another content than last time. */
    boolean changed() {
        return watched.changed();
    }
}
