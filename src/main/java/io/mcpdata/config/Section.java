package io.mcpdata.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of the file, read key by key. Every scalar is a string that is expanded and converted here, so that
 * YAML's type guessing (dates, {@code 1e5}, {@code no}) never changes a value. Faults go to the collector, and reading
 * continues with the default to find all of them.
 */
final class Section {

    /** No leading zero: older YAML reads 010 as eight. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,9}");

    private final String path;
    private final @Nullable Node node;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Map<String, Node> names = new LinkedHashMap<>();
    private final ProblemCollector problems;
    private final Placeholders placeholders;

    Section(String path, @Nullable Node node, ProblemCollector problems, Placeholders placeholders) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.placeholders = placeholders;
        if (node != null && FoundText.isTagged(node)) {
            problems.error(node, path, "a tag (!)", "no tag");
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else if (node != null && !FoundText.isNull(node)) {
            problems.error(node, path, FoundText.kind(node), "a mapping of keys to values");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.error(tuple.getKeyNode(), path, FoundText.kind(tuple.getKeyNode()) + " as a key", "a name");
            return;
        }
        if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problems.error(key, path(FoundText.shownName(key.getValue())), "the key a second time", "each key once");
        }
        names.putIfAbsent(key.getValue(), key);
    }

    /** Reports every other key as an error. */
    Section only(String... known) {
        Set<String> all = Set.of(known);
        names.forEach((name, place) -> {
            if (!all.contains(name)) {
                problems.error(
                        place, path(FoundText.shownName(name)), "an unknown key", "one of " + String.join(", ", known));
            }
        });
        return this;
    }

    boolean has(String key) {
        @Nullable Node value = entries.get(key);
        return value != null && !FoundText.isNull(value);
    }

    Set<String> keys() {
        return entries.keySet();
    }

    Section section(String key) {
        return new Section(path(key), entries.get(key), problems, placeholders);
    }

    /** The mappings of a list, in order. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        int index = 0;
        for (Node item : items(key)) {
            sections.add(new Section(path(key) + "[" + index++ + "]", item, problems, placeholders));
        }
        return sections;
    }

    /** Whether the file has this key, even without a value. */
    boolean isGiven(String key) {
        return entries.containsKey(key);
    }

    /** Whether the key is a list with at least one item. */
    boolean hasItems(String key) {
        return entries.get(key) instanceof SequenceNode sequence
                && !sequence.getValue().isEmpty();
    }

    /** Whether the key has keys of its own. */
    boolean isMapping(String key) {
        return entries.get(key) instanceof MappingNode;
    }

    /** Whether the key has no value, or an empty list. */
    boolean isEmpty(String key) {
        return !has(key) || nodeOf(key) instanceof SequenceNode && !hasItems(key);
    }

    Optional<String> text(String key) {
        return isGiven(key) ? scalar(path(key), nodeOf(key), false) : Optional.empty();
    }

    /** A value that no message may contain. */
    Optional<Secret> secret(String key) {
        return isGiven(key) ? scalar(path(key), nodeOf(key), true).map(Secret::new) : Optional.empty();
    }

    /** Whether the file itself contains the scalar, directly or as the default of a variable. */
    boolean isLiteral(String key) {
        return nodeOf(key) instanceof ScalarNode scalar
                && !scalar.getValue().isEmpty()
                && (!Placeholders.isIn(scalar.getValue()) || Placeholders.hasDefault(scalar.getValue()));
    }

    /** Whether the file itself contains these words in the scalar. */
    boolean contains(String key, String words) {
        return nodeOf(key) instanceof ScalarNode scalar && scalar.getValue().contains(words);
    }

    /** The scalar as a message may show it. */
    String shown(String key) {
        return FoundText.shown(nodeOf(key));
    }

    /** The converted value; empty, and reported, if it is absent or wrong. */
    <T> Optional<T> required(String key, String expected, Function<String, T> conversion) {
        if (!isGiven(key)) {
            error(key, "nothing", expected);
            return Optional.empty();
        }
        return convert(key, Optional.<T>empty(), expected, conversion.andThen(Optional::of));
    }

    boolean flag(String key, boolean fallback) {
        return convert(key, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
    }

    int number(String key, int fallback, int least, int most) {
        return convert(key, fallback, "a whole number from " + least + " to " + most, text -> {
            long value = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
            if (value < least || value > most) {
                throw new IllegalArgumentException("out of range");
            }
            return (int) value;
        });
    }

    Duration duration(String key, Duration fallback) {
        return convert(key, fallback, "a duration such as 500ms, 30s, 5m or 2h", DurationText::parse);
    }

    /** The same with an upper limit; {@code most} tells the operator the limit and its reason. */
    Duration duration(String key, Duration fallback, Duration longest, String most) {
        Duration duration = duration(key, fallback);
        if (duration.compareTo(longest) > 0) {
            problems.error(nodeOf(key), path(key), FoundText.shown(nodeOf(key)), most);
            return fallback;
        }
        return duration;
    }

    Optional<Instant> instant(String key) {
        return has(key)
                ? convert(
                        key,
                        Optional.empty(),
                        "an instant such as 2030-01-31T00:00:00Z",
                        text -> Optional.of(Instant.parse(text)))
                : Optional.empty();
    }

    /** The converted value, or the fallback if it is absent or wrong. */
    <T> T convert(String key, T fallback, String expected, Function<String, T> conversion) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return conversion.apply(text.get());
        } catch (RuntimeException e) {
            wrong(nodeOf(key), path(key), text.get(), expected);
            return fallback;
        }
    }

    private void wrong(Node value, String where, String text, String expected) {
        boolean fromOutside = value instanceof ScalarNode scalar && Placeholders.isIn(scalar.getValue());
        if (fromOutside && Padding.isAround(text)) {
            problems.error(value, where, Padding.found("a value"), Padding.expected(expected + ": the value"));
        } else {
            problems.error(value, where, FoundText.shown(value), expected);
        }
    }

    /** A list of scalars, each converted; wrong items are left out and reported. */
    <T> List<T> list(String key, String expected, Function<String, T> conversion) {
        List<T> values = new ArrayList<>();
        int index = 0;
        for (Node item : items(key)) {
            String itemPath = path(key) + "[" + index++ + "]";
            scalar(itemPath, item, false).ifPresent(text -> {
                try {
                    values.add(conversion.apply(text));
                } catch (RuntimeException e) {
                    wrong(item, itemPath, text, expected);
                }
            });
        }
        return values;
    }

    /** A single value or a list of values, each converted; wrong ones are left out and reported. */
    <T> List<T> oneOrMore(String key, String expected, Function<String, T> conversion) {
        if (has(key) && nodeOf(key) instanceof ScalarNode) {
            List<T> one = new ArrayList<>();
            convert(key, Optional.<T>empty(), expected, conversion.andThen(Optional::of))
                    .ifPresent(one::add);
            return one;
        }
        return list(key, expected, conversion);
    }

    /** The value of a property outside the file, empty if it is not set. */
    Optional<String> outside(String property) {
        return placeholders.variable(property);
    }

    void error(String key, String found, String expected) {
        problems.error(placeOf(key), path(key), found, expected);
    }

    void warning(String key, String found, String expected) {
        problems.warning(placeOf(key), path(key), found, expected);
    }

    /** Whether the file itself contains exactly this item in the list. */
    boolean containsItem(String key, String item) {
        return items(key).stream()
                .anyMatch(node ->
                        node instanceof ScalarNode scalar && scalar.getValue().equals(item));
    }

    /** Makes a change of this file a change of the configuration. */
    void watch(Path file) {
        placeholders.watch(file);
    }

    /** The mapping of another file, which this mapping names. */
    Section inFile(Node root, ProblemCollector ofFile) {
        return new Section("", root, ofFile, placeholders);
    }

    /** Reports the errors of another file, which this mapping names. */
    void errors(ProblemCollector ofFile) {
        ofFile.errors().forEach(problems::add);
    }

    /** The key's value, or the mapping if the key is missing. */
    private Node placeOf(String key) {
        @Nullable Node at = names.getOrDefault(key, node);
        if (at == null) {
            throw new IllegalStateException("a section that is not in the file cannot be wrong: " + path);
        }
        return at;
    }

    private Node nodeOf(String key) {
        @Nullable Node value = entries.get(key);
        if (value == null) {
            throw new IllegalStateException("asked for a key that is not there: " + path(key));
        }
        return value;
    }

    private List<Node> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (nodeOf(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.error(nodeOf(key), path(key), FoundText.kind(nodeOf(key)), "a list");
        return List.of();
    }

    private Optional<String> scalar(String where, Node value, boolean secret) {
        if (!(value instanceof ScalarNode scalar) || FoundText.isNull(value)) {
            problems.error(value, where, FoundText.kind(value), "a single value");
            return Optional.empty();
        }
        if (FoundText.isTagged(scalar)) {
            problems.error(value, where, "a tag (!)", "the value alone, in quotes if it begins with !");
            return Optional.empty();
        }
        try {
            return Optional.of(placeholders.expand(scalar.getValue()));
        } catch (UnusableFile e) {
            problems.error(value, where, String.valueOf(e.getMessage()), e.expected());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String found = String.valueOf(e.getMessage());
            problems.error(
                    value, where, found, secret ? "a variable that is set" : "a variable that is set, or a default");
            return Optional.empty();
        }
    }

    /** The path of this mapping in the file. */
    String path() {
        return path;
    }

    private String path(String key) {
        if (key.isEmpty()) {
            return path;
        }
        String name = FoundText.printable(key);
        return path.isEmpty() ? name : path + "." + name;
    }
}
