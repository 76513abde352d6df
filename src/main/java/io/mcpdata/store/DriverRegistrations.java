package io.mcpdata.store;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;

/**
 * Removes the WAR's own JDBC drivers from the JVM's list when the application ends. The drivers register themselves
 * there, and would keep every class of an undeployed application in memory. Thread-safe.
 */
@ApplicationScoped
public class DriverRegistrations {

    private static final Logger LOG = System.getLogger(DriverRegistrations.class.getName());

    /** Makes CDI create this bean: a bean that is never requested is never created, and so never destroyed. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.DEBUG, "JDBC drivers of the application are deregistered when it ends");
    }

    @PreDestroy
    void end() {
        ClassLoader own = DriverRegistrations.class.getClassLoader();
        Enumeration<Driver> drivers = DriverManager.getDrivers();
        while (drivers.hasMoreElements()) {
            Driver driver = drivers.nextElement();
            if (driver.getClass().getClassLoader() != own) {
                continue;
            }
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException | SecurityException e) {
                LOG.log(
                        Level.WARNING,
                        "a JDBC driver could not be deregistered: "
                                + driver.getClass().getName(),
                        e);
            }
        }
    }
}
