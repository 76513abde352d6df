package io.mcpdata.config;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of {@code connections}.
 *
 * @param description empty if the file gives none
 * @param allowFunctions SQL functions allowed in addition to the built-in list, lower case
 * @param identity what the database is told about each caller; empty if nothing
 * @param planLimits what the database may estimate for a statement that runs; empty if its plan is not read
 * @param schemas rules over names of {@link DataName#schema}
 * @param tables rules over names of {@link DataName#table}
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
        boolean statementComment,

        Optional<IdentityConfig> identity,
        Optional<PlanLimitsConfig> planLimits,
        GlobRules schemas,
        GlobRules tables)
        implements ConfigEntry {

    public ConnectionConfig {
        allowFunctions = Set.copyOf(allowFunctions);
    }

    @Override
    public String label() {
        return "connection " + name;
    }

    /** The same with another limit of time. */
    public ConnectionConfig withTimeout(Duration other) {
        return new ConnectionConfig(
                name,
                description,
                source,
                maxRows,
                other,
                allowFunctions,
                allowPrivilegedAccount,
                statementComment,
                identity,
                planLimits,
                schemas,
                tables);
    }

    /** A connection without comments, and without rules over its schemas and tables. */
    public ConnectionConfig(
            String name,
            String description,
            ConnectionSource source,
            int maxRows,
            Duration timeout,
            Set<String> allowFunctions,
            boolean allowPrivilegedAccount,
            Optional<IdentityConfig> identity) {
        this(
                name,
                description,
                source,
                maxRows,
                timeout,
                allowFunctions,
                allowPrivilegedAccount,
                false,
                identity,
                Optional.empty(),
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL);
    }

    /** A connection whose account must have no rights beyond reading tables. */
    public ConnectionConfig(
            String name,
            String description,
            ConnectionSource source,
            int maxRows,
            Duration timeout,
            Set<String> allowFunctions) {
        this(name, description, source, maxRows, timeout, allowFunctions, false, Optional.empty());
    }
}
