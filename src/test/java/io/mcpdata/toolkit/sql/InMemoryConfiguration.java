package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.PlanLimitsConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.Secret;
import io.mcpdata.testing.SettableConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A configuration whose connections the test can change. */
final class InMemoryConfiguration extends SettableConfiguration {

    static InMemoryConfiguration of(ConnectionConfig... connections) {
        InMemoryConfiguration configuration = new InMemoryConfiguration();
        configuration.change(connections);
        return configuration;
    }

    static ConnectionConfig connection(String name, String url) {
        return connection(name, url, Duration.ofSeconds(20));
    }

    /** Allows a privileged account: most tests make their tables with the account that they read with. */
    static ConnectionConfig connection(String name, String url, Duration timeout) {
        return connection(name, url, timeout, true);
    }

    static ConnectionConfig connection(String name, String url, Duration timeout, boolean allowPrivilegedAccount) {
        ConnectionSource source = new ConnectionSource.Url(new Secret(url), Optional.empty(), Optional.empty());
        return new ConnectionConfig(
                name, "", source, 1000, timeout, Set.of("bang"), allowPrivilegedAccount, Optional.empty());
    }

    /** The same connection, whose statements begin with a comment. */
    static ConnectionConfig commented(ConnectionConfig plain) {
        return new ConnectionConfig(
                plain.name(),
                plain.description(),
                plain.source(),
                plain.maxRows(),
                plain.timeout(),
                plain.allowFunctions(),
                plain.allowPrivilegedAccount(),
                true,
                plain.identity(),
                plain.planLimits(),
                plain.schemas(),
                plain.tables());
    }

    /** The same connection, with limits for the estimates of its database. */
    static ConnectionConfig planned(ConnectionConfig plain, PlanLimitsConfig limits) {
        return new ConnectionConfig(
                plain.name(),
                plain.description(),
                plain.source(),
                plain.maxRows(),
                plain.timeout(),
                plain.allowFunctions(),
                plain.allowPrivilegedAccount(),
                plain.statementComment(),
                plain.identity(),
                Optional.of(limits),
                plain.schemas(),
                plain.tables());
    }

    /** For a pool that only the test knows. */
    static ConnectionConfig pooled(String name) {
        return new ConnectionConfig(
                name, "", new ConnectionSource.Jndi("java:/" + name), 1000, Duration.ofSeconds(20), Set.of());
    }

    void change(ConnectionConfig... connections) {
        PlatformConfig old = config();
        set(new PlatformConfig(
                old.server(), old.apiKeys(), old.personas(), List.of(connections), old.audit(), old.limits()));
    }
}
