package io.mcpdata.config;

import java.time.Duration;
import java.util.Set;

/**
 * One entry of {@code connections}.
 *
 * @param description empty if the file gives none
 * @param allowFunctions SQL functions allowed in addition to the built-in list, lower case
 */
public record ConnectionConfig(
        String name,
        String description,
        ConnectionSource source,

        @ConfigKey(about = "The most rows one query returns", standard = "1000", least = 1, most = 100_000)
        int maxRows,

        @ConfigKey(about = "How long one statement may run", standard = "30s")
        Duration timeout,

        Set<String> allowFunctions,

        @ConfigKey(
                about =
                        "Whether the database account may have rights beyond reading tables; a warning at every opening",
                standard = "false")
        boolean allowPrivilegedAccount,

        @ConfigKey(
                about =
                        "Whether each statement of a caller begins with a SQL comment that has the ids of its request and"
                                + " its trace",
                standard = "false")
        boolean statementComment)
        implements ConfigEntry {

    public ConnectionConfig {
        allowFunctions = Set.copyOf(allowFunctions);
    }

    @Override
    public String label() {
        return "connection " + name;
    }

    /** A connection whose statements have no comment. */
    public ConnectionConfig(
            String name,
            String description,
            ConnectionSource source,
            int maxRows,
            Duration timeout,
            Set<String> allowFunctions,
            boolean allowPrivilegedAccount) {
        this(name, description, source, maxRows, timeout, allowFunctions, allowPrivilegedAccount, false);
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
