package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import io.mcpdata.tool.ToolException;
import io.mcpdata.tool.ToolGateway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The data sources behind the configured connections. A pool of ours is made when first used, and closed when its
 * entry changes or goes. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Connections.class.getName());
    private static final int POOL_SIZE = 8;

    private record Open(ConnectionSource source, DataSource data, AutoCloseable closing) {}

    private final ActiveConfiguration configuration;
    private final Map<String, Open> open = new HashMap<>();

    Connections(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    List<ConnectionConfig> all() {
        return configuration.config().connections();
    }

    /** @throws ToolException in the gateway's own words if no such connection is configured */
    ConnectionConfig named(String name) {
        Optional<ConnectionConfig> found = all().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new ToolException("connection_unknown", ToolGateway.unknownConnection(name)));
    }

    /** A read-only connection without auto-commit; whoever takes it rolls back and closes. */
    Connection take(ConnectionConfig config) {
        try {
            Connection connection = data(config).getConnection();
            try {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | NamingException | RuntimeException e) {
            LOG.log(Level.WARNING, "connection {0} is not available: {1}", config.name(), SqlErrors.forTheLog(e));
            throw new ToolException(
                    "connection_unavailable", "The connection " + config.name() + " is not available right now.");
        }
    }

    private synchronized DataSource data(ConnectionConfig config) throws SQLException, NamingException {
        closeChanged();
        Open known = open.get(config.name());
        if (known == null) {
            known = open(config);
            open.put(config.name(), known);
        }
        return known.data();
    }

    @SuppressWarnings("BanJNDI") // the name is the operator's, from platform.yaml, held to java: names when it was read
    private Open open(ConnectionConfig config) throws SQLException, NamingException {
        if (config.source() instanceof ConnectionSource.Jndi jndi) {
            DataSource servers = (DataSource) new InitialContext().lookup(jndi.name());
            return new Open(config.source(), servers, () -> {});
        }
        if (config.source() instanceof ConnectionSource.Url url) {
            HikariDataSource pool = new HikariDataSource(settings(config.name(), url));
            return new Open(config.source(), pool, pool);
        }
        RetailWarehouse warehouse = new RetailWarehouse();
        return new Open(config.source(), warehouse.readers(), warehouse);
    }

    private static HikariConfig settings(String name, ConnectionSource.Url url) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("connection-" + name);
        settings.setJdbcUrl(url.url().reveal());
        url.username().ifPresent(settings::setUsername);
        url.password().map(Secret::reveal).ifPresent(settings::setPassword);
        settings.setReadOnly(true);
        settings.setAutoCommit(false);
        settings.setMaximumPoolSize(POOL_SIZE);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(5_000);
        settings.setInitializationFailTimeout(-1);
        return settings;
    }

    private void closeChanged() {
        open.entrySet().removeIf(entry -> {
            boolean current = all().stream()
                    .anyMatch(config -> config.name().equals(entry.getKey())
                            && config.source().equals(entry.getValue().source()));
            if (!current) {
                close(entry.getKey(), entry.getValue());
            }
            return !current;
        });
    }

    @Override
    public synchronized void close() {
        open.forEach(Connections::close);
        open.clear();
    }

    private static void close(String name, Open connection) {
        try {
            connection.closing().close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "connection " + name + " did not close", e);
        }
    }
}
