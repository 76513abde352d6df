package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonaSectionTest {

    @Test
    void everyKeyOfAPersonaIsRead() {
        PersonaConfig persona = Reading.config("""
                personas:
                  analyst:
                    display_name: Data Analyst
                    description: asks
                    roles: [analyst, data_engineer]
                    priority: -3
                    permissions: ["mcp:connect", "audit:read"]
                    tools: {allow: ["*"], deny: ["*_delete_*"]}
                    connections: {allow: [warehouse], deny: [archive]}
                    resources: {allow: ["table://warehouse/*"], deny: ["*/order%20lines"]}
                    prompts: {allow: ["report_?"], deny: [report_x]}
                    skills: {allow: ["sales-*"], deny: [sales-hr]}
                """).personas().get(0);
        assertThat(persona.name()).isEqualTo("analyst");
        assertThat(persona.displayName()).isEqualTo("Data Analyst");
        assertThat(persona.description()).isEqualTo("asks");
        assertThat(persona.roles()).containsExactly("analyst", "data_engineer");
        assertThat(persona.priority()).isEqualTo(-3);
        assertThat(persona.permissions()).containsExactlyInAnyOrder("mcp:connect", "audit:read");
        assertThat(persona.tools()).hasToString("GlobRules[allow=[*], deny=[*_delete_*]]");
        assertThat(persona.connections()).hasToString("GlobRules[allow=[warehouse], deny=[archive]]");
        assertThat(persona.resources()).hasToString("GlobRules[allow=[table://warehouse/*], deny=[*/order%20lines]]");
        assertThat(persona.prompts()).hasToString("GlobRules[allow=[report_?], deny=[report_x]]");
        assertThat(persona.skills()).hasToString("GlobRules[allow=[sales-*], deny=[sales-hr]]");
    }

    @Test
    void whatIsLeftOutGrantsOnlyConnecting() {
        PersonaConfig persona = Reading.config("personas: {p: {roles: [r], tools: {allow: [x]}}}")
                .personas()
                .get(0);
        assertThat(persona.displayName()).isEqualTo("p");
        assertThat(persona.priority()).isZero();
        assertThat(persona.permissions()).containsExactly("mcp:connect");
        assertThat(persona.connections()).isEqualTo(GlobRules.DENY_ALL);
        assertThat(persona.resources()).isEqualTo(GlobRules.DENY_ALL);
        assertThat(persona.prompts()).isEqualTo(GlobRules.DENY_ALL);
        assertThat(persona.skills()).isEqualTo(GlobRules.DENY_ALL);
    }

    @Test
    void limitsOfAPersonaReplaceThoseOfAllCallersKeyByKey() {
        PlatformConfig config = Reading.config("""
                personas:
                  p:
                    roles: [r]
                    tools: {allow: [x]}
                    limits: {streams_per_caller: 1, sessions_per_caller: 2, calls_per_caller: 3, calls_per_minute: 4,
                      request_bytes: 4194304}
                  q: {roles: [s], tools: {allow: [x]}, limits: {calls_per_minute: 0}}
                limits: {calls_per_minute: 600, calls_per_caller: 7, heartbeat: 20s}
                """);
        LimitsConfig all = config.limits();
        LimitsConfig own = config.personas().get(0).limits().over(all);
        assertThat(own.streamsPerCaller()).isEqualTo(1);
        assertThat(own.sessionsPerCaller()).isEqualTo(2);
        assertThat(own.callsPerCaller()).isEqualTo(3);
        assertThat(own.callsPerMinute()).isEqualTo(4);
        assertThat(own.requestBytes()).isEqualTo(4194304);
        assertThat(own.heartbeat()).hasSeconds(20);
        LimitsConfig inherited = config.personas().get(1).limits().over(all);
        assertThat(inherited.callsPerMinute()).isZero();
        assertThat(inherited.callsPerCaller()).isEqualTo(7);
        assertThat(config.personas().get(2).limits().over(all)).isSameAs(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "calls_per_minutes: 5; calls_per_minutes; one of streams_per_caller, sessions_per_caller,"
                        + " calls_per_caller, calls_per_minute, request_bytes, export_rows, export_bytes, exports_per_caller",
                "heartbeat: 5s; heartbeat; one of streams_per_caller, sessions_per_caller, calls_per_caller,"
                        + " calls_per_minute, request_bytes, export_rows, export_bytes, exports_per_caller",
                "calls_per_caller: 0; calls_per_caller; a whole number from 1 to 10000",
                "request_bytes: 5000000; request_bytes; a whole number from 1024 to 4194304",
                "streams_per_caller: many; streams_per_caller; a whole number from 1 to 100000"
            })
    void wrongLimitOfAPersonaIsReportedWithWhatIsExpected(String limit, String key, String expected) {
        assertThat(Reading.errors("personas: {p: {roles: [r], tools: {allow: [x]}, limits: {" + limit + "}}}"))
                .singleElement()
                .asString()
                .contains(" personas.p.limits." + key + ": found ")
                .endsWith("; expected " + expected);
    }

    @Test
    void adminIsBuiltIn() {
        PersonaConfig admin = Reading.config("audit: {}").personas().get(0);
        assertThat(admin.roles()).containsExactly("admin");
        assertThat(admin.priority()).isEqualTo(100);
        assertThat(admin.permissions()).containsExactly("platform:admin");
        assertThat(admin.tools()).isEqualTo(GlobRules.ALLOW_ALL);
        assertThat(admin.connections()).isEqualTo(GlobRules.ALLOW_ALL);
        assertThat(admin.resources()).isEqualTo(GlobRules.ALLOW_ALL);
        assertThat(admin.prompts()).isEqualTo(GlobRules.ALLOW_ALL);
        assertThat(admin.skills()).isEqualTo(GlobRules.ALLOW_ALL);
    }

    @Test
    void personaOfThatNameReplacesTheBuiltInOne() {
        assertThat(Reading.config("personas: {admin: {roles: [root], tools: {allow: [x]}}}")
                        .personas())
                .extracting(
                        PersonaConfig::name, persona -> persona.permissions().contains("platform:admin"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple("admin", false));
    }

    @Test
    void personaThatListsTheRoleAdminIsNotOvertakenByTheBuiltInOne() {
        assertThat(Reading.config("personas: {operators: {roles: [admin], priority: 1, tools: {allow: [x]}}}")
                        .personas())
                .extracting(PersonaConfig::name)
                .containsExactly("operators");
    }

    @Test
    void personasKeepTheOrderOfTheFileAndTheBuiltInOneComesLast() {
        assertThat(Reading.config(
                                "personas:\n  z: {roles: [z], tools: {allow: [x]}}\n  a: {roles: [a], tools: {allow: [x]}}\n")
                        .personas())
                .extracting(PersonaConfig::name)
                .containsExactly("z", "a", "admin");
    }

    @Test
    void twoPersonasOfOnePriorityForOneRoleAreAnError() {
        String text = """
                personas:
                  first: {roles: [a, b], priority: 5, tools: {allow: [x]}}
                  second:
                    roles: [c, b]
                    priority: %d
                    tools: {allow: [x]}
                """;
        assertThat(Reading.errors(String.format(text, 5)))
                .containsExactly("platform.yaml:4: personas.second.roles: found the role b at the same priority as in"
                        + " persona first; expected different priorities: one of the two could never be chosen");
        assertThat(Reading.errors(String.format(text, 6))).isEmpty();
    }

    @Test
    void roleListedTwiceInOnePersonaIsNoConflict() {
        assertThat(Reading.errors("personas: {p: {roles: [a, a], tools: {allow: [x]}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{roles: [r]}",
                "{roles: [r], tools: {}}",
                "{roles: [r], tools: {allow: []}}",
                "{roles: [r], tools: {deny: [x]}}",
                "{roles: [r], tools: {allow: [x], deny: ['*']}}",
                "{roles: [r], resources: {}, prompts: {allow: []}}",
                "{roles: [r], resources: {allow: [x], deny: ['*']}, prompts: {deny: [x]}}",
                "{roles: [r], connections: {allow: [x]}}",
                "{roles: [r], permissions: []}",
                "{roles: [r], permissions: [], resources: {allow: [x]}, prompts: {allow: [x]}}",
                "{roles: [r], permissions: [], tools: {allow: [x]}, connections: {allow: [x]}}",
            })
    void personaThatGrantsNothingIsAnError(String persona) {
        assertThat(Reading.errors("personas:\n  p: " + persona))
                .containsExactly("platform.yaml:2: personas.p: found a persona that grants nothing; expected tools,"
                        + " resources, prompts or skills: {allow: [...]}, or permissions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources: {allow: ['document://*']}", "prompts: {allow: [x]}", "skills: {allow: [x]}"})
    void personaOfResourcesOrPromptsAloneGrantsSomething(String rules) {
        ConfigReading reading = Reading.of("personas: {p: {roles: [r], " + rules + "}}");
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void malformedGlobIsTheOnlyErrorOfAPersonaThatWouldGrantWithoutIt() {
        assertThat(Reading.errors("personas: {p: {roles: [r], resources: {allow: ['table://{a,b}']}}}"))
                .containsExactly("platform.yaml:1: personas.p.resources.allow[0]: found \"table://{a,b}\"; expected a"
                        + " glob of letters, digits and _ . ~ : / @ % + = & ; , # - with * and ?");
        assertThat(Reading.errors("personas: {p: {roles: [r], prompts: {allow: ['a b']}}}"))
                .containsExactly("platform.yaml:1: personas.p.prompts.allow[0]: found \"a b\"; expected a glob of"
                        + " letters, digits and _ . : / - with * and ?");
        assertThat(Reading.errors("personas: {p: {roles: [r], tools: {allow: ['a b']}}}"))
                .hasSize(1);
    }

    /** The rules for skills alone decide on their files, so such a rule would have no effect. */
    @ParameterizedTest
    @ValueSource(strings = {"allow: ['skill://*']", "allow: ['*'], deny: ['Skill://sales/*']"})
    void resourceRuleForFilesOfSkillsIsAnError(String rules) {
        assertThat(Reading.errors("personas: {p: {roles: [r], resources: {" + rules + "}}}"))
                .containsExactly("platform.yaml:1: personas.p.resources: found a rule for the scheme skill; expected"
                        + " the key skills with rules over names of skills");
    }

    @Test
    void unknownKeyOfResourcesOrPromptsIsAnError() {
        assertThat(Reading.errors("personas: {p: {roles: [r], resources: {allow: [x], read: [y]}, prompts: [x]}}"))
                .containsExactlyInAnyOrder(
                        "platform.yaml:1: personas.p.resources.read: found an unknown key; expected one of allow, deny",
                        "platform.yaml:1: personas.p.prompts: found a list; expected a mapping of keys to values");
    }

    @Test
    void personaOfPermissionsAloneGrantsSomething() {
        assertThat(Reading.of("personas: {auditor: {roles: [r], permissions: [\"audit:read\"]}}")
                        .errors())
                .isEmpty();
    }

    @Test
    void toolsWithoutAnyConnectionWarn() {
        assertThat(Reading.warnings("personas: {p: {roles: [r], tools: {allow: [x]}}}"))
                .singleElement()
                .asString()
                .contains("personas.p: found tools, but no connection they could use");
        assertThat(Reading.warnings("personas: {p: {roles: [r], tools: {allow: [x]}, connections: {allow: [x]}}}"))
                .isEmpty();
    }

    @Test
    void personaWithoutRolesIsAnError() {
        assertThat(Reading.errors("personas: {p: {tools: {allow: [x]}}}"))
                .containsExactly("platform.yaml:1: personas.p: found no roles; expected roles: a list of the roles"
                        + " that lead to this persona");
        assertThat(Reading.errors("personas: {p: }")).hasSize(2);
    }

    @Test
    void unknownPermissionIsAnErrorThatNamesTheKnownOnes() {
        assertThat(Reading.errors("personas: {p: {roles: [r], permissions: [\"audit:write\"]}}"))
                .singleElement()
                .asString()
                .contains("personas.p.permissions[0]: found \"audit:write\"; expected one of ")
                .contains("audit:read")
                .contains("platform:admin");
    }

    @Test
    void malformedGlobIsOneErrorAtItsPlace() {
        assertThat(Reading.errors("personas: {p: {roles: [r], tools: {allow: ['sql_{a,b}'], deny: ['', 'ok_*']}}}"))
                .hasSize(2)
                .allMatch(error -> error.contains("expected a glob of letters, digits"))
                .anyMatch(error -> error.contains("personas.p.tools.allow[0]: found \"sql_{a,b}\""))
                .anyMatch(error -> error.contains("personas.p.tools.deny[0]: found \"\""));
        assertThat(Reading.errors("personas: {p: {roles: [r], tools: {allow: '*'}}}"))
                .anyMatch(error -> error.contains("tools.allow: found a single value; expected a list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "\"a\\nb\"", "\u00e9", "a:b", "'*'"})
    void nameOfAPersonaIsMadeOfPlainCharacters(String name) {
        assertThat(Reading.errors("personas: {" + name + " : {roles: [r], tools: {allow: [x]}}}"))
                .singleElement()
                .asString()
                .contains("found a name that cannot be used");
    }
}
