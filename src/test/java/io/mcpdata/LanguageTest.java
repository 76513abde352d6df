package io.mcpdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No checked text contains a word of {@code language.txt}. In Java sources comments, string literals and names of tests,
 * which are sentences, are checked; other names are no prose.
 */
final class LanguageTest {

    /** The checked texts: files, or globs below a first directory. One line adds more. */
    private static final List<String> TEXTS = List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            ".github/**.{md,yml}",
            "demo/**",
            "docs/**.md",
            "docs/deploy/**",
            "server-config/**.{xml,cli,asadmin,options,properties}",
            "src/main/java/**.java",
            "src/main/webapp/console/**.{html,js}",
            "src/test/java/**.java");

    private static final Path WORDS = Path.of("src", "test", "resources", "io", "mcpdata", "language.txt");

    /**
     * Comments, text blocks, string and character literals of Java, in the order in which they must be tried. Possessive,
     * because Java's other loops over alternatives need stack for each character.
     */
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+\"\"\""
                    + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'",
            Pattern.DOTALL);

    /** Code within a comment, and the marks of its lines. */
    private static final Pattern JAVA_CODE = Pattern.compile("\\{@(?:code|link|linkplain|value)\\s[^}]*}"
            + "|@(?:param|throws|see)\\s+\\S+|(?<=\\n)\\s*\\*(?!/)|//|/\\*+|\\*/");

    private static final Pattern TEST_NAME = Pattern.compile("\\bvoid (\\w+)\\(");

    /** Code spans and the targets of links. */
    private static final Pattern MARKDOWN_CODE = Pattern.compile("`[^`\\n]+`|]\\([^)\\n]*\\)");

    static Stream<Path> texts() {
        return TEXTS.stream().flatMap(LanguageTest::files).distinct().sorted();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsPlain(Path file) throws IOException {
        assertThat(problems(file.toString(), Files.readString(file), words())).isEmpty();
    }

    @Test
    void everyPatternOfTextsFindsFiles() {
        assertThat(TEXTS).allSatisfy(text -> assertThat(files(text)).as(text).isNotEmpty());
    }

    @Test
    void problemNamesFileLineWordAndReplacement() throws IOException {
        Map<String, String> words = words();
        String word = words.keySet().iterator().next();
        assertThat(problems("a.md", "First line.\nThen " + word.toUpperCase(Locale.ROOT) + " came.\n", words))
                .containsExactly("a.md:2: found \"" + word + "\"; write instead: " + words.get(word));
    }

    @Test
    void wordsOverALineEndAreFoundAndPartsOfWordsAreNot() {
        Map<String, String> words = Map.of("two words", "one");
        assertThat(problems("a.md", "it has two\nwords\n", words)).hasSize(1);
        assertThat(problems("a.md", "it has two wordsmiths, `two words` and [two](two words)\n", words))
                .isEmpty();
        assertThat(problems("A.java", "/** It has two\n     * words. */\n", words))
                .singleElement()
                .asString()
                .startsWith("A.java:1: ");
    }

    @Test
    void namesOfTestsAreCheckedWordByWord() {
        Map<String, String> words = Map.of("two words", "one");
        String code = "@Test\nvoid itHasTwoWords() {\n    twoWords();\n}\nvoid itHasTwoWordsmiths() {}\n";
        assertThat(problems("ATest.java", code, words))
                .containsExactly("ATest.java:2: found \"two words\"; write instead: one");
        assertThat(problems("AnIT.java", code, words)).hasSize(1);
        assertThat(problems("A.java", code, words)).isEmpty();
    }

    @Test
    void javaIsCheckedInCommentsAndLiteralsOnly() {
        Map<String, String> words = Map.of("word", "other");
        String code = "int word = 'w'; // first word\nString s = \"a \\\" word\"; /* {@code word} */ word();\n"
                + "String t = \"\"\"\n  word\n  \"\"\";\n";
        assertThat(problems("A.java", code, words))
                .containsExactly(
                        "A.java:1: found \"word\"; write instead: other",
                        "A.java:2: found \"word\"; write instead: other",
                        "A.java:4: found \"word\"; write instead: other");
    }

    private static List<String> problems(String name, String content, Map<String, String> words) {
        String prose = name.endsWith(".java")
                ? javaProse(content, name.endsWith("Test.java") || name.endsWith("IT.java"))
                : name.endsWith(".md") ? blank(content, MARKDOWN_CODE) : content;
        Pattern any = Pattern.compile(
                words.keySet().stream()
                        .map(word -> word.replace(" ", "[\\s#]+"))
                        .collect(Collectors.joining("|", "(?<!\\w)(?:", ")(?!\\w)")),
                Pattern.CASE_INSENSITIVE);
        return any.matcher(prose)
                .results()
                .map(found -> problem(name, prose, found, words))
                .toList();
    }

    private static String problem(String name, String prose, MatchResult found, Map<String, String> words) {
        long line = 1
                + prose.substring(0, found.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String word = found.group().replaceAll("[\\s#]+", " ").toLowerCase(Locale.ROOT);
        return name + ":" + line + ": found \"" + word + "\"; write instead: " + words.get(word);
    }

    /** The source with blanks in place of code other than names of tests, so that lines keep their numbers. */
    private static String javaProse(String source, boolean ofTests) {
        StringBuilder prose = new StringBuilder();
        Matcher text = JAVA_TEXT.matcher(source);
        int end = 0;
        while (text.find()) {
            prose.append(names(source.substring(end, text.start()), ofTests));
            prose.append(text.group().startsWith("/") ? blank(text.group(), JAVA_CODE) : text.group());
            end = text.end();
        }
        return prose.append(names(source.substring(end), ofTests)).toString();
    }

    private static String names(String code, boolean ofTests) {
        StringBuilder names = new StringBuilder();
        Matcher name = TEST_NAME.matcher(code);
        int end = 0;
        while (ofTests && name.find()) {
            names.append(blank(code.substring(end, name.start())));
            names.append(name.group(1).replaceAll("(?=[A-Z])", " ")).append(' ');
            end = name.end();
        }
        return names.append(blank(code.substring(end))).toString();
    }

    private static String blank(String text, Pattern part) {
        return part.matcher(text).replaceAll(found -> blank(found.group()));
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }

    private static Stream<Path> files(String text) {
        Path first = Path.of(text.substring(0, Math.max(text.indexOf('/'), 0)));
        if (!text.contains("*")) {
            return Stream.of(Path.of(text));
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
        try (Stream<Path> files = Files.walk(first)) {
            return files.filter(Files::isRegularFile).filter(matcher::matches).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> words() throws IOException {
        Map<String, String> words = new TreeMap<>();
        for (String line : Files.readAllLines(WORDS)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" \\| ", 2);
                assertThat(parts)
                        .as("word | write instead, in " + WORDS + ": " + line)
                        .hasSize(2);
                assertThat(words.put(parts[0], parts[1])).as("twice: " + line).isNull();
            }
        }
        return words;
    }
}
