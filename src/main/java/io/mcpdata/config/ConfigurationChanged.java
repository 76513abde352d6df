package io.mcpdata.config;

import java.util.List;

/**
 * Event: a new version of the file is in force.
 *
 * @param changes the differences, without secrets
 */
public record ConfigurationChanged(PlatformConfig previous, PlatformConfig current, List<String> changes) {

    public ConfigurationChanged {
        changes = List.copyOf(changes);
    }
}
