package io.mcpdata.config;

import java.time.Duration;
import java.util.Set;

/**
 * One entry of {@code connections}.
 *
 * @param description empty if the file gives none
 * @param maxRows the most rows one query returns
 * @param timeout how long one statement may run
 * @param allowFunctions SQL functions let through besides the built-in list, lower case
 */
public record ConnectionConfig(
        String name,
        String description,
        ConnectionSource source,
        int maxRows,
        Duration timeout,
        Set<String> allowFunctions) {

    public ConnectionConfig {
        allowFunctions = Set.copyOf(allowFunctions);
    }
}
