package io.mcpdata.tracing;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes the SDK that WildFly and Open Liberty give to applications by CDI, if the operator has switched it on and their
 * API comes before the copy in the WAR. Otherwise there is no bean of that class.
 */
@ApplicationScoped
public class ServerTracing {

    private static final Logger LOG = System.getLogger(ServerTracing.class.getName());

    private final Instance<OpenTelemetry> sdk;

    @Inject
    ServerTracing(Instance<OpenTelemetry> sdk) {
        this.sdk = sdk;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ServerTracing() {
        this.sdk = null;
    }

    void applicationBegins(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class)
                    Object context) {
        if (sdk.isResolvable()) {
            Tracing.use(sdk::get);
            LOG.log(Level.INFO, "OpenTelemetry spans go to the SDK of the server");
        }
    }
}
