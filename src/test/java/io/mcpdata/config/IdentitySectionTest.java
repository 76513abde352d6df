package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code connections.<name>.identity}. */
final class IdentitySectionTest {

    private static final String START =
            "personas: {analyst: {roles: [a], tools: {allow: [x]}, connections: {allow: [x]}}}\nconnections:\n  c: ";

    @Test
    void roleAndVariablesAreReadInTheOrderOfTheFile() {
        IdentityConfig identity =
                Reading.config(START + """
                {url: "jdbc:postgresql://db/x", identity: {
                   role: {by: persona, values: {analyst: app_analyst, admin: app_admin}, default: app_reader},
                   variables: {app.caller: identity, app.region: "claim:address.region",
                               app.tier: {by: role, values: {gold: 1, silver: "2"}, default: 3}}}}
                """).connections().get(0).identity().orElseThrow();
        assertThat(identity.role())
                .contains(new IdentityMapping(
                        new IdentitySource(IdentitySource.Kind.PERSONA, ""),
                        Map.of("analyst", "app_analyst", "admin", "app_admin"),
                        Optional.of("app_reader")));
        assertThat(identity.role().orElseThrow().values().keySet()).containsExactly("analyst", "admin");
        assertThat(identity.variables().keySet()).containsExactly("app.caller", "app.region", "app.tier");
        assertThat(identity.variables())
                .containsEntry(
                        "app.region",
                        new IdentityMapping(
                                new IdentitySource(IdentitySource.Kind.CLAIM, "address.region"),
                                Map.of(),
                                Optional.empty()))
                .containsEntry(
                        "app.tier",
                        new IdentityMapping(
                                new IdentitySource(IdentitySource.Kind.ROLE, ""),
                                Map.of("gold", "1", "silver", "2"),
                                Optional.of("3")));
    }

    @Test
    void connectionWithoutItTellsTheDatabaseNothing() {
        assertThat(Reading.config(START + "{demo: retail}").connections().get(0).identity())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{url: 'jdbc:mariadb://db/x', identity: {role: {by: role, values: {a: app_a}}, variables: {caller: name}}}",
                "{url: 'jdbc:mysql://db/x', identity: {variables: {app.caller: name}}}",
                "{url: 'jdbc:sqlserver://db', identity: {variables: {caller: name}}}",
                "{url: 'jdbc:oracle:thin:@db', identity: {variables: {client_identifier: name}}}",
                "{url: 'jdbc:trino://db', identity: {variables: {session_user: name, client_tags: persona}}}",
                "{url: 'jdbc:wrapper:postgresql://db', identity: {variables: {anything: name}}}",
                "{jndi: 'java:x', identity: {variables: {anything: name}}}",
            })
    void eachProductHasItsOwn(String connection) {
        assertThat(Reading.errors(START + connection)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jndi: x, identity:                                       | identity: found neither a role nor variables; expected",
                "jndi: x, identity: {role: {by: persona}}                 | identity.role: found no values; expected",
                "jndi: x, identity: {role: {values: {a: b}}}              | identity.role.by: found nothing; expected persona, role",
                "jndi: x, identity: {role: {by: user, values: {a: b}}}    | identity.role.by: found \"user\"; expected persona, role",
                "jndi: x, identity: {role: {by: claim, values: {a: b}}}   | identity.role.by: found \"claim\"; expected",
                "jndi: x, identity: {role: {by: 'claim:', values: {a: b}}} | identity.role.by: found \"claim:\"; expected",
                "jndi: x, identity: {role: {by: persona, values: {a: b}}} | identity.role.values.a: found a persona that does not exist; expected one of admin, analyst",
                "jndi: x, identity: {role: {by: role, values: {' a': b}}} | identity.role.values. a: found a role that cannot be used",
                "jndi: x, identity: {role: {by: role, values: {a: None}}} | identity.role.values.a: found \"None\"; expected the name of a database role",
                "jndi: x, identity: {role: {by: role, values: {a: 'b c'}}} | identity.role.values.a: found \"b c\"; expected the name of a database role",
                "jndi: x, identity: {role: {by: role, values: {a: b}, default: default}} | identity.role.default: found \"default\"; expected the name",
                "jndi: x, identity: {role: {by: role, values: {a: b}, else: c}} | identity.role.else: found an unknown key; expected one of by, values, default",
                "jndi: x, identity: {variables: {'a;b': name}}            | identity.variables.a;b: found a variable that cannot be used",
                "jndi: x, identity: {variables: {a.b: {by: name, default: ''}}} | identity.variables.a.b.default: found \"\"; expected 1 to 256",
                "url: 'jdbc:postgresql:x', identity: {variables: {role: name}} | identity.variables.role: found a variable that cannot be used; expected a setting of your own",
                "url: 'jdbc:postgresql:x', identity: {variables: {search_path: name}} | identity.variables.search_path: found a variable",
                "url: 'jdbc:oracle:x', identity: {variables: {a: name}}   | identity.variables.a: found a variable that cannot be used; expected client_identifier",
                "url: 'jdbc:trino:x', identity: {variables: {a: name}}    | identity.variables.a: found a variable that cannot be used; expected session_user",
                "url: 'jdbc:sqlserver:x', identity: {role: {by: role, values: {a: b}}} | identity.role: found a role on SQL Server; expected variables",
                "url: 'jdbc:h2:mem:x', identity: {variables: {a: name}}   | identity: found an identity for a database that has none; expected it on connections to PostgreSQL",
                "demo: retail, identity: {variables: {a: name}}           | identity: found an identity for a database that has none; expected",
                "url: 'jdbc:duckdb:x', identity: {variables: {a: name}}   | identity: found an identity for a database that has none; expected",
            })
    void identityThatCannotWorkIsAnErrorThatSaysWhy(String connection, String error) {
        assertThat(Reading.errors(START + "{" + connection + "}"))
                .anyMatch(found -> found.startsWith("platform.yaml:3: connections.c." + error));
    }
}
