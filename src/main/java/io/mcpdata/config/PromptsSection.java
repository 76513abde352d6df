package io.mcpdata.config;

import io.mcpdata.config.PromptArgumentConfig.Completes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Section {@code prompts}. */
final class PromptsSection {

    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_VALUES = 1_000;
    private static final int MOST_NAMES_IN_A_MESSAGE = 20;

    private PromptsSection() {}

    static List<PromptConfig> read(Section prompts) {
        List<PromptConfig> configs = new ArrayList<>();
        for (String name : prompts.keys()) {
            EntryName.check(prompts, name);
            prompt(name, prompts.section(name)).ifPresent(configs::add);
        }
        return configs;
    }

    private static Optional<PromptConfig> prompt(String name, Section one) {
        one.only("title", "description", "arguments", "text");
        String title = one.text("title").orElse("");
        String description = one.text("description").orElse("");
        Section declared = one.section("arguments");
        List<PromptArgumentConfig> arguments = new ArrayList<>();
        for (String argument : declared.keys()) {
            EntryName.check(declared, argument);
            arguments.add(argument(argument, declared.section(argument)));
        }
        Optional<String> text = text(one);
        text.ifPresent(known -> checkUses(known, one, declared));
        return text.map(known -> new PromptConfig(name, title, description, arguments, known));
    }

    private static PromptArgumentConfig argument(String name, Section one) {
        one.only("title", "description", "required", "values", "completes");
        List<String> values = one.list("values", "a text", value -> value);
        if (values.size() > MOST_VALUES) {
            one.error("values", values.size() + " values", "at most " + MOST_VALUES);
        }
        List<String> choices = ConfigComponent.choices(Completes.class);
        Optional<Completes> completes = one.convert(
                "completes",
                Optional.empty(),
                "one of " + String.join(", ", choices),
                text -> Optional.of(ConfigComponent.choice(Completes.class, text)));
        if (one.isGiven("values") && one.isGiven("completes")) {
            one.error("completes", "both values and completes", "at most one of them");
        }
        return new PromptArgumentConfig(
                name,
                one.text("title").orElse(""),
                one.text("description").orElse(""),
                ConfigComponent.flag(PromptArgumentConfig.class, "required", one),
                values,
                completes);
    }

    private static Optional<String> text(Section one) {
        String expected = "a text of 1 to " + LONGEST_TEXT + " characters, with {{...}} around the names of arguments";
        Optional<String> text = one.required("text", expected, given -> given);
        int length = text.map(given -> given.codePointCount(0, given.length())).orElse(1);
        if (length == 0 || length > LONGEST_TEXT) {
            one.error("text", "a text of " + length + " characters", expected);
            return Optional.empty();
        }
        return text;
    }

    private static void checkUses(String text, Section one, Section declared) {
        Set<String> uses = PromptConfig.uses(text);
        for (String use : uses) {
            if (!declared.keys().contains(use)) {
                String braced = "{{" + use + "}}";
                // what only a variable holds is not shown
                String shown = one.contains("text", braced) ? FoundText.printable(braced) : "{{...}}";
                one.error("text", shown + ", which is no argument of this prompt", argumentsOf(declared));
            }
        }
        for (String argument : declared.keys()) {
            if (!uses.contains(argument)) {
                declared.warning(
                        argument,
                        "an argument that the text does not use",
                        "{{" + FoundText.printable(argument) + "}} in the text, or no such argument");
            }
        }
    }

    private static String argumentsOf(Section declared) {
        if (declared.keys().isEmpty()) {
            return "arguments with this name, or a text without it";
        }
        String names = declared.keys().stream()
                .limit(MOST_NAMES_IN_A_MESSAGE)
                .map(FoundText::printable)
                .collect(Collectors.joining(", "));
        return "one of its arguments: " + names + (declared.keys().size() > MOST_NAMES_IN_A_MESSAGE ? ", ..." : "");
    }
}
