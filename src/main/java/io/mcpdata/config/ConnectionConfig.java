package io.mcpdata.config;

import java.time.Duration;
import java.util.Set;

/**
 * One entry of {@code connections}.
 *
 * @param description empty if the file gives none
 * @param maxRows the most rows one query returns
 * @param timeout how long one statement may run
 * @param allowFunctions SQL functions allowed in addition to the built-in list, lower case
 * @param allowPrivilegedAccount whether the database account may have rights beyond reading tables
 */
public record ConnectionConfig(
        String name,
        String description,
        ConnectionSource source,
        int maxRows,
        Duration timeout,
        Set<String> allowFunctions,
        boolean allowPrivilegedAccount) {

    public ConnectionConfig {
        allowFunctions = Set.copyOf(allowFunctions);
    }

    /** A connection whose account must have no rights beyond reading tables. */
    public ConnectionConfig(
            String name,
            String description,
            ConnectionSource source,
            int maxRows,
            Duration timeout,
            Set<String> allowFunctions) {
        this(name, description, source, maxRows, timeout, allowFunctions, false);
    }
}
