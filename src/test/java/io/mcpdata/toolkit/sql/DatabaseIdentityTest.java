package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.gateway.ToolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which role and variables a caller has in the database, and who is refused. */
final class DatabaseIdentityTest {

    private static final String LONG = "x".repeat(257);

    private static final CallerFacts CALLER = new CallerFacts(
            "oidc:https://login.example.com 4711",
            "alice",
            "analyst",
            List.of("silver", "gold"),
            path -> Map.of(
                            "region", List.of("north"),
                            "regions", List.of("north", "south"),
                            "blank", List.of(" "),
                            "controls", List.of("a\nb"),
                            "long", List.of(LONG))
                    .getOrDefault(path, List.of()));

    /** A connection with this identity. */
    static ConnectionConfig connection(String name, ConnectionSource source, Duration timeout, String identity) {
        return new PlatformConfigReader(variable -> Optional.empty())
                .read(
                        "platform.yaml",
                        "personas: {analyst: {roles: [gold], tools: {allow: [x]}, connections: {allow: [x]}},"
                                + " viewer: {roles: [silver], priority: 1, tools: {allow: [x]}, connections: {allow: [x]}}}\n"
                                + "connections: {c: {jndi: x, identity: " + identity + "}}\n")
                .config()
                .map(config -> new ConnectionConfig(
                        name,
                        "",
                        source,
                        1000,
                        timeout,
                        Set.of(),
                        false,
                        config.connections().get(0).identity()))
                .orElseThrow(() -> new AssertionError("not an identity: " + identity));
    }

    private static DatabaseIdentity of(String identity, CallerFacts caller) {
        return DatabaseIdentity.of(
                connection("warehouse", new ConnectionSource.Jndi("x"), Duration.ofSeconds(1), identity), caller);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{role: {by: persona, values: {analyst: app_analyst}}}                     | role=app_analyst",
                "{role: {by: role, values: {gold: app_gold, silver: app_silver}}}          | role=app_gold",
                "{role: {by: role, values: {silver: app_silver, gold: app_gold}}}          | role=app_silver",
                "{role: {by: 'claim:regions', values: {south: app_south, north: app_x}}}   | role=app_south",
                "{role: {by: persona, values: {viewer: app_viewer}, default: app_reader}}  | role=app_reader",
                "{variables: {app.caller: identity}} | app.caller=oidc:https://login.example.com 4711",
                "{variables: {app.caller: name, app.region: 'claim:region'}}               | app.caller=alice app.region=north",
                "{variables: {app.tier: {by: role, values: {gold: 1}, default: 3}}}        | app.tier=1",
                "{variables: {app.tier: {by: role, values: {lead: 1}, default: 3}}}        | app.tier=3",
                "{variables: {app.x: {by: 'claim:absent', default: none}}}                 | app.x=none",
            })
    void valueIsChosenByTheFactsOfTheCaller(String identity, String expected) {
        DatabaseIdentity chosen = of(identity, CALLER);
        StringBuilder text =
                new StringBuilder(chosen.role().map(role -> "role=" + role).orElse(""));
        chosen.variables()
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(value));
        assertThat(text).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{role: {by: persona, values: {viewer: app_viewer}}}             | identity.role, which is chosen by persona",
                "{role: {by: 'claim:absent', values: {a: b}}}                    | identity.role, which is chosen by claim:absent",
                "{variables: {app.x: 'claim:absent'}}                            | identity.variables.app.x, which is chosen by claim:absent",
                "{variables: {app.x: 'claim:regions'}}                           | identity.variables.app.x",
                "{variables: {app.x: {by: 'claim:regions', default: none}}}      | identity.variables.app.x",
                "{variables: {app.x: {by: 'claim:blank', default: none}}}        | identity.variables.app.x",
                "{variables: {app.x: 'claim:controls'}}                          | identity.variables.app.x",
                "{variables: {app.x: 'claim:long'}}                              | identity.variables.app.x",
            })
    void callerWithoutAnUsableValueIsRefused(String identity, String key) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> of(identity, CALLER));
        assertThat(e.category()).isEqualTo("identity_missing");
        assertThat(e)
                .hasMessageStartingWith("The connection warehouse is not open to you: its configuration has no value")
                .hasMessageContaining(key);
        assertThat(e.getMessage()).as("no value of a claim").doesNotContain("north", "a\nb", LONG);
    }

    @Test
    void connectionWithAnIdentityIsNotUsedForThePlatformItself() {
        ToolException e = catchThrowableOfType(
                ToolException.class, () -> of("{variables: {a: {by: name, default: x}}}", CallerFacts.NONE));
        assertThat(e.category()).isEqualTo("identity_missing");
    }

    @Test
    void textOfAnIdentityHasNoValueOfAVariable() {
        assertThat(of("{role: {by: persona, values: {analyst: app_analyst}}, variables: {app.caller: name}}", CALLER))
                .hasToString("role app_analyst, variables app.caller");
    }
}
