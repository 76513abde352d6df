package io.mcpdata.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The YAML blocks of a Markdown page, so that a page cannot promise what the reader refuses. The word behind
 * <code>```yaml</code> says what a block is:
 *
 * <ul>
 *   <li>none: a whole {@code platform.yaml}
 *   <li>{@code under=a.b}: what stands under that key
 *   <li>{@code broken}: a file whose errors are the lines of the next <code>```text</code> block
 *   <li>{@code other}: a file of another program
 * </ul>
 */
public final class DocumentedYaml {

    private static final String FENCE = "```";

    /**
     * @param line of the page, counted from 1, where the block begins
     * @param text the whole file that the block describes
     * @param messages what the reader must say; empty for a good file
     */
    public record Block(Path page, int line, String text, List<String> messages) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    private record Fence(int line, String info, List<String> rows) {}

    private DocumentedYaml() {}

    private static final Pattern SECRET = Pattern.compile("/run/secrets/(\\w+)");

    /** The same text with the files that it names in the folder of this file, where they are written. */
    public static String withSecrets(String text, Path file) {
        return SECRET.matcher(text).replaceAll(secret -> {
            Path written = file.toAbsolutePath().resolveSibling(secret.group(1));
            try {
                Files.writeString(written, "value-of-" + secret.group(1) + "-0123456789\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Matcher.quoteReplacement(written.toString());
        });
    }

    /** The README and every page under {@code docs}. */
    public static List<Path> pages() {
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of one page that are about {@code platform.yaml}. */
    public static List<Block> of(Path page) {
        List<Fence> fences = fences(page);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < fences.size(); i++) {
            Fence fence = fences.get(i);
            if (fence.info().startsWith("yaml") && !fence.info().equals("yaml other")) {
                List<String> messages = fence.info().equals("yaml broken") ? messages(page, fences, i + 1) : List.of();
                blocks.add(new Block(page, fence.line(), file(page, fence), messages));
            }
        }
        return blocks;
    }

    private static String file(Path page, Fence fence) {
        return switch (fence.info()) {
            case "yaml", "yaml broken" -> String.join("\n", fence.rows()) + "\n";
            default -> {
                if (!fence.info().startsWith("yaml under=")) {
                    throw new AssertionError(page + ":" + fence.line() + ": what is ```" + fence.info() + "?");
                }
                yield under(fence.info().substring("yaml under=".length()).split("\\."), fence.rows());
            }
        };
    }

    private static String under(String[] path, List<String> rows) {
        StringBuilder text = new StringBuilder();
        for (int depth = 0; depth < path.length; depth++) {
            text.append("  ".repeat(depth)).append(path[depth]).append(":\n");
        }
        return text + rows.stream().map(row -> "  ".repeat(path.length) + row).collect(Collectors.joining("\n")) + "\n";
    }

    private static List<String> messages(Path page, List<Fence> fences, int next) {
        if (next == fences.size() || !fences.get(next).info().equals("text")) {
            throw new AssertionError(page + ": a broken example needs its messages in a text block behind it");
        }
        return fences.get(next).rows();
    }

    private static List<Fence> fences(Path page) {
        List<Fence> fences = new ArrayList<>();
        List<String> rows = lines(page);
        for (int at = 0; at < rows.size(); at++) {
            if (rows.get(at).startsWith(FENCE)) {
                Fence fence =
                        new Fence(at + 1, rows.get(at).substring(FENCE.length()).strip(), new ArrayList<>());
                for (at++; at < rows.size() && !rows.get(at).startsWith(FENCE); at++) {
                    fence.rows().add(rows.get(at));
                }
                fences.add(fence);
            }
        }
        return fences;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
