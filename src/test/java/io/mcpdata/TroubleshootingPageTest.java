package io.mcpdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The messages of docs/troubleshooting.md, and the lines of docs/operate.md, are those of the sources: the parts of a message between its dots are in the texts of
 * one file.
 */
final class TroubleshootingPageTest {

    /** A row that begins with a message; rows in plain words, and those about clients, are no messages of the sources. */
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*+)\"");
    private static final Pattern JOINED = Pattern.compile("'\\\\?\"'|\"\\s*\\+\\s*\"");

    private static List<String> sources;

    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"));
                Stream<Path> demo = Files.list(Path.of("demo"))) {
            sources = Stream.of(files, demo, Stream.of(Path.of("bin", "mcp-data-platform")))
                    .flatMap(Function.identity())
                    .filter(Files::isRegularFile)
                    .map(TroubleshootingPageTest::texts)
                    .toList();
        }
    }

    static Stream<String> messages() throws IOException {
        return MESSAGE.matcher(Files.readString(Path.of("docs", "troubleshooting.md")))
                .results()
                .map(row -> row.group(1));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsOneOfTheSources(String message) {
        List<String> parts = Stream.of(message.split("\\.\\.\\."))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        assertThat(parts).isNotEmpty();
        assertThat(sources).as(message).anySatisfy(texts -> assertThat(texts).contains(parts));
    }

    /** A line of docs/operate.md, and its level in the second cell. */
    static Stream<Arguments> linesOfTheLog() throws IOException {
        String page = Files.readString(Path.of("docs", "operate.md"));
        int begin = page.indexOf("\n## Lines of the log\n");
        String chapter = page.substring(begin, page.indexOf("\n## ", begin + 1));
        return Pattern.compile("(?m)^\\| `([^`]+)` \\| `([A-Z]+)` \\|")
                .matcher(chapter)
                .results()
                .map(row -> Arguments.of(row.group(1), row.group(2)));
    }

    @ParameterizedTest
    @MethodSource("linesOfTheLog")
    void lineOfTheLogIsWrittenWithItsLevel(String line, String level) throws IOException {
        List<String> parts = Stream.of(line.split("\\.\\.\\."))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> writing = files.filter(Files::isRegularFile)
                    .filter(file -> parts.stream().allMatch(texts(file)::contains))
                    .toList();
            assertThat(writing)
                    .as(line)
                    .isNotEmpty()
                    .anySatisfy(file -> assertThat(file).content().contains("LOG.log(", "Level." + level));
        }
    }

    @Test
    void operatorMeetsADozenLines() throws IOException {
        assertThat(linesOfTheLog()).hasSizeGreaterThan(12);
    }

    @Test
    void pageHasManyMessages() throws IOException {
        assertThat(messages()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @Test
    void textsOverSeveralLinesAreReadAsOne() {
        assertThat(texts("char c = '\"'; b = \"two\"\n  + \" halves: \\\"x\\\"\" + c;"))
                .isEqualTo("\ntwo halves: \"x\"");
    }

    private static String texts(Path file) {
        try {
            return texts(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All string literals of a source, each on a line. */
    private static String texts(String source) {
        return TEXT.matcher(JOINED.matcher(source).replaceAll(""))
                .results()
                .map((MatchResult text) -> text.group(1).replace("\\\"", "\""))
                .reduce("", (all, text) -> all + "\n" + text);
    }
}
