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
import java.util.Set;

/**
 * Puts our own check in front of every endpoint method, ahead of the server's: the answer is the same on every server,
 * it names the missing permission, and it is audited. A method that declares no access is denied.
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

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
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
        RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
        Set<String> permissions = allowed == null || denied ? Set.of() : Set.of(allowed.value());
        context.register(new PermissionFilter(permissions, rows, refusals, personas));
    }
}
