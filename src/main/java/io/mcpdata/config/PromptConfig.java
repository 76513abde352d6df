package io.mcpdata.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code prompts}.
 *
 * @param title empty if the file gives none
 * @param description empty if the file gives none
 * @param arguments in the order of the file
 * @param text in which <code>{{argument}}</code> stands for the value of a declared argument
 */
public record PromptConfig(
        String name,
        String title,
        String description,
        List<PromptArgumentConfig> arguments,
        @ConfigKey(told = false) String text)
        implements ConfigEntry {

    private static final Pattern USE = Pattern.compile("\\{\\{([A-Za-z0-9_.-]+)}}");

    public PromptConfig {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String label() {
        return "prompt " + name;
    }

    /** The names that a text uses as <code>{{name}}</code>, in their order. */
    static Set<String> uses(String text) {
        Set<String> names = new LinkedHashSet<>();
        USE.matcher(text).results().forEach(use -> names.add(use.group(1)));
        return names;
    }

    /**
     * The text with the values of these arguments; an absent one becomes the empty text. The text is replaced in one
     * pass, so a value that contains <code>{{other}}</code> stays as it is.
     */
    public String render(Map<String, String> values) {
        Matcher use = USE.matcher(text);
        StringBuilder rendered = new StringBuilder();
        while (use.find()) {
            use.appendReplacement(rendered, Matcher.quoteReplacement(values.getOrDefault(use.group(1), "")));
        }
        return use.appendTail(rendered).toString();
    }
}
