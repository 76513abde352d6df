package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.PersonaDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which keys a caller may make, by the personas that the roles lead to. */
final class PersonaKeyRightsTest {

    private final PersonaDirectory personas =
            new PersonaDirectory(InMemoryActiveConfiguration.of("""
                    personas:
                      helpdesk:
                        roles: [helpdesk]
                        priority: 200
                        permissions: ["mcp:connect", "keys:manage"]
                        tools: {allow: ["sql_*"], deny: ["*_explain"]}
                        connections: {allow: [sales]}
                        resources: {allow: ["document://*"]}
                        prompts: {allow: ["report_*"]}
                      query:
                        roles: [query]
                        priority: 3
                        tools: {allow: [sql_query]}
                        connections: {allow: [sales]}
                      explain:
                        roles: [explain]
                        priority: 2
                        tools: {allow: ["sql_*"]}
                        connections: {allow: [sales]}
                      elsewhere:
                        roles: [elsewhere]
                        priority: 1
                        tools: {allow: [sql_query]}
                        connections: {allow: ["*"]}
                      reader:
                        roles: [reader]
                        priority: 4
                        resources: {allow: ["document://terms", "table://*"]}
                        prompts: {allow: [report_week, draft]}
                      guest:
                        roles: [guest]
                        priority: 5
                        resources: {allow: ["document://terms"]}
                        prompts: {allow: [report_week]}
                    """).config().personas());

    private PersonaKeyRights rights(String... roles) {
        List<String> held = List.of(roles);
        return new PersonaKeyRights(
                new AuthorizedCaller(
                        new PlatformCaller("lead", AuthenticationMethod.API_KEY, "0123456789ab", held, null),
                        personas.personaFor(held).orElseThrow()),
                personas,
                List.of());
    }

    @Test
    void keyThatADatabaseMayTakeForAnotherCallerIsBeyond() {
        ConnectionConfig plain = new ConnectionConfig(
                "sales", "", new ConnectionSource.Jndi("jdbc/sales"), 1, Duration.ofSeconds(1), Set.of());
        assertThat(told(plain, AuthenticationMethod.API_KEY).beyond(List.of("explain")))
                .isEmpty();
        ConnectionConfig byRole = withIdentity("role");
        assertThat(told(byRole, AuthenticationMethod.API_KEY).beyond(List.of("explain")))
                .containsExactly("identity[sales]");
        assertThat(told(byRole, AuthenticationMethod.API_KEY).beyond(List.of("explain", "explain2")))
                .isEmpty();
        ConnectionConfig byClaim = withIdentity("claim:region");
        assertThat(told(byClaim, AuthenticationMethod.OIDC).beyond(List.of("explain", "explain2")))
                .containsExactly("identity[sales]");
    }

    @Test
    void keyForWhichMasksOrFiltersOfItsMakerMayNotHoldIsBeyond() {
        assertThat(masked("lead").beyond(List.of("lead"))).isEmpty();
        assertThat(masked("lead").beyond(List.of("same"))).isEmpty();
        assertThat(masked("lead").beyond(List.of("open"))).containsExactly("masks and filters[sales]");
        assertThat(masked("open").beyond(List.of("lead")))
                .as("less is no right")
                .isEmpty();
        assertThat(masked("own").beyond(List.of("own")))
                .as("the rows depend on the name of the key")
                .containsExactly("masks and filters[sales]");
    }

    private static PersonaKeyRights masked(String role) {
        PersonaDirectory directory = new PersonaDirectory(
                InMemoryActiveConfiguration.of("""
                connections: {sales: {url: "jdbc:h2:mem:sales"}}
                personas:
                  lead:
                    roles: [lead]
                    tools: {allow: [sql_query]}
                    connections: {allow: [sales]}
                    masks: [{columns: "sales/*.*.email", show: hash}]
                  same:
                    roles: [same]
                    tools: {allow: [sql_query]}
                    connections: {allow: [sales]}
                    masks: [{columns: "sales/*.*.email", show: hash}]
                  open: {roles: [open], tools: {allow: [sql_query]}, connections: {allow: [sales]}}
                  own:
                    roles: [own]
                    tools: {allow: [sql_query]}
                    connections: {allow: [sales]}
                    filters: [{tables: "sales/*.*", where: "owner = :name", values: {name: name}}]
                """).config().personas());
        ConnectionConfig sales = new ConnectionConfig(
                "sales", "", new ConnectionSource.Jndi("jdbc/sales"), 1, Duration.ofSeconds(1), Set.of());
        return new PersonaKeyRights(
                new AuthorizedCaller(
                        new PlatformCaller("lead", AuthenticationMethod.API_KEY, "0123456789ab", List.of(role), null),
                        directory.personaFor(List.of(role)).orElseThrow()),
                directory,
                List.of(sales));
    }

    private PersonaKeyRights told(ConnectionConfig connection, AuthenticationMethod method) {
        List<String> held = List.of("explain", "explain2");
        return new PersonaKeyRights(
                new AuthorizedCaller(
                        new PlatformCaller("lead", method, "0123456789ab", held, null),
                        personas.personaFor(held).orElseThrow()),
                personas,
                List.of(connection));
    }

    private static ConnectionConfig withIdentity(String by) {
        return new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", """
                        connections:
                          sales:
                            jndi: jdbc/sales
                            identity: {variables: {app.caller: {by: "%s", default: x}}}
                        """.formatted(by))
                .config()
                .orElseThrow()
                .connections()
                .get(0);
    }

    @Test
    void fewerRolesThatLeadToAStrongerPersonaAreBeyondTheirHolder() {
        PersonaKeyRights rights = rights("helpdesk", "admin");
        assertThat(rights.everything()).isFalse();
        assertThat(rights.withheld(List.of("admin"))).isEmpty();
        assertThat(rights.beyond(List.of("admin")))
                .contains("permission platform:admin", "tools.allow[*]", "connections.allow[*]")
                .contains("resources.allow[*]", "prompts.allow[*]");
        assertThat(rights.beyond(List.of("helpdesk", "admin"))).isEmpty();
    }

    @Test
    void personaWithinTheMakersIsNotBeyond() {
        assertThat(rights("helpdesk", "query").beyond(List.of("query"))).isEmpty();
    }

    @Test
    void toolThatTheMakerIsDeniedIsBeyond() {
        assertThat(rights("helpdesk", "explain").beyond(List.of("explain"))).containsExactly("tools.allow[sql_*]");
    }

    @Test
    void connectionThatTheMakerHasNotIsBeyond() {
        assertThat(rights("helpdesk", "elsewhere").beyond(List.of("elsewhere")))
                .containsExactly("connections.allow[*]");
    }

    @Test
    void resourceOrPromptThatTheMakerHasNotIsBeyond() {
        assertThat(rights("helpdesk", "reader").beyond(List.of("reader")))
                .containsExactly("resources.allow[table://*]", "prompts.allow[draft]");
        assertThat(rights("helpdesk", "guest").beyond(List.of("guest"))).isEmpty();
    }

    @Test
    void rolesThatLeadNowhereGrantNothing() {
        assertThat(rights("helpdesk", "unlisted").beyond(List.of("unlisted"))).isEmpty();
    }

    @Test
    void roleThatTheMakerDoesNotHoldIsWithheld() {
        assertThat(rights("helpdesk").withheld(List.of("helpdesk", "query"))).containsExactly("query");
    }

    @Test
    void administratorGrantsEveryRoleThatAPersonaLists() {
        PersonaKeyRights rights = rights("admin");
        assertThat(rights.everything()).isTrue();
        assertThat(rights.withheld(List.of("helpdesk", "query", "unlisted"))).containsExactly("unlisted");
        assertThat(rights.beyond(List.of("helpdesk"))).isEmpty();
    }
}
