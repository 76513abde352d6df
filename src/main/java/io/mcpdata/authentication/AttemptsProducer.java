package io.mcpdata.authentication;

import io.mcpdata.audit.AuditLog;
import io.mcpdata.config.ActiveConfiguration;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Creates the count of failed attempts. */
@Dependent
class AttemptsProducer {

    @Produces
    @Singleton
    static FailedAttempts failedAttempts(ActiveConfiguration configuration, AuditLog audit) {
        return new FailedAttempts(configuration, audit, Clock.systemUTC(), System::nanoTime);
    }
}
