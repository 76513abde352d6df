package io.mcpdata.persona;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.authentication.ChallengeWriter;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds the platform's own check to every endpoint method, before the server's. So the answer is the same on every
 * server, names the missing permission, and is audited. A method that declares no access is denied.
 */
@Provider
@ApplicationScoped
public class PermissionFeature implements DynamicFeature {

    private final RefusalRows rows;
    private final ChallengeWriter refusals;
    private final ActivePersonas personas;

    @Inject
    public PermissionFeature(RefusalRows rows, ChallengeWriter refusals, ActivePersonas personas) {
        this.rows = rows;
        this.refusals = refusals;
        this.personas = personas;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public PermissionFeature() {
        this(null, null, null);
    }

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        Method method = endpoint.getResourceMethod();
        boolean denied = method.isAnnotationPresent(DenyAll.class);
        if (method.isAnnotationPresent(Public.class) && !denied) {
            return;
        }
        if (!method.getDeclaringClass().getName().startsWith("io.mcpdata.")) {
            context.register(new DescriptionFilter());
            return;
        }
        if (method.isAnnotationPresent(AnyCaller.class) && !denied) {
            context.register(new CallerFilter(refusals));
            return;
        }
        RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
        Set<String> permissions = allowed == null || denied ? Set.of() : new LinkedHashSet<>(List.of(allowed.value()));
        context.register(new PermissionFilter(permissions, rows, refusals, personas));
    }
}
