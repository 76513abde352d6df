package io.mcpdata.persona;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ConfigJson;
import io.mcpdata.config.ConfigProblem;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over schemas and tables, of connections and of personas, as the file has them. */
final class TableRulesTest {

    private static ConfigReading read(String ofConnection, String ofPersona) {
        return new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", """
                personas:
                  clerk:
                    roles: [clerk]
                    tools: {allow: ["*"]}
                    connections: {allow: ["*"]}
                    %s
                  guest:
                    roles: [guest]
                    priority: 1
                    tools: {allow: ["*"]}
                    connections: {allow: ["*"]}
                connections:
                  warehouse:
                    demo: retail
                    %s
                """.formatted(ofPersona, ofConnection));
    }

    private static PlatformConfig valid(String ofConnection, String ofPersona) {
        ConfigReading reading = read(ofConnection, ofPersona);
        assertThat(reading.errors()).isEmpty();
        return reading.config().orElseThrow();
    }

    private static AccessDecision decide(String ofConnection, String ofPersona, String schema, String table) {
        PlatformConfig config = valid(ofConnection, ofPersona);
        return persona(config, "clerk").table(config.connections().get(0), schema, table);
    }

    private static Persona persona(PlatformConfig config, String role) {
        return new PersonaDirectory(config.personas()).personaFor(List.of(role)).orElseThrow();
    }

    @Test
    void withoutRulesEveryTableExists() {
        PlatformConfig config = valid("", "");
        assertThat(persona(config, "clerk").limitsTables(config.connections().get(0)))
                .isFalse();
        assertThat(decide("", "", "any", "thing").allowed()).isTrue();
        assertThat(decide("tables: {}", "tables: {allow: [\"*\"]}", "any", "thing")
                        .allowed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            schemas: {allow: [sales, ref_*]} | -                                          | sales   | orders   | tables.allow[*]
            schemas: {allow: [sales, ref_*]} | -                                          | REF_EU  | Orders   | tables.allow[*]
            schemas: {allow: [sales, ref_*]} | -                                          | hr      | salaries | connections.warehouse.schemas: no allow matches
            schemas: {deny: [sales_raw]}     | -                                          | SALES_RAW | x      | connections.warehouse.schemas.deny[sales_raw]
            tables: {deny: ["*.salaries"]}   | -                                          | any     | SALARIES | connections.warehouse.tables.deny[*.salaries]
            tables: {deny: ["*.salaries"]}   | -                                          | any     | salary   | tables.allow[*]
            tables: {deny: ["HR.*"]}         | -                                          | hr      | x        | connections.warehouse.tables.deny[hr.*]
            tables: {allow: ["sales.*"]}     | -                                          | sales.x | orders   | connections.warehouse.tables: no allow matches
            tables: {allow: ["sales.*"]}     | -                                          | sales   | x.y      | tables.allow[*]
            tables: {allow: ["sales.*"]}     | -                                          | sales   | a/b      | tables.allow[*]
            tables: {deny: ["sales.a?b"]}    | -                                          | sales   | a.b      | connections.warehouse.tables.deny[sales.a?b]
            tables: {allow: []}              | -                                          | sales   | orders   | connections.warehouse.tables: no allow matches
            tables: {deny: ["-.orders"]}     | -                                          | ~       | orders   | connections.warehouse.tables.deny[-.orders]
            -                                | tables: {allow: ["warehouse/sales.*"]}     | sales   | orders   | tables.allow[warehouse/sales.*]
            -                                | tables: {allow: ["warehouse/sales.*"]}     | hr      | salaries | tables: no allow matches
            -                                | tables: {deny: ["*/*.SALARIES"]}           | hr      | salaries | tables.deny[*/*.salaries]
            -                                | tables: {allow: ["warehouse/*"], deny: ["warehouse/HR.*"]} | Hr | x | tables.deny[warehouse/hr.*]
            -                                | schemas: {deny: ["ware*/hr"]}              | HR      | x        | schemas.deny[ware*/hr]
            -                                | schemas: {allow: ["warehouse/sales"]}      | sales/hr | x       | schemas: no allow matches
            tables: {allow: ["hr.*"]}        | tables: {allow: ["warehouse/sales.*"]}     | hr      | x        | tables: no allow matches
            """)
    void connectionAndPersonaBothMustAllowATableAndTheRuleIsNamed(
            String ofConnection, String ofPersona, String schema, String table, String rule) {
        AccessDecision decision = decide(
                ofConnection == null ? "" : ofConnection,
                ofPersona == null ? "" : ofPersona,
                schema.equals("~") ? "" : schema,
                table);
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.allowed()).isEqualTo(rule.contains("allow["));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tables: {deny: [salaries]}",
                "tables: {deny: [\"a.b.c\"]}",
                "tables: {deny: [\"warehouse/a.b\"]}",
                "schemas: {deny: [\"a.b\"]}",
                "schemas: {deny: [\"\"]}",
                "tables: {deny: [\"a. b\"]}",
                "tables: {block: []}"
            })
    void ruleOfAConnectionThatCouldMatchNothingIsAnError(String rule) {
        assertThat(read(rule, "").errors())
                .singleElement()
                .extracting(ConfigProblem::key)
                .asString()
                .startsWith("connections.warehouse.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tables: {deny: [\"hr.*\"]}",
                "tables: {deny: [\"wharehouse/hr.*\"]}",
                "tables: {deny: [\"warehouse/hr\"]}",
                "tables: {deny: [\"warehouse/hr/salaries\"]}",
                "schemas: {deny: [hr]}",
                "schemas: {deny: [\"nowhere/hr\"]}"
            })
    void ruleOfAPersonaWithoutOneOfTheConnectionsIsAnError(String rule) {
        assertThat(read("", rule).errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).contains("with a connection of the file"));
    }

    @Test
    void moreTablesAreMoreRightsAndTheRulesAreShown() {
        PlatformConfig config = valid("schemas: {allow: [Sales]}", "tables: {allow: [\"warehouse/Sales.*\"]}");
        assertThat(persona(config, "guest").beyond(persona(config, "clerk"))).containsExactly("tables.allow[*]");
        assertThat(persona(config, "clerk").beyond(persona(config, "guest"))).isEmpty();
        assertThat(ConfigJson.of(config).build().toString())
                .contains("\"tables\":{\"allow\":[\"warehouse/sales.*\"],\"deny\":[]}")
                .contains("\"schemas\":{\"allow\":[\"sales\"],\"deny\":[]}");
    }
}
