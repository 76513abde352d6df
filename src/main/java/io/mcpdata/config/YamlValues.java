package io.mcpdata.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns YAML into the values that every reader of YAML makes of it: {@link Map}, {@link List}, {@link String}, {@link
 * BigDecimal}, {@link Boolean} and null. What readers of YAML 1.1 and 1.2 take for different values, such as {@code yes}
 * or {@code 2026-01-31}, is a fault. The command line reads skills too, and has no library for JSON.
 */
final class YamlValues {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    /** What YAML 1.2 (core schema) takes for a number. */
    private static final Pattern NUMBER_OF_NEWER_YAML =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+");

    private final ProblemCollector problems;

    /** Faults go to the collector; the values are of no use then. */
    YamlValues(ProblemCollector problems) {
        this.problems = problems;
    }

    /** @param path of the mapping in its file; empty for the whole file */
    Map<String, @Nullable Object> mapping(String path, MappingNode mapping) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
                problems.error(entry.getKeyNode(), path, "a key that is no text", "a name, in quotes if need be");
                continue;
            }
            String name = FoundText.printable(key.getValue());
            String member = path.isEmpty() ? name : path + "." + name;
            if (values.containsKey(key.getValue())) {
                problems.error(key, member, "the key a second time", "each key once");
            }
            values.put(key.getValue(), value(member, entry.getValueNode()));
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object value(String path, Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping(path, mapping);
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(path + "[" + items.size() + "]", item));
            }
            return Collections.unmodifiableList(items);
        }
        return scalar(path, (ScalarNode) node);
    }

    private @Nullable Object scalar(String path, ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (FoundText.isTagged(node)) {
            problems.error(node, path, "a tag (!)", "the value alone, in quotes if it begins with !");
            return null;
        }
        if (FoundText.isNull(node)) {
            return null;
        }
        boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
        if (tag.equals(Tag.STR) && !(plain && NUMBER_OF_NEWER_YAML.matcher(text).matches())) {
            return text;
        }
        if (tag.equals(Tag.BOOL) && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        if (Set.of(Tag.INT, Tag.FLOAT).contains(tag) && NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        problems.error(
                node,
                path,
                FoundText.shown(node),
                "a value that all readers of YAML understand in one way; in quotes if it is a text");
        return null;
    }
}
