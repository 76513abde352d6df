package io.mcpdata.config;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file, read key by key. Every scalar is a string, expanded and converted here, so that YAML's own
 * guessing (dates, {@code 1e5}, {@code no}) never touches a value. What is wrong goes to the collector, and the default
 * stands in so that reading can go on and find the rest.
 */
final class Section {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String path;
    private final @Nullable Node node;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final ProblemCollector problems;
    private final Placeholders placeholders;

    Section(String path, @Nullable Node node, ProblemCollector problems, Placeholders placeholders) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.placeholders = placeholders;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else if (node != null && !isNull(node)) {
            problems.error(node, path, kind(node), "a mapping of keys to values");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.error(tuple.getKeyNode(), path, kind(tuple.getKeyNode()) + " as a key", "a name");
            return;
        }
        if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problems.error(key, path(key.getValue()), "the key a second time", "each key once");
        }
    }

    /** Everything but these keys is an error. */
    Section only(String... known) {
        for (Map.Entry<String, Node> entry : entries.entrySet()) {
            if (!Set.of(known).contains(entry.getKey())) {
                problems.error(
                        entry.getValue(), path(entry.getKey()), "an unknown key", "one of " + String.join(", ", known));
            }
        }
        return this;
    }

    boolean has(String key) {
        @Nullable Node value = entries.get(key);
        return value != null && !isNull(value);
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

    Optional<String> text(String key) {
        return has(key) ? scalar(path(key), nodeOf(key), false) : Optional.empty();
    }

    /** A value that no message may show. */
    Optional<Secret> secret(String key) {
        return has(key) ? scalar(path(key), nodeOf(key), true).map(Secret::new) : Optional.empty();
    }

    /** Whether the scalar stands in the file as it is, with nothing taken from outside. */
    boolean isLiteral(String key) {
        return nodeOf(key) instanceof ScalarNode scalar && !Placeholders.isIn(scalar.getValue());
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
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        });
    }

    Duration duration(String key, Duration fallback) {
        return convert(key, fallback, "a duration such as 500ms, 30s, 5m or 2h", Section::parseDuration);
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

    /** The value converted, or the fallback if it is absent or wrong. */
    <T> T convert(String key, T fallback, String expected, Function<String, T> conversion) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return conversion.apply(text.get());
        } catch (RuntimeException e) {
            problems.error(nodeOf(key), path(key), shown(nodeOf(key)), expected);
            return fallback;
        }
    }

    /** A list of scalars, each converted; what is wrong is left out and reported. */
    <T> List<T> list(String key, String expected, Function<String, T> conversion) {
        List<T> values = new ArrayList<>();
        int index = 0;
        for (Node item : items(key)) {
            String itemPath = path(key) + "[" + index++ + "]";
            scalar(itemPath, item, false).ifPresent(text -> {
                try {
                    values.add(conversion.apply(text));
                } catch (RuntimeException e) {
                    problems.error(item, itemPath, shown(item), expected);
                }
            });
        }
        return values;
    }

    void error(String key, String found, String expected) {
        problems.error(placeOf(key), path(key), found, expected);
    }

    void warning(String key, String found, String expected) {
        problems.warning(placeOf(key), path(key), found, expected);
    }

    /** The key's value, or the mapping it should stand in. */
    private Node placeOf(String key) {
        @Nullable Node at = entries.getOrDefault(key, node);
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
        problems.error(nodeOf(key), path(key), kind(nodeOf(key)), "a list");
        return List.of();
    }

    private Optional<String> scalar(String where, Node value, boolean secret) {
        if (!(value instanceof ScalarNode scalar) || isNull(value)) {
            problems.error(value, where, kind(value), "a single value");
            return Optional.empty();
        }
        try {
            return Optional.of(placeholders.expand(scalar.getValue()));
        } catch (IllegalArgumentException e) {
            String found = String.valueOf(e.getMessage());
            problems.error(
                    value, where, found, secret ? "a variable that is set" : "a variable that is set, or a default");
            return Optional.empty();
        }
    }

    /** What a message may show: what stands in the file, never what a variable holds. */
    private static String shown(Node value) {
        return value instanceof ScalarNode scalar && !Placeholders.isIn(scalar.getValue())
                ? "\"" + scalar.getValue().replaceAll("[^\\x20-\\x7e]", "?") + "\""
                : "a value that cannot be used";
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (duration.isZero() || duration.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return duration;
    }

    private String path(String key) {
        if (key.isEmpty()) {
            return path;
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String kind(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        return switch (node.getNodeId()) {
            case mapping -> "a mapping";
            case sequence -> "a list";
            case scalar -> "a single value";
            case anchor -> "an alias";
        };
    }
}
