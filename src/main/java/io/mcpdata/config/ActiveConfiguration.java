package io.mcpdata.config;

import java.util.List;

/**
 * The configuration in force. Thread-safe; ask at each use and keep nothing longer than one request, so that a new
 * version takes effect at once.
 */
public interface ActiveConfiguration {

    /** What is in force: the last valid configuration, or {@link PlatformConfig#denyAll()} if there never was one. */
    PlatformConfig config();

    /** Whether a valid configuration is in force; while not, the platform refuses every call. */
    boolean usable();

    /** What is wrong with the newest configuration, each with file, line and key and never a value; empty if nothing. */
    List<String> problems();

    /** What works in the configuration in force but should not stay; without values, as the problems. */
    default List<String> warnings() {
        return List.of();
    }
}
