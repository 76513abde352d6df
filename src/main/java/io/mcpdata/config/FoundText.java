package io.mcpdata.config;

import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The "found" part of a message: the text of the file, on one line and of limited length; never the value of a
 * variable, and never text that may be a misplaced secret.
 */
final class FoundText {

    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int LONGEST = 80;

    /** Words like those of the file. Text with digits may be a secret. */
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

    /** The name of an unknown key. */
    static String shownName(String name) {
        return WORDS.matcher(name).matches() ? printable(name) : "[a name that is not shown]";
    }

    static String printable(String text) {
        return printable(text, LONGEST);
    }

    static String printable(String text, int longest) {
        String plain = UNPRINTABLE.matcher(text).replaceAll("?");
        return plain.length() <= longest ? plain : plain.substring(0, longest) + "...";
    }

    /** Whether an explicit tag tells YAML the type of the value; the file needs none. */
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
