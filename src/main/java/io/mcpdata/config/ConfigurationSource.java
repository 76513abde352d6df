package io.mcpdata.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the configuration comes from, and when it was read. Immutable.
 *
 * @param file empty if none is named
 * @param readAt the newest reading, whether its version is in force or not; empty before the first
 * @param inForceSince empty if no valid version was read yet
 * @param lastRejection the newest version that was refused since the start, which a valid one may have followed
 */
public record ConfigurationSource(
        Optional<Path> file,
        Optional<Instant> readAt,
        Optional<Instant> inForceSince,
        Optional<Rejection> lastRejection) {

    static final ConfigurationSource NONE =
            new ConfigurationSource(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A version that was refused.
     *
     * @param problems each with file, line and key and never a value
     */
    public record Rejection(Instant at, List<String> problems) {

        public Rejection {
            problems = List.copyOf(problems);
        }
    }

    ConfigurationSource from(Path newFile) {
        return new ConfigurationSource(Optional.of(newFile), readAt, inForceSince, lastRejection);
    }

    ConfigurationSource accepted(Instant at, boolean changed) {
        Optional<Instant> since = changed ? Optional.of(at) : inForceSince;
        return new ConfigurationSource(file, Optional.of(at), since, lastRejection);
    }

    ConfigurationSource rejected(Instant at, List<String> problems) {
        return new ConfigurationSource(file, Optional.of(at), inForceSince, Optional.of(new Rejection(at, problems)));
    }
}
