package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestrictionsSectionTest {

    private static ConfigReading read(String keys) {
        return new PlatformConfigReader(name -> Optional.empty()).read("platform.yaml", """
                connections: {db: {url: "jdbc:h2:mem:x"}}
                personas:
                  clerk:
                    roles: [clerk]
                    tools: {allow: ["*"]}
                    connections: {allow: ["*"]}
                """ + keys.indent(4));
    }

    private static String problems(String keys) {
        return read(keys).errors().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void firstMaskOfAColumnAndAllFiltersOfATableApplyInAnyCase() {
        RestrictionsConfig rules =
                read("""
                masks:
                  - {columns: "DB/Sales.Customers.Email", show: hash}
                  - {columns: ["*/*.*.email", "db/hr.people.*"], show: last4}
                  - {columns: "db/*.*.note", text: "(hidden)"}
                filters:
                  - {tables: "db/sales.*", where: "a = :x AND b IN (:y)", values: {x: name, y: "claim:list"}}
                  - {tables: ["db/*"], where: "a = ')' OR (a->>'b' = ':no')"}
                """).config().orElseThrow().personas().get(0).restrictions();

        assertThat(rules.mask("db", "SALES", "CUSTOMERS", "EMAIL").map(MaskConfig::show))
                .contains(MaskConfig.Show.HASH);
        assertThat(rules.mask("db", "sales", "orders", "email").map(MaskConfig::show))
                .contains(MaskConfig.Show.LAST4);
        assertThat(rules.mask("db", "hr", "people", "any").map(MaskConfig::show))
                .contains(MaskConfig.Show.LAST4);
        assertThat(rules.mask("db", "s", "t", "note").map(MaskConfig::text)).contains("(hidden)");
        assertThat(rules.mask("db", "sales", "customers", "name")).isEmpty();
        assertThat(rules.mask("other", "sales", "customers", "note")).isEmpty();
        assertThat(rules.mask("db", "sales", "customers.email", "x"))
                .as("a dot in a name")
                .isEmpty();
        assertThat(rules.filters("db", "sales", "t")).hasSize(2);
        assertThat(rules.filters("db", "hr", "t")).hasSize(1);
        assertThat(rules.anyOf("db")).isTrue();
        assertThat(rules.of("db", "sales", "customers")).hasSize(5);
        assertThat(read("masks: []")
                        .config()
                        .orElseThrow()
                        .personas()
                        .get(0)
                        .restrictions()
                        .anyOf("db"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "masks: [{columns: 'db/s.t.c'}] | masks[0]: found a mask that does not say what callers get",
                "masks: [{columns: 'db/s.t.c', show: never}] | masks[0].show: found \"never\"",
                "masks: [{columns: 'db/s.t.c', show: text}] | found text without a text",
                "masks: [{columns: 'db/s.t.c', show: hash, text: x}] | found show beside text",
                "masks: [{columns: 'db/s.t.c', text: ''}] | masks[0].text",
                "masks: [{show: hash}] | masks[0]: found no columns",
                "masks: [{columns: 'db/s.t', show: hash}] | masks[0].columns: found \"db/s.t\"; expected a glob over CONNECTION/SCHEMA.TABLE.COLUMN",
                "masks: [{columns: 'dw/s.t.c', show: hash}] | masks[0].columns: found \"dw/s.t.c\"",
                "masks: [{columns: 'db/s.t.c', show: hash, length: 4}] | an unknown key",
                "filters: [{tables: 'db/s.t'}] | filters[0].where: found nothing",
                "filters: [{where: 'a = 1'}] | filters[0]: found no tables",
                "filters: [{tables: 'db/s.t', where: 'a = 1) OR (1 = 1'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = 1 -- b'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = 1 /* b'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = 1; b'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = ?'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = \"x'}] | filters[0].where: found",
                "filters: [{tables: 'db/s.t', where: 'a = :b'}] | :b, which is no value of this filter",
                "filters: [{tables: 'db/s.t', where: 'a = 1', values: {b: name}}] | a value that the condition does not use",
                "filters: [{tables: 'db/s.t', where: 'a = :b', values: {b: e-mail}}] | filters[0].values.b: found \"e-mail\""
            })
    void wrongRuleIsNamedWithItsPlace(String keys, String problem) {
        assertThat(read(keys).config()).isEmpty();
        assertThat(problems(keys)).contains(problem);
    }

    @Test
    void noTextOfAVariableIsRepeated() {
        assertThat(List.of(problems("filters: [{tables: 'db/s.t', where: 'a = ${SECRET:-x) OR (y}'}]")))
                .noneMatch(text -> text.contains("OR (y"));
    }
}
