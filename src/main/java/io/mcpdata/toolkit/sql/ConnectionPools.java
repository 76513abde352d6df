package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The platform's own pools, for connections that name no pool of the server. No connection is opened before the first
 * use.
 */
final class ConnectionPools {

    static final int SIZE = 8;
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    static {
        StoredObjects.refuse();
    }

    private ConnectionPools() {}

    /** @param properties for the driver, as {@link DriverProperties} */
    static HikariDataSource open(String name, ConnectionSource.Url url, Map<String, String> properties) {
        return open(name, url, properties, LONGEST_WAIT);
    }

    /** @param longestWait how long to wait for a connection before the pool reports that none is free */
    static HikariDataSource open(
            String name, ConnectionSource.Url url, Map<String, String> properties, Duration longestWait) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("connection-" + name);
        settings.setJdbcUrl(url.url().reveal());
        driverFor(url.url().reveal()).ifPresent(settings::setDriverClassName);
        url.username().ifPresent(settings::setUsername);
        url.password().map(Secret::reveal).ifPresent(settings::setPassword);
        properties.forEach(settings::addDataSourceProperty);
        settings.setReadOnly(true);
        settings.setAutoCommit(false);
        settings.setMaximumPoolSize(SIZE);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(longestWait.toMillis());
        settings.setInitializationFailTimeout(-1);
        return new HikariDataSource(settings);
    }

    /** The application's own driver: the JVM's registry may have been filled before the application was deployed. */
    static Optional<String> driverFor(String url) {
        return driver(url).map(driver -> driver.getClass().getName());
    }

    static Optional<Driver> driver(String url) {
        return ServiceLoader.load(Driver.class, ConnectionPools.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(driver -> accepts(driver, url))
                .findFirst();
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            // if no other driver can read the URL either, connecting reports it
            return false;
        }
    }

    /**
     * Whether all connections of the pool are in use; a pool that cannot connect, or cannot set up a connection, has
     * its own error.
     */
    static boolean isExhausted(Throwable e) {
        return e instanceof SQLTransientConnectionException transientFailure
                && transientFailure.getCause() == null
                && transientFailure.getNextException() == null;
    }
}
