package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PromptConfigTest {

    private static PromptConfig prompt(String text) {
        return new PromptConfig("p", "", "", List.of(), text);
    }

    @Test
    void everyUseOfAnArgumentIsReplaced() {
        assertThat(prompt("Sales of {{region}} by {{group.by-1}}, {{region}} only.\n")
                        .render(Map.of("region", "north", "group.by-1", "day")))
                .isEqualTo("Sales of north by day, north only.\n");
    }

    @Test
    void valueThatNamesAnotherArgumentIsNotReplacedAgain() {
        assertThat(prompt("{{a}} {{b}}").render(Map.of("a", "{{b}}", "b", "{{a}}")))
                .isEqualTo("{{b}} {{a}}");
        assertThat(prompt("{{a}}{{b}}}}").render(Map.of("a", "{{", "b", "a")))
                .as("a use made of two values")
                .isEqualTo("{{a}}");
    }

    @Test
    void valueIsNoPatternOfJava() {
        assertThat(prompt("a {{x}} b").render(Map.of("x", "$0 $1 ${x} \\ \\\\ \\$")))
                .isEqualTo("a $0 $1 ${x} \\ \\\\ \\$ b");
    }

    @Test
    void absentArgumentBecomesTheEmptyText() {
        assertThat(prompt("[{{a}}] {{b}}").render(Map.of("b", "x", "c", "unused")))
                .isEqualTo("[] x");
    }

    @Test
    void otherBracesStay() {
        String text = "{a} {{ a }} {{a }} {{}} {{{a}} {{a {{ref('orders')}} ${a} {\"x\":{\"y\":{}}}";
        assertThat(prompt(text).render(Map.of("a", "1")))
                .isEqualTo("{a} {{ a }} {{a }} {{}} {1 {{a {{ref('orders')}} ${a} {\"x\":{\"y\":{}}}");
    }

    @Test
    void longTextIsRenderedWithoutDeepStack() {
        String text = "{{a}}".repeat(20_000);
        assertThat(prompt(text).render(Map.of("a", "xy"))).isEqualTo("xy".repeat(20_000));
        assertThat(PromptConfig.uses("{{" + "a".repeat(1_000_000))).isEmpty();
    }

    @Test
    void labelNamesThePrompt() {
        assertThat(prompt("x").label()).isEqualTo("prompt p");
    }
}
