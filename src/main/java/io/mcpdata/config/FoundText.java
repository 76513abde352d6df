package io.mcpdata.config;

import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a message says was found: what stands in the file, on one line and of bounded length; never what a variable
 * holds, and nothing that may be a secret in the wrong place.
 */
final class FoundText {

    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int LONGEST = 80;

    /** Words like those of the file. What has digits in it may be a secret. */
    private static final Pattern WORDS = Pattern.compile("[a-zA-Z]+([_-][a-zA-Z]+)*");

    private static final Set<Tag> UNTAGGED =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    private FoundText() {}

    static String shown(Node value) {
        if (!(value instanceof ScalarNode scalar) || Placeholders.isIn(scalar.getValue())) {
            return "a value that cannot be used";
        }
        return "\"" + USER_INFO.matcher(printable(scalar.getValue())).replaceAll("//[redacted]@") + "\"";
    }

    /** The name of a key that nobody knows. */
    static String shownName(String name) {
        return WORDS.matcher(name).matches() ? printable(name) : "[a name that is not shown]";
    }

    static String printable(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll("?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }

    /** Whether a tag of its own tells YAML what the value is; none of ours needs one. */
    static boolean isTagged(Node node) {
        return !UNTAGGED.contains(node.getTag());
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static String kind(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        if (isTagged(node)) {
            return "a tag (!)";
        }
        return switch (node.getNodeId()) {
            case mapping -> "a mapping";
            case sequence -> "a list";
            case scalar -> "a single value";
            case anchor -> "an alias";
        };
    }
}
