package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentsSectionTest {

    private static final String URI_EXPECTED =
            "expected an absolute URI of 1 to 256 printable ASCII characters, not with the scheme table or skill, such"
                    + " as document://terms";

    @TempDir
    Path folder;

    private ConfigReading read(String documents) throws IOException {
        Path file = Files.writeString(folder.resolve("platform.yaml"), "documents:\n  d: " + documents + "\n");
        return new PlatformConfigReader(name -> Optional.ofNullable(Reading.VARIABLES.get(name))).read(file);
    }

    private List<String> errors(String document) throws IOException {
        return read(document).errors().stream().map(ConfigProblem::toString).toList();
    }

    private String text(String document) throws IOException {
        ConfigReading reading = read(document);
        return reading.config()
                .orElseThrow(() -> new AssertionError(reading.errors().toString()))
                .documents()
                .get(0)
                .text();
    }

    @Test
    void everyKeyOfADocumentIsReadInTheOrderOfTheFile() {
        assertThat(Reading.config("""
                documents:
                  terms:
                    uri: https://example.com/terms?v=2#top
                    title: Terms
                    description: What our words mean
                    mime_type: text/plain; charset=utf-8
                    text: |
                      A *customer* has paid once.
                  glossary: {text: '{{x}} stays'}
                """).documents())
                .containsExactly(
                        new DocumentConfig(
                                "terms",
                                "https://example.com/terms?v=2#top",
                                "Terms",
                                "What our words mean",
                                "text/plain; charset=utf-8",
                                "A *customer* has paid once.\n"),
                        new DocumentConfig("glossary", "document://glossary", "", "", "text/markdown", "{{x}} stays"));
    }

    @Test
    void labelNamesTheDocument() {
        assertThat(new DocumentConfig("terms", "a:b", "", "", "", "").label()).isEqualTo("document terms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", ".", "..", "_", "a_b", "7", "a..b", "A-1.b_c"})
    void defaultOfEveryNameIsAUri(String name) {
        String uri = "document://" + name;
        assertThat(Reading.config("documents: {'" + name + "': {text: x}}").documents())
                .isEqualTo(Reading.config("documents: {'" + name + "': {text: x, uri: '" + uri + "'}}")
                        .documents());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "terms",
                "/terms",
                "'//host/terms'",
                "'document://a b'",
                "'document:'",
                "\"document://a\\nb\"",
                "document://\u00e9",
                "'document://a\"b'",
                "'table://warehouse/a'",
                "'TABLE:x'",
                "'skill://terms/SKILL.md'",
                "'1a:b'",
            })
    void uriThatCannotBeUsedIsAnError(String uri) {
        assertThat(Reading.errors("documents: {d: {text: x, uri: " + uri + "}}"))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:1: documents.d.uri: found \"")
                .endsWith("; " + URI_EXPECTED);
    }

    @Test
    void longestUriIsTaken() {
        String longest = "a:" + "x".repeat(254);
        assertThat(Reading.errors("documents: {d: {text: x, uri: '" + longest + "'}}"))
                .isEmpty();
        assertThat(Reading.errors("documents: {d: {text: x, uri: '" + longest + "x'}}"))
                .hasSize(1);
    }

    @Test
    void twoDocumentsOfOneUriAreAnError() {
        assertThat(Reading.errors("documents:\n  a: {text: x}\n  b: {text: y, uri: 'document://a'}\n"))
                .containsExactly("platform.yaml:3: documents.b: found the same uri as in document a; expected a uri of"
                        + " its own for each");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|found neither text nor file; expected exactly one of them",
                "{text: x, file: pom.xml}|found both text and file; expected exactly one of them",
                "{text: }|.text: found nothing; expected a single value",
                "{file: [x]}|.file: found a list; expected a single value",
                "{text: x, path: y}|.path: found an unknown key; expected one of uri, title, description, mime_type, text, file",
                "{text: x, mime_type: markdown}|.mime_type: found \"markdown\"; expected a media type such as text/markdown",
                "{text: x, mime_type: 'text/'}|.mime_type: found \"text/\"; expected a media type such as text/markdown",
                "{text: x, mime_type: \"text/a\\nb\"}|.mime_type: found \"text/a?b\"; expected a media type such as text/markdown",
            })
    void documentThatCannotWorkIsAnErrorThatSaysWhy(String document, String error) {
        assertThat(Reading.errors("documents:\n  d: " + document))
                .containsExactly("platform.yaml:2: documents.d" + (error.startsWith(".") ? error : ": " + error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "\u00e9", "a:b", "'*'", "'a/b'"})
    void nameOfADocumentIsMadeOfPlainCharacters(String name) {
        assertThat(Reading.errors("documents: {" + name + " : {text: x}}"))
                .singleElement()
                .asString()
                .endsWith("found a name that cannot be used; expected 1 to 64 letters, digits and _ . -");
    }

    @Test
    void relativeFileIsBesideTheConfiguration() throws IOException {
        Files.createDirectories(folder.resolve("documents"));
        Files.writeString(folder.resolve("documents").resolve("terms.md"), "# \u00c4 {{x}} ${KEY}\r\n");
        assertThat(text("{file: documents/terms.md}"))
                .as("the text of a file is taken as it is")
                .isEqualTo("# \u00c4 {{x}} ${KEY}\r\n");
        assertThat(text("{file: './documents/../documents/terms.md'}")).startsWith("# \u00c4");
        assertThat(text("{file: '" + folder.resolve("documents").resolve("terms.md") + "'}"))
                .startsWith("# \u00c4");
    }

    /** As Kubernetes mounts a folder: each file is a link into another folder. */
    @Test
    void fileIsBesideTheLinkThatLeadsToTheConfiguration() throws IOException {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Path target = Files.writeString(folder.resolve("platform.yaml"), "documents: {d: {file: terms.md}}\n");
        Path link = Files.createSymbolicLink(mounted.resolve("platform.yaml"), target);
        Files.writeString(folder.resolve("content"), "linked");
        Files.createSymbolicLink(mounted.resolve("terms.md"), folder.resolve("content"));
        assertThat(new PlatformConfigReader(name -> Optional.empty())
                        .read(link)
                        .config()
                        .orElseThrow()
                        .documents()
                        .get(0)
                        .text())
                .isEqualTo("linked");
    }

    private String unusable(String shown, String found) {
        return "platform.yaml:2: documents.d.file: found " + shown + ": " + found
                + "; expected a text file in UTF-8 of at most 1 MiB that the server's user may read; a relative path"
                + " begins at " + folder;
    }

    @Test
    void fileThatCannotBeUsedIsAnErrorThatNamesIt() throws IOException {
        assertThat(errors("{file: none.md}")).containsExactly(unusable("\"none.md\"", "no regular file"));
        assertThat(errors("{file: '/none/none.md'}")).containsExactly(unusable("\"/none/none.md\"", "no regular file"));
        assertThat(errors("{file: ''}")).containsExactly(unusable("\"\"", "no regular file"));
        assertThat(errors("{file: .}")).containsExactly(unusable("\".\"", "no regular file"));
        assertThat(errors("{file: \"a\\0b\"}")).containsExactly(unusable("\"a?b\"", "no readable file"));
        Files.write(folder.resolve("latin.md"), "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors("{file: latin.md}")).containsExactly(unusable("\"latin.md\"", "bytes that are not UTF-8"));
    }

    @Test
    void pathThatAVariableHoldsIsNotShown() throws IOException {
        assertThat(errors("{file: '${CANARY}'}"))
                .containsExactly(unusable("a value that cannot be used", "no regular file"));
    }

    @Test
    void deviceIsNotReadForever() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(errors("{file: /dev/zero}"))
                        .containsExactly(unusable("\"/dev/zero\"", "no regular file")));
    }

    @Test
    void contentOfMoreThanAMebibyteIsRefused() throws IOException {
        Files.writeString(folder.resolve("large.md"), "x".repeat(DocumentsSection.LARGEST));
        assertThat(text("{file: large.md}")).hasSize(1024 * 1024);
        Files.writeString(folder.resolve("large.md"), "x".repeat(DocumentsSection.LARGEST + 1));
        assertThat(errors("{file: large.md}")).containsExactly(unusable("\"large.md\"", "more than 1 MiB"));
        String text = "\u00e9".repeat(DocumentsSection.LARGEST / 2);
        assertThat(text("{text: " + text + "}")).isEqualTo(text);
        assertThat(errors("{text: " + text + "x}"))
                .containsExactly(
                        "platform.yaml:2: documents.d.text: found more than 1 MiB; expected at most 1 MiB of text");
    }

    @Test
    void fileOfASectionThatIsNotReadIsNotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("platform.yaml"), "documents: {d: {file: none.md}}\n");
        assertThat(new PlatformConfigReader(name -> Optional.empty())
                        .readOnly(file, Set.of("limits"))
                        .errors())
                .isEmpty();
    }
}
