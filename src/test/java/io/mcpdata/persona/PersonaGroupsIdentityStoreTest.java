package io.mcpdata.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.metrics.Metrics;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PersonaGroupsIdentityStoreTest {

    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.of("""
            personas:
              analyst: {roles: [analyst, data_engineer], priority: 10, tools: {allow: [x]}}
              auditor: {roles: [auditor], priority: 5, permissions: ["audit:read", "events:read"]}
            """);
    private final PersonaGroupsIdentityStore store =
            new PersonaGroupsIdentityStore(new ActivePersonas(configuration), new Metrics());

    private Set<String> groups(String... roles) {
        PlatformCaller caller =
                new PlatformCaller("etl", AuthenticationMethod.API_KEY, "0123456789ab", List.of(roles), null);
        return store.getCallerGroups(new CredentialValidationResult(null, caller, null, null, Set.of()));
    }

    @Test
    void groupsAreThePermissionsOfTheOnePersona() {
        assertThat(groups("analyst")).containsExactly("mcp:connect");
        assertThat(groups("auditor")).containsExactlyInAnyOrder("audit:read", "events:read");
    }

    @Test
    void permissionsOfSeveralPersonasAreNotAddedUp() {
        assertThat(groups("auditor", "data_engineer")).containsExactly("mcp:connect");
    }

    @Test
    void roleSpelledLikeAPermissionGrantsNothing() {
        assertThat(groups(Permission.ALL.toArray(String[]::new))).isEmpty();
        assertThat(groups("analyst", "platform:admin", "audit:read")).containsExactly("mcp:connect");
    }

    @Test
    void roleThatNoPersonaListsGrantsNothing() {
        assertThat(groups()).isEmpty();
        assertThat(groups("Analyst", "analyst ", "analyst,auditor", "*", "")).isEmpty();
    }

    @Test
    void adminIsSpelledOutIntoEveryPermission() {
        assertThat(groups("admin")).isEqualTo(Permission.ALL);
    }

    @Test
    void groupsThatAValidatingStoreClaimsAreNotTakenOver() {
        PlatformCaller caller =
                new PlatformCaller("etl", AuthenticationMethod.API_KEY, "0123456789ab", List.of("analyst"), null);
        assertThat(store.getCallerGroups(
                        new CredentialValidationResult(null, caller, null, null, Set.of("platform:admin"))))
                .containsExactly("mcp:connect");
    }

    @Test
    void foreignPrincipalHasNoGroups() {
        assertThat(store.getCallerGroups(new CredentialValidationResult(new CallerPrincipal("admin"), Set.of("admin"))))
                .isEmpty();
        assertThat(store.getCallerGroups(CredentialValidationResult.INVALID_RESULT))
                .isEmpty();
    }

    @Test
    void changedPersonaCountsFromTheNextRequestOn() {
        configuration.change("personas: {auditor: {roles: [analyst], permissions: [\"audit:read\"]}}");
        assertThat(groups("analyst")).containsExactly("audit:read");
        configuration.change("audit: {}");
        assertThat(groups("analyst")).isEmpty();
    }

    @Test
    void storeOnlyProvidesGroupsAndComesLast() {
        assertThat(store.validationTypes()).containsExactly(ValidationType.PROVIDE_GROUPS);
        assertThat(store.priority()).isGreaterThan(500);
    }
}
