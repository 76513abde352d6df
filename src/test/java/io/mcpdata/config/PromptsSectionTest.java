package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.PromptArgumentConfig.Completes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptsSectionTest {

    @Test
    void everyKeyOfAPromptIsReadInTheOrderOfTheFile() {
        assertThat(Reading.config("""
                prompts:
                  weekly:
                    title: Weekly sales
                    description: Sales of a region
                    arguments:
                      region: {title: Region, description: where, required: true, values: [south, north, 2024]}
                      at: {completes: connection}
                      table: {completes: table}
                      note:
                    text: |
                      Sum the sales of {{region}} in {{table}} at {{at}}.
                      {{note}}
                  another: {text: Say hello}
                """).prompts())
                .containsExactly(
                        new PromptConfig(
                                "weekly",
                                "Weekly sales",
                                "Sales of a region",
                                List.of(
                                        new PromptArgumentConfig(
                                                "region",
                                                "Region",
                                                "where",
                                                true,
                                                List.of("south", "north", "2024"),
                                                Optional.empty()),
                                        argument("at", Optional.of(Completes.CONNECTION)),
                                        argument("table", Optional.of(Completes.TABLE)),
                                        argument("note", Optional.empty())),
                                "Sum the sales of {{region}} in {{table}} at {{at}}.\n{{note}}\n"),
                        new PromptConfig("another", "", "", List.of(), "Say hello"));
    }

    private static PromptArgumentConfig argument(String name, Optional<Completes> completes) {
        return new PromptArgumentConfig(name, "", "", false, List.of(), completes);
    }

    @ParameterizedTest
    @CsvSource({"connection, CONNECTION", "schema, SCHEMA", "table, TABLE", "column, COLUMN"})
    void namesOfEachKindCanBeSuggested(String text, Completes completes) {
        assertThat(Reading.config("prompts: {p: {text: '{{a}}', arguments: {a: {completes: " + text + "}}}}")
                        .prompts()
                        .get(0)
                        .arguments())
                .containsExactly(argument("a", Optional.of(completes)));
    }

    @Test
    void variablesOfTheEnvironmentAreReplacedAndArgumentsAreNot() {
        ConfigReading reading = Reading.of(
                "prompts: {p: {text: 'Of ${COMPANY}: {{a}}, $${b}', arguments: {a: }}}",
                Map.of("COMPANY", "{{a}} & co"));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.config().orElseThrow().prompts().get(0).text()).isEqualTo("Of {{a}} & co: {{a}}, ${b}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|p.text: found nothing; expected a text of 1 to 100000 characters, with {{...}} around the names of arguments",
                "{text: ''}|p.text: found a text of 0 characters; expected a text of 1 to 100000 characters, with {{...}} around the names of arguments",
                "{text: }|p.text: found nothing; expected a single value",
                "{text: [x]}|p.text: found a list; expected a single value",
                "{text: x, body: y}|p.body: found an unknown key; expected one of title, description, arguments, text",
                "{text: x, arguments: [a]}|p.arguments: found a list; expected a mapping of keys to values",
                "{text: x, arguments: {a: b}}|p.arguments.a: found a single value; expected a mapping of keys to values",
                "{text: 'a {{reigon}}', arguments: {region: , day: }}|p.text: found {{reigon}}, which is no argument of this prompt; expected one of its arguments: region, day",
                "{text: 'a {{region}}'}|p.text: found {{region}}, which is no argument of this prompt; expected arguments with this name, or a text without it",
                "{text: '{{a}}', arguments: {a: {kind: x}}}|p.arguments.a.kind: found an unknown key; expected one of title, description, required, values, completes",
                "{text: '{{a}}', arguments: {a: {required: yes}}}|p.arguments.a.required: found \"yes\"; expected true or false",
                "{text: '{{a}}', arguments: {a: {values: x}}}|p.arguments.a.values: found a single value; expected a list",
                "{text: '{{a}}', arguments: {a: {values: [[x]]}}}|p.arguments.a.values[0]: found a list; expected a single value",
                "{text: '{{a}}', arguments: {a: {completes: row}}}|p.arguments.a.completes: found \"row\"; expected one of connection, schema, table, column",
                "{text: '{{a}}', arguments: {a: {completes: TABLE}}}|p.arguments.a.completes: found \"TABLE\"; expected one of connection, schema, table, column",
                "{text: '{{a}}', arguments: {a: {completes: table, values: [x]}}}|p.arguments.a.completes: found both values and completes; expected at most one of them",
            })
    void promptThatCannotWorkIsAnErrorThatSaysWhy(String prompt, String error) {
        assertThat(Reading.errors("prompts:\n  p: " + prompt)).containsExactly("platform.yaml:2: prompts." + error);
    }

    @Test
    void everyUndeclaredArgumentIsNamedOnce() {
        assertThat(Reading.errors("prompts: {p: {text: '{{x}} {{a}} {{y}} {{x}}', arguments: {a: }}}"))
                .containsExactly(
                        "platform.yaml:1: prompts.p.text: found {{x}}, which is no argument of this prompt; expected one"
                                + " of its arguments: a",
                        "platform.yaml:1: prompts.p.text: found {{y}}, which is no argument of this prompt; expected one"
                                + " of its arguments: a");
    }

    @Test
    void undeclaredArgumentThatAVariableHoldsIsNotShown() {
        ConfigReading reading =
                Reading.of("prompts: {p: {text: '${TEXT}', arguments: {a: }}}", Map.of("TEXT", "{{canary}} {{a}}"));
        assertThat(reading.errors())
                .extracting(ConfigProblem::toString)
                .containsExactly("platform.yaml:1: prompts.p.text: found {{...}}, which is no argument of this prompt;"
                        + " expected one of its arguments: a");
    }

    @Test
    void messageListsTwentyArgumentsAtMost() {
        String arguments =
                IntStream.rangeClosed(1, 21).mapToObj(i -> "a" + i + ": ").collect(Collectors.joining(", "));
        assertThat(Reading.errors("prompts: {p: {text: '{{x}}', arguments: {" + arguments + "}}}"))
                .singleElement()
                .asString()
                .endsWith(
                        "a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, ...");
    }

    @Test
    void argumentThatTheTextDoesNotUseWarns() {
        assertThat(Reading.warnings(
                        "prompts:\n  p:\n    text: 'a {{ b }} {{a}}'\n    arguments:\n      a:\n      b:\n"))
                .containsExactly("platform.yaml:6: prompts.p.arguments.b: found an argument that the text does not use;"
                        + " expected {{b}} in the text, or no such argument");
    }

    @Test
    void longestTextAndMostValuesAreTaken() {
        String values = "x,".repeat(1_000);
        String good = "prompts: {p: {text: '%s', arguments: {a: {values: [%s]}}}}";
        String longest = "{{a}}" + "x".repeat(99_994) + "\ud83d\ude00";
        assertThat(Reading.errors(String.format(good, longest, values))).isEmpty();
        assertThat(Reading.errors(String.format(good, longest + "y", values + "x")))
                .containsExactlyInAnyOrder(
                        "platform.yaml:1: prompts.p.text: found a text of 100001 characters; expected a text of 1 to"
                                + " 100000 characters, with {{...}} around the names of arguments",
                        "platform.yaml:1: prompts.p.arguments.a.values: found 1001 values; expected at most 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "\"a\\nb\"", "\u00e9", "a:b", "'*'", "'a/b'", "x{65}"})
    void nameOfAPromptOrArgumentIsMadeOfPlainCharacters(String given) {
        String name = given.equals("x{65}") ? "x".repeat(65) : given;
        assertThat(Reading.errors("prompts: {" + name + " : {text: x}}"))
                .singleElement()
                .asString()
                .endsWith("found a name that cannot be used; expected 1 to 64 letters, digits and _ . -");
        assertThat(Reading.errors("prompts: {p: {text: x, arguments: {" + name + " : }}}"))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:1: prompts.p.arguments")
                .endsWith("found a name that cannot be used; expected 1 to 64 letters, digits and _ . -");
    }

    @Test
    void longestNameIsTaken() {
        String name = "a.B-9_".repeat(10) + "abcd";
        assertThat(Reading.config("prompts: {" + name + ": {text: '{{" + name + "}}', arguments: {" + name + ": }}}")
                        .prompts()
                        .get(0)
                        .render(Map.of(name, "x")))
                .isEqualTo("x");
    }
}
