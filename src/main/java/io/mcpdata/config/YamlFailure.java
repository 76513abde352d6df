package io.mcpdata.config;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Describes why a text is not valid YAML. The parser's own messages quote the text, which may contain a literal key.
 */
final class YamlFailure {

    private final String file;
    private final String text;

    YamlFailure(String file, String text) {
        this.file = file;
        this.text = text;
    }

    ConfigProblem problem(YAMLException failure) {
        if (failure instanceof MarkedYAMLException marked) {
            return marked(marked);
        }
        if (failure instanceof ReaderException reader) {
            return problem(
                    lineAt(reader.getPosition()),
                    String.format("the character U+%04X", reader.getCodePoint()),
                    "a text without control characters");
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("aliases")) {
            return problem(
                    lineOfAlias(), "an alias (*) of a list or mapping", "the list or mapping itself in its place");
        }
        return message.contains("Nesting")
                ? problem(0, "a nesting too deep for this file", "lists and mappings nested as documented")
                : problem(0, "text that is not valid YAML", "one YAML document of sane size");
    }

    private ConfigProblem marked(MarkedYAMLException failure) {
        @Nullable Mark mark = failure.getProblemMark();
        int line = mark == null ? 0 : mark.getLine() + 1;
        String context = String.valueOf(failure.getContext());
        String what = String.valueOf(failure.getProblem());
        if (context.contains("single document")) {
            return problem(line, "a second document", "one document; --- stands at most once, at the top");
        }
        if (hasTabInIndentation(line)) {
            return problem(line, "a tab in the indentation", "spaces");
        }
        if (what.contains("undefined alias")) {
            return problem(line, "an alias (*) of nothing", "quotes around a value that begins with *");
        }
        if (what.contains("Global tag")) {
            return problem(line, "a tag (!)", "the value alone, in quotes if it begins with !");
        }
        if (what.contains("cannot start any token")) {
            return problem(line, "a character that no plain value may begin with", "quotes around the value");
        }
        return problem(line, "text that is not valid YAML here", "valid YAML (check indentation and quotes)");
    }

    private boolean hasTabInIndentation(int line) {
        return text.lines().skip(Math.max(0, line - 1)).limit(1).anyMatch(row -> row.matches("\\s*\\t.*"));
    }

    private int lineAt(int position) {
        return 1
                + (int) text.codePoints()
                        .limit(position)
                        .filter(point -> point == '\n')
                        .count();
    }

    private int lineOfAlias() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(PlatformConfigReader.LARGEST_FILE);
        for (Event event : new Yaml(new SafeConstructor(limits)).parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                return alias.getStartMark().getLine() + 1;
            }
        }
        return 0;
    }

    private ConfigProblem problem(int line, String found, String expected) {
        return new ConfigProblem(file, line, "", found, expected);
    }
}
