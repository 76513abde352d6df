package io.mcpdata.config;

import java.util.List;

/**
 * The configuration in force. Thread-safe. Call it at each use and keep nothing longer than one request, so that a new
 * version takes effect at once.
 */
public interface ActiveConfiguration {

    /** The last valid configuration, or {@link PlatformConfig#denyAll()} if there never was one. */
    PlatformConfig config();

    /** Whether a valid configuration is in force; without one, the platform refuses every call. */
    boolean usable();

    /**
     * The problems of the newest configuration, each with file, line and key and never a value; empty if there are
     * none.
     */
    List<String> problems();

    /** When and from which file the configuration was read. */
    default ConfigurationSource source() {
        return ConfigurationSource.NONE;
    }

    /** Settings that work in the configuration in force but should be changed; without values, as the problems. */
    default List<String> warnings() {
        return List.of();
    }
}
