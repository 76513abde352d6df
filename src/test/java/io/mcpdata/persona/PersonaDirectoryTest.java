package io.mcpdata.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.PersonaConfig;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PersonaDirectoryTest {

    private static PersonaConfig persona(String name, int priority, GlobRules tools, String... roles) {
        return new PersonaConfig(
                name, name, "", List.of(roles), priority, Set.of("mcp:connect"), tools, GlobRules.ALLOW_ALL);
    }

    private static GlobRules rules(List<String> allow, List<String> deny) {
        return new GlobRules(
                allow.stream().map(Glob::parse).toList(),
                deny.stream().map(Glob::parse).toList());
    }

    @Test
    void highestPriorityAmongTheCallersRolesWins() {
        PersonaDirectory directory = new PersonaDirectory(List.of(
                persona("low", 1, GlobRules.ALLOW_ALL, "a"),
                persona("high", 5, GlobRules.ALLOW_ALL, "b"),
                persona("other", 9, GlobRules.ALLOW_ALL, "c")));
        assertThat(directory.personaFor(List.of("a", "b")).map(Persona::name)).contains("high");
    }

    @Test
    void equalPrioritiesAreSettledByTheOrderInTheFile() {
        PersonaDirectory directory = new PersonaDirectory(
                List.of(persona("first", 5, GlobRules.ALLOW_ALL, "a"), persona("second", 5, GlobRules.ALLOW_ALL, "b")));
        assertThat(directory.personaFor(List.of("b", "a")).map(Persona::name)).contains("first");
    }

    @Test
    void rolesThatNoPersonaListsLeadNowhere() {
        PersonaDirectory directory = new PersonaDirectory(List.of(persona("p", 1, GlobRules.ALLOW_ALL, "a")));
        assertThat(directory.personaFor(List.of("A", "mcp:connect"))).isEmpty();
    }

    @Test
    void denyComesBeforeAllowAndTheRuleIsNamed() {
        Persona persona = new Persona(persona("p", 1, rules(List.of("sql_*"), List.of("*_explain")), "a"));
        assertThat(persona.tool("sql_query")).isEqualTo(new AccessDecision(true, "tools.allow[sql_*]"));
        assertThat(persona.tool("sql_explain")).isEqualTo(new AccessDecision(false, "tools.deny[*_explain]"));
        assertThat(persona.tool("platform_info")).isEqualTo(new AccessDecision(false, "tools: no allow matches"));
    }

    @Test
    void resourcesAndPromptsAreDecidedByTheirOwnRules() {
        Persona persona = new Persona(new PersonaConfig(
                "p",
                "",
                "",
                List.of("a"),
                1,
                Set.of("mcp:connect"),
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL,
                rules(List.of("table://sales/*", "document://*"), List.of("table://sales/hr/*")),
                rules(List.of("report_*"), List.of("*_draft")),
                rules(List.of("sales-*"), List.of("*-hr"))));
        assertThat(persona.resource("document://terms"))
                .isEqualTo(new AccessDecision(true, "resources.allow[document://*]"));
        assertThat(persona.resource("table://sales/hr/pay"))
                .isEqualTo(new AccessDecision(false, "resources.deny[table://sales/hr/*]"));
        assertThat(persona.resource("table://archive/x"))
                .isEqualTo(new AccessDecision(false, "resources: no allow matches"));
        assertThat(persona.prompt("report_week")).isEqualTo(new AccessDecision(true, "prompts.allow[report_*]"));
        assertThat(persona.prompt("report_draft")).isEqualTo(new AccessDecision(false, "prompts.deny[*_draft]"));
        assertThat(persona.skill("sales-review")).isEqualTo(new AccessDecision(true, "skills.allow[sales-*]"));
        assertThat(persona.skill("sales-hr")).isEqualTo(new AccessDecision(false, "skills.deny[*-hr]"));
        assertThat(persona.prompt("other")).isEqualTo(new AccessDecision(false, "prompts: no allow matches"));
    }

    @Test
    void skillThatAnotherPersonaLacksIsAmongItsRights() {
        PersonaConfig all = new PersonaConfig(
                "p",
                "",
                "",
                List.of("a"),
                1,
                Set.of("mcp:connect"),
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL,
                GlobRules.DENY_ALL,
                GlobRules.DENY_ALL,
                rules(List.of("sales-*"), List.of()));
        Persona none = new Persona(persona("q", 1, GlobRules.ALLOW_ALL, "b"));
        assertThat(new Persona(all).beyond(none)).containsExactly("skills.allow[sales-*]");
        assertThat(none.beyond(new Persona(all))).isEmpty();
    }

    @Test
    void personaWithoutSuchRulesHasNoResourceAndNoPrompt() {
        Persona persona = new Persona(persona("p", 1, GlobRules.ALLOW_ALL, "a"));
        assertThat(persona.resource("document://terms").allowed()).isFalse();
        assertThat(persona.prompt("report").allowed()).isFalse();
        assertThat(persona.skill("sales-review").allowed()).isFalse();
    }

    @Test
    void platformAdminImpliesEveryPermission() {
        Persona admin = new Persona(new PersonaConfig(
                "admin",
                "",
                "",
                List.of("admin"),
                1,
                Set.of("platform:admin"),
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL));
        assertThat(admin.permissions()).isEqualTo(Permission.ALL);
    }
}
