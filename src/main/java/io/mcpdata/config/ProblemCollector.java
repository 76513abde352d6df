package io.mcpdata.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects all faults, so that they are reported at once. Lives while one file is read. */
final class ProblemCollector {

    private final String file;
    private final List<ConfigProblem> errors = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    ProblemCollector(String file) {
        this.file = file;
    }

    /** As messages name it. */
    String file() {
        return file;
    }

    void add(ConfigProblem error) {
        errors.add(error);
    }

    void error(int line, String key, String found, String expected) {
        errors.add(new ConfigProblem(file, line, key, found, expected));
    }

    void error(Node at, String key, String found, String expected) {
        error(line(at), key, found, expected);
    }

    void warning(Node at, String key, String found, String expected) {
        warnings.add(new ConfigProblem(file, line(at), key, found, expected));
    }

    List<ConfigProblem> errors() {
        return errors;
    }

    List<ConfigProblem> warnings() {
        return warnings;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
