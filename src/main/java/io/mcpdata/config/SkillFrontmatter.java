package io.mcpdata.config;

import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What stands at the beginning of a {@code SKILL.md}, by the Agent Skills specification. Lives while one file is read. */
final class SkillFrontmatter {

    private static final Pattern FRONTMATTER =
            Pattern.compile("---(\\r?\\n.*?\\r?\\n)---[ \\t]*(?:\\r?\\n.*)?", Pattern.DOTALL);

    private static final Set<String> REQUIRED = Set.of("name", "description");

    /** The keys that are texts, with their longest ones. */
    private static final Map<String, Integer> LONGEST = new TreeMap<>(
            Map.of("name", 64, "description", 1_024, "license", 1_024, "compatibility", 500, "allowed-tools", 10_000));

    private static final String METADATA = "metadata";

    /** Names under {@code metadata} that only extensions of MCP may define. */
    private static final String RESERVED = "io.modelcontextprotocol/";

    private final ProblemCollector problems;

    /** @param problems of the file */
    SkillFrontmatter(ProblemCollector problems) {
        this.problems = problems;
    }

    /**
     * Faults go to the collector; the values are of no use then.
     *
     * @param skill the name of the folder
     */
    Map<String, @Nullable Object> read(String skill, String text) {
        Matcher found = FRONTMATTER.matcher(text);
        if (!found.matches()) {
            problems.error(
                    1, "", "no frontmatter", "a first line ---, then name and description as YAML, then a line ---");
            return Map.of();
        }
        @Nullable Node root;
        try {
            // it begins with the end of the first line, so lines are counted as in the file
            root = PlatformConfigReader.yaml().compose(new StringReader(found.group(1)));
        } catch (YAMLException e) {
            problems.add(new YamlFailure(problems.file(), found.group(1)).problem(e));
            return Map.of();
        }
        if (!(root instanceof MappingNode mapping)) {
            problems.error(1, "", "a frontmatter without keys", "at least name and description");
            return Map.of();
        }
        int before = problems.errors().size();
        Map<String, @Nullable Object> frontmatter = new YamlValues(problems).mapping("", mapping);
        if (problems.errors().size() == before) {
            check(skill, frontmatter, mapping);
        }
        return frontmatter;
    }

    private void check(String skill, Map<String, @Nullable Object> frontmatter, MappingNode mapping) {
        LONGEST.forEach((key, longest) -> {
            boolean fits = frontmatter.containsKey(key)
                    ? frontmatter.get(key) instanceof String text && !text.isBlank() && length(text) <= longest
                    : !REQUIRED.contains(key);
            if (!fits) {
                problems.error(
                        line(mapping, key),
                        key,
                        found(frontmatter.get(key)),
                        "a text of 1 to " + longest + " characters, in quotes if need be");
            }
        });
        if (frontmatter.get("name") instanceof String name && !name.equals(skill)) {
            problems.error(
                    line(mapping, "name"),
                    "name",
                    "\"" + FoundText.printable(name) + "\"",
                    "the name of the folder, " + skill);
        }
        if (frontmatter.containsKey(METADATA)) {
            checkMetadata(frontmatter.get(METADATA), line(mapping, METADATA));
        }
    }

    private void checkMetadata(@Nullable Object value, int line) {
        if (!(value instanceof Map<?, ?> metadata)
                || !metadata.values().stream().allMatch(String.class::isInstance)) {
            problems.error(
                    line, METADATA, "something else than texts", "a mapping of names to texts, in quotes if need be");
        } else if (metadata.keySet().stream()
                .anyMatch(key -> String.valueOf(key).startsWith(RESERVED))) {
            problems.error(line, METADATA, "a name that begins with " + RESERVED, "names of your own");
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String found(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String text) {
            return text.isBlank() ? "an empty text" : length(text) + " characters";
        }
        return "no text: " + FoundText.printable(value.toString());
    }

    /** Where the key stands; the first line if it is missing. */
    private static int line(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .map(NodeTuple::getKeyNode)
                .filter(node ->
                        node instanceof ScalarNode name && name.getValue().equals(key))
                .map(node -> node.getStartMark().getLine() + 1)
                .findFirst()
                .orElse(1);
    }
}
