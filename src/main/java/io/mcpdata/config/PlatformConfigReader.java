package io.mcpdata.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads {@code platform.yaml}. Plain Java SE, so that the server and the command line apply the same rules.
 * Thread-safe.
 */
public final class PlatformConfigReader {

    static final int LARGEST_FILE = 4 * 1024 * 1024;

    private final Function<String, Optional<String>> lookup;

    /** @param lookup returns the value of a variable, empty if it is not set */
    public PlatformConfigReader(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** Never throws: every failure is among the errors. */
    public ConfigReading read(Path file) {
        return read(file, key -> true);
    }

    /**
     * Reads only these sections, or keys such as {@code server.public_url}, and ignores the others: for a reader that
     * has neither the variables nor the permission for the rest.
     */
    public ConfigReading readOnly(Path file, Set<String> keys) {
        return read(
                file,
                path -> keys.stream()
                        .anyMatch(key -> (path + ".").startsWith(key + ".") || key.startsWith(path + ".")));
    }

    private ConfigReading read(Path file, Predicate<String> wanted) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file)) {
                // a pipe or device could block or never end
                return failed(file.toString(), 0, "no regular file", "a YAML file that the server's user may read");
            }
            if (Files.size(file) > LARGEST_FILE) {
                return failed(name, 0, "more than 4 MiB", "a configuration file");
            }
            return read(name, folderOf(file), Files.readString(file), wanted);
        } catch (CharacterCodingException e) {
            return failed(name, 0, "bytes that are not UTF-8", "a text file in UTF-8");
        } catch (IOException | SecurityException e) {
            return failed(file.toString(), 0, "no readable file", "a YAML file that the server's user may read");
        }
    }

    /** Reads text as the content of a file with this name in the working directory. */
    public ConfigReading read(String name, String text) {
        return read(name, folderOf(Path.of(name)), text, key -> true);
    }

    /** That of a symbolic link, not of its target, because the files beside the link belong to it. */
    private static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath();
        @Nullable Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private ConfigReading read(String name, Path folder, String text, Predicate<String> wanted) {
        @Nullable Node root;
        try {
            root = yaml().compose(new StringReader(text));
        } catch (YAMLException e) {
            return failed(new YamlFailure(name, text).problem(e));
        }
        ProblemCollector problems = new ProblemCollector(name);
        if (root == null || FoundText.isNull(root)) {
            return failed(name, 1, "an empty file", "at least the section auth");
        }
        if (root instanceof MappingNode mapping) {
            retain(mapping, "", wanted);
        }
        Placeholders placeholders = new Placeholders(lookup);
        PlatformConfig config = new PlatformSections(folder).read(new Section("", root, problems, placeholders));
        Optional<PlatformConfig> valid = problems.errors().isEmpty() ? Optional.of(config) : Optional.empty();
        return new ConfigReading(valid, problems.errors(), problems.warnings(), placeholders.files());
    }

    /** Removes the keys that are not wanted from the file's sections, and the sections without a wanted key. */
    private static void retain(MappingNode mapping, String parent, Predicate<String> wanted) {
        mapping.setValue(mapping.getValue().stream()
                .filter(entry ->
                        !(entry.getKeyNode() instanceof ScalarNode key) || wanted.test(parent + key.getValue()))
                .toList());
        if (parent.isEmpty()) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && entry.getValueNode() instanceof MappingNode section) {
                    retain(section, key.getValue() + ".", wanted);
                }
            }
        }
    }

    /** A reader with limits, for text that is not trusted. */
    static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST_FILE);
        limits.setNestingDepthLimit(20);
        limits.setMaxAliasesForCollections(0);
        return new Yaml(new SafeConstructor(limits), new Representer(new DumperOptions()), new DumperOptions(), limits);
    }

    private static ConfigReading failed(String name, int line, String found, String expected) {
        return failed(new ConfigProblem(name, line, "", found, expected));
    }

    private static ConfigReading failed(ConfigProblem problem) {
        return new ConfigReading(Optional.empty(), List.of(problem), List.of(), Set.of());
    }
}
