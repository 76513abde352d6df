package io.mcpdata.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.ChallengeWriter;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.InMemoryActiveConfiguration;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter that the feature adds to an endpoint method, and which callers it accepts. */
final class PermissionFilterTest {

    /** Endpoints as a developer could write them. */
    @RolesAllowed(Permission.MCP_CONNECT)
    static final class Endpoints {

        @RolesAllowed(Permission.AUDIT_READ)
        public void rows() {}

        @RolesAllowed({Permission.AUDIT_READ, Permission.EVENTS_READ})
        public void either() {}

        public void undeclared() {}

        @PermitAll
        public void permitted() {}

        @DenyAll
        public void denied() {}

        @DenyAll
        @RolesAllowed(Permission.AUDIT_READ)
        public void deniedAndAllowed() {}

        @DenyAll
        @Public
        public void deniedAndOpen() {}

        @DenyAll
        @AnyCaller
        public void deniedAndForAnyCaller() {}

        @AnyCaller
        public void forAnyCaller() {}

        @Public
        public void open() {}
    }

    private static final PlatformCaller CALLER =
            new PlatformCaller("etl", AuthenticationMethod.API_KEY, "0123456789ab", List.of("auditor"), null);

    private final List<AuditEvent> rows = new ArrayList<>();
    private final InMemoryActiveConfiguration configuration =
            InMemoryActiveConfiguration.of("personas: {auditors: {roles: [auditor], permissions: [\"audit:read\"]}}");
    private boolean broken;
    private final List<Object> registered = new ArrayList<>();
    private final List<Response> aborted = new ArrayList<>();

    private void write(AuditEvent row) {
        if (broken) {
            throw new AuditUnavailableException("down", new IllegalStateException());
        }
        rows.add(row);
    }

    /** Registers the method's filter and runs it; returns its answer, if it refuses. */
    private List<Response> call(String method, @Nullable Principal caller, String... permissions) throws Exception {
        PermissionFeature feature = new PermissionFeature(
                new RefusalRows(this::write, Clock.systemUTC()),
                new ChallengeWriter(configuration, (asked, answered) -> false),
                new ActivePersonas(configuration));
        ResourceInfo endpoint =
                proxy(ResourceInfo.class, Map.of("getResourceMethod", args -> Endpoints.class.getMethod(method)));
        feature.configure(endpoint, proxy(FeatureContext.class, Map.of("register", args -> {
            registered.add(args[0]);
            return null;
        })));
        ContainerRequestContext request = request(caller, Set.of(permissions));
        for (Object filter : registered) {
            ((ContainerRequestFilter) filter).filter(request);
        }
        return aborted;
    }

    private ContainerRequestContext request(@Nullable Principal caller, Set<String> permissions) {
        SecurityContext security = proxy(
                SecurityContext.class,
                Map.of("getUserPrincipal", args -> caller, "isUserInRole", args -> permissions.contains(args[0])));
        return proxy(
                ContainerRequestContext.class,
                Map.of(
                        "getSecurityContext", args -> security,
                        "getProperty", args -> new RequestOrigin("r1", "192.0.2.7", ""),
                        "abortWith", args -> aborted.add((Response) args[0])));
    }

    /** Answers one call. */
    private interface Answer {
        @Nullable
        Object to(Object[] args) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(
                PermissionFilterTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
                    Answer answer = answers.get(called.getName());
                    if (answer == null) {
                        throw new AssertionError("not expected to be asked: " + called.getName());
                    }
                    Object given = answer.to(args == null ? new Object[0] : args);
                    return called.getReturnType() == void.class ? null : given;
                }));
    }

    @Test
    void callerWithThePermissionIsLetThrough() throws Exception {
        assertThat(call("rows", CALLER, Permission.AUDIT_READ)).isEmpty();
        assertThat(rows).isEmpty();
    }

    @Test
    void oneOfSeveralPermissionsIsEnough() throws Exception {
        assertThat(call("either", CALLER, Permission.EVENTS_READ)).isEmpty();
    }

    @Test
    void callerWithoutItIsToldWhichIsMissingAndTheRefusalIsAudited() throws Exception {
        assertThat(call("rows", CALLER, Permission.MCP_CONNECT)).singleElement().satisfies(answer -> {
            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat(answer.getHeaderString("WWW-Authenticate"))
                    .contains("error=\"insufficient_scope\", scope=\"audit:read\"");
            assertThat((String) answer.getEntity()).contains("\"request_id\":\"r1\"");
        });
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.type()).isEqualTo(AuditEvent.Type.ACCESS_DENIED);
            assertThat(row.category()).isEqualTo("permission_missing");
            assertThat(row.rule()).isEqualTo("audit:read");
            assertThat(row.subject().persona()).isEqualTo("auditors");
            assertThat(row.subject().caller()).isEqualTo("etl");
        });
    }

    @Test
    void callerWithoutAPersonaIsToldSoAndTheRowNamesItsRoles() throws Exception {
        PlatformCaller stray = new PlatformCaller(
                "stray", AuthenticationMethod.API_KEY, "0123456789ab", List.of("Auditor", "other"), null);
        assertThat(call("rows", stray)).singleElement().satisfies(answer -> {
            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat((String) answer.getEntity())
                    .contains("No persona lists any of your roles", "/api/v1/whoami")
                    .doesNotContain("your persona does not grant", "Auditor");
            assertThat(answer.getHeaderString("WWW-Authenticate"))
                    .contains("error=\"insufficient_scope\", scope=\"audit:read\"");
        });
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.category()).isEqualTo("no_persona");
            assertThat(row.rule()).isEqualTo("roles Auditor, other");
            assertThat(row.subject().persona()).isEmpty();
        });
    }

    @Test
    void everyAuthenticatedCallerIsLetIntoAMethodForAnyCaller() throws Exception {
        assertThat(call("forAnyCaller", CALLER)).isEmpty();
        registered.clear();
        assertThat(call("forAnyCaller", null)).extracting(Response::getStatus).containsExactly(401);
        assertThat(rows).isEmpty();
    }

    @Test
    void callerWithoutItIsRefusedAlsoWhenThatCannotBeAudited() throws Exception {
        broken = true;
        assertThat(call("rows", CALLER)).extracting(Response::getStatus).containsExactly(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"undeclared", "permitted", "denied", "deniedAndAllowed", "deniedAndOpen", "deniedAndForAnyCaller"
            })
    void methodThatDeclaresNoAccessOrDeniesItIsDeniedToAllCallers(String method) throws Exception {
        assertThat(call(method, CALLER, Permission.ALL.toArray(String[]::new)))
                .extracting(Response::getStatus)
                .containsExactly(403);
        assertThat(rows).hasSize(1);
    }

    @Test
    void openEndpointHasNoFilter() throws Exception {
        assertThat(call("open", null)).isEmpty();
        assertThat(registered).isEmpty();
    }

    @Test
    void foreignPrincipalIsAskedToAuthenticate() throws Exception {
        Principal anonymous = () -> "anonymous";
        assertThat(call("rows", anonymous, Permission.AUDIT_READ))
                .extracting(Response::getStatus)
                .containsExactly(401);
        aborted.clear();
        registered.clear();
        assertThat(call("rows", null)).extracting(Response::getStatus).containsExactly(401);
        assertThat(rows).isEmpty();
    }
}
