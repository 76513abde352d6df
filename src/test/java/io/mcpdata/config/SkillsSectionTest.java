package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SkillsSectionTest {

    private static final String MAIN = "---\nname: refunds\ndescription: Pay money back\n---\n\n# Refunds\n";

    @TempDir
    Path folder;

    private ConfigReading read(String skills) throws IOException {
        Path file = Files.writeString(folder.resolve("platform.yaml"), "skills: " + skills + "\n");
        return new PlatformConfigReader(name -> Optional.ofNullable(Reading.VARIABLES.get(name))).read(file);
    }

    private List<SkillConfig> skills() throws IOException {
        ConfigReading reading = read("{folder: skills}");
        return reading.config()
                .orElseThrow(() -> new AssertionError(reading.errors().toString()))
                .skills();
    }

    private List<String> errors() throws IOException {
        return errors("{folder: skills}");
    }

    private List<String> errors(String skills) throws IOException {
        return read(skills).errors().stream().map(ConfigProblem::toString).toList();
    }

    private Path write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve("skills").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    @Test
    void everyFileOfEachSkillIsReadWithItsDigest() throws IOException {
        write("refunds/SKILL.md", MAIN);
        write("refunds/templates/letter.txt", "abc");
        write("refunds/templates/logo.png", new byte[] {(byte) 0x89, 'P'});
        write("refunds/query.sql", "\u00c4\r\n");
        write("audits/SKILL.md", MAIN.replace("refunds", "audits"));
        write("README.md", "not a skill");
        assertThat(skills()).extracting(SkillConfig::name).containsExactly("audits", "refunds");
        SkillConfig refunds = skills().get(1);
        assertThat(refunds.description()).isEqualTo("Pay money back");
        assertThat(refunds.label()).isEqualTo("skill refunds");
        assertThat(refunds.files())
                .extracting(SkillFile::path)
                .containsExactly("SKILL.md", "query.sql", "templates/letter.txt", "templates/logo.png");
        assertThat(refunds.files().get(0).mimeType()).isEqualTo("text/markdown");
        assertThat(refunds.files().get(1))
                .isEqualTo(new SkillFile(
                        "query.sql",
                        "text/plain",
                        "sha256:" + KeyDigest.of("\u00c4\r\n").hex(),
                        4,
                        "\u00c4\r\n",
                        true));
        assertThat(refunds.files().get(2).digest())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        SkillFile logo = refunds.files().get(3);
        assertThat(logo.mimeType()).isEqualTo("image/png");
        assertThat(logo.isText()).isFalse();
        assertThat(Base64.getDecoder().decode(logo.data())).containsExactly(0x89, 'P');
        assertThat(logo.size()).isEqualTo(2);
    }

    @Test
    void frontmatterIsKeptAsItIsWritten() throws IOException {
        write("refunds/SKILL.md", """
                ---
                name: refunds
                # a comment
                description: >-
                  Pay
                  "back" ${KEY}
                license: Apache-2.0
                compatibility: any
                metadata: {version: "1.0", 'by': "\u00e9"}
                allowed-tools: sql_query
                later: [1, 2.50, true, ~, {a: b}]
                ---
                # Text
                """);
        assertThat(Json.write(Json.provider()
                        .createObjectBuilder(skills().get(0).frontmatter())
                        .build()))
                .isEqualTo(
                        "{\"name\":\"refunds\",\"description\":\"Pay \\\"back\\\" ${KEY}\",\"license\":\"Apache-2.0\","
                                + "\"compatibility\":\"any\",\"metadata\":{\"version\":\"1.0\",\"by\":\"\u00e9\"},"
                                + "\"allowed-tools\":\"sql_query\",\"later\":[1,2.50,true,null,{\"a\":\"b\"}]}");
    }

    @Test
    void frontmatterMayHaveCarriageReturnsAndNoTextAfterIt() throws IOException {
        write("refunds/SKILL.md", "---\r\nname: refunds\r\ndescription: x\r\n---");
        assertThat(skills().get(0).description()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: refund\\ndescription: x|2: name: found \"refund\"; expected the name of the folder, refunds",
                "description: x|1: name: found nothing; expected a text of 1 to 64 characters, in quotes if need be",
                "name: refunds|1: description: found nothing; expected a text of 1 to 1024 characters, in quotes if need be",
                "name: refunds\\ndescription: '  '|3: description: found an empty text; expected a text of 1 to 1024 characters, in quotes if need be",
                "name: refunds\\ndescription: 5|3: description: found no text: 5; expected a text of 1 to 1024 characters, in quotes if need be",
                "name: refunds\\ndescription: x\\nlicense: [x]|4: license: found no text: [x]; expected a text of 1 to 1024 characters, in quotes if need be",
                "name: refunds\\ndescription: x\\nmetadata: {version: 1.0}|4: metadata: found something else than texts; expected a mapping of names to texts, in quotes if need be",
                "name: refunds\\ndescription: x\\nmetadata: {io.modelcontextprotocol/x: a}|4: metadata: found a name that begins with io.modelcontextprotocol/; expected names of your own",
                "name: refunds\\ndescription: x\\nname: refunds|4: name: found the key a second time; expected each key once",
                "name: refunds\\ndescription: x\\n1: y|4: found a key that is no text; expected a name, in quotes if need be",
                "name: refunds\\ndescription: x: y|3: found text that is not valid YAML here; expected valid YAML (check indentation and quotes)",
                "name: refunds\\ndescription: !x y|3: description: found a tag (!); expected the value alone, in quotes if it begins with !",
                "name: refunds\\ndescription: x\\na: &a [1]\\nb: *a|5: found an alias (*) of a list or mapping; expected the list or mapping itself in its place",
                "- name|1: found a frontmatter without keys; expected at least name and description",
            })
    void brokenFrontmatterIsAnErrorWithFileAndLine(String frontmatter, String error) throws IOException {
        write("refunds/SKILL.md", "---\n" + frontmatter.replace("\\n", "\n") + "\n---\n");
        assertThat(errors()).containsExactly("skills/refunds/SKILL.md:" + error);
    }

    /** Clients read the frontmatter once more and refuse a skill whose entry differs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "off",
                "2026-01-31",
                "1e3",
                "010",
                "0o17",
                "0x1f",
                "1_000",
                "12:30:45",
                ".5",
                ".inf",
                "+1",
                "<<"
            })
    void valueThatReadersOfYamlUnderstandInTwoWaysIsAnError(String value) throws IOException {
        write("refunds/SKILL.md", MAIN.replace("---\n\n", "later: " + value + "\n---\n"));
        assertThat(errors())
                .containsExactly("skills/refunds/SKILL.md:4: later: found \"" + value + "\"; expected a value that all"
                        + " readers of YAML understand in one way; in quotes if it is a text");
        write("refunds/SKILL.md", MAIN.replace("---\n\n", "later: '" + value + "'\n---\n"));
        assertThat(skills().get(0).frontmatter()).containsEntry("later", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# Refunds\n", "---\nname: refunds\n", "\n---\nname: refunds\n---\n", "---\n---\n"})
    void fileWithoutFrontmatterIsAnError(String text) throws IOException {
        write("refunds/SKILL.md", text);
        assertThat(errors())
                .containsExactly("skills/refunds/SKILL.md:1: found no frontmatter; expected a first line ---, then name"
                        + " and description as YAML, then a line ---");
    }

    @Test
    void folderWithoutSkillIsAnError() throws IOException {
        write("refunds/skill.md", MAIN);
        write("audits/SKILL.md", "---\nname: audits\ndescription: x\n---\n");
        assertThat(errors())
                .containsExactly("skills/refunds: found no file SKILL.md; expected one with name and description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refunds", "a--b", "-a", "a-", "a_b", "a b", "a.b"})
    void folderWhoseNameNoSkillCanHaveIsAnError(String name) throws IOException {
        write(name + "/SKILL.md", MAIN);
        assertThat(errors())
                .containsExactly("skills/" + name + ": found a folder whose name no skill can have; expected 1 to 64"
                        + " small letters, digits and single - between them");
    }

    @Test
    void bytesThatAreNotUtf8AreAnError() throws IOException {
        write("refunds/SKILL.md", MAIN.replace("Pay", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors())
                .containsExactly(
                        "skills/refunds/SKILL.md: found bytes that are not UTF-8; expected a text file in UTF-8");
    }

    @Test
    void linkThatLeavesTheFolderIsRefused() throws IOException {
        write("refunds/SKILL.md", MAIN);
        Path outside = Files.writeString(folder.resolve("password"), "outside");
        Path link = folder.resolve("skills/refunds/notes.md");
        Files.createSymbolicLink(link, outside);
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("skills/other"), folder.resolve("elsewhere"));
        assertThat(errors())
                .containsExactly(
                        "skills/other: found a link out of the folder of all skills; expected a file or folder within it",
                        "skills/refunds/notes.md: found a link out of the folder of all skills; expected a file or"
                                + " folder within it");
    }

    /** As Kubernetes mounts a folder: each entry is a link into a folder whose name begins with a dot. */
    @Test
    void linkWithinTheFolderIsFollowedAndHiddenNamesAreLeftOut() throws IOException {
        write("..data/refunds/SKILL.md", MAIN);
        write("..data/refunds/.git/config", "hidden");
        Files.createSymbolicLink(folder.resolve("skills/refunds"), Path.of("..data", "refunds"));
        assertThat(skills()).extracting(SkillConfig::name).containsExactly("refunds");
        assertThat(skills().get(0).files()).extracting(SkillFile::path).containsExactly("SKILL.md");
    }

    @Test
    void linkThatLeadsBackEndsAtTheGreatestDepth() throws IOException {
        write("refunds/SKILL.md", MAIN);
        Files.createSymbolicLink(folder.resolve("skills/refunds/a"), folder.resolve("skills/refunds"));
        assertThat(errors())
                .containsExactly("skills/refunds/a/a/a/a/a/a/a/a: found a folder too deep; expected at most 8 folders"
                        + " in each other");
        Files.createSymbolicLink(folder.resolve("skills/refunds/b"), folder.resolve("skills/refunds"));
        assertThat(errors()).hasSize(20);
    }

    @Test
    void deviceIsNotReadForever() throws IOException {
        write("refunds/SKILL.md", MAIN);
        assertThat(new ProcessBuilder(
                                "mkfifo", folder.resolve("skills/refunds/pipe").toString())
                        .start())
                .satisfies(process -> assertThat(process.waitFor()).isZero());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(errors())
                        .containsExactly("skills/refunds/pipe: found neither a file nor a folder; expected files and"
                                + " folders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.md", "a%20b", "\u00e9.md", "-a", "a;b"})
    void nameThatAUriWouldHaveToEncodeIsAnError(String name) throws IOException {
        write("refunds/SKILL.md", MAIN);
        write("refunds/sub/" + name, "x");
        assertThat(errors())
                .containsExactly("skills/refunds/sub: found the name " + FoundText.printable(name) + "; expected names"
                        + " of 1 to 100 letters, digits and _ . -, that begin with none of . and -");
    }

    @Test
    void sizesAreBounded() throws IOException {
        write("refunds/SKILL.md", MAIN);
        write("refunds/a.txt", "x".repeat(SkillFolder.LARGEST_FILE));
        assertThat(skills()).hasSize(1);
        write("refunds/a.txt", "x".repeat(SkillFolder.LARGEST_FILE + 1));
        assertThat(errors())
                .containsExactly("skills/refunds/a.txt: found more than 1 MiB; expected at most 1 MiB in one file");
        write("refunds/a.txt", "x".repeat(SkillFolder.LARGEST_FILE));
        for (int i = 0; i < 16; i++) {
            write("refunds/b" + i, new byte[SkillFolder.LARGEST_FILE]);
        }
        assertThat(errors())
                .containsExactly("skills/refunds: found more than 16 MiB in all files together; expected at most 16 MiB"
                        + " in one skill");
    }

    @Test
    void numbersAreBounded() throws IOException {
        write("refunds/SKILL.md", MAIN);
        for (int i = 1; i < SkillFolder.MOST_FILES; i++) {
            write("refunds/f" + i, "x");
        }
        assertThat(skills().get(0).files()).hasSize(512);
        write("refunds/one-more", "x");
        assertThat(errors())
                .containsExactly(
                        "skills/refunds: found more than 512 files and folders; expected at most as many in one skill");
        Files.delete(folder.resolve("skills/refunds/one-more"));
        for (int i = 0; i < SkillsSection.MOST_SKILLS; i++) {
            Files.createDirectories(folder.resolve("skills/s" + i));
        }
        assertThat(errors())
                .containsExactly("platform.yaml:1: skills.folder: found more than 200 folders in it; expected at most"
                        + " 200 skills");
    }

    @Test
    void allSkillsTogetherAreBounded() throws IOException {
        for (String name : List.of("a", "b", "c", "d")) {
            write(name + "/SKILL.md", "---\nname: " + name + "\ndescription: x\n---\n");
            for (int i = 1; i <= SkillsSection.MOST_FILES / 4; i++) {
                write(name + "/f" + i, "x");
            }
        }
        assertThat(errors())
                .containsExactly("platform.yaml:1: skills.folder: found more than 2000 files or 32 MiB in it; expected"
                        + " at most 2000 files and 32 MiB in all skills together");
    }

    @Test
    void folderThatCannotBeReadIsAnErrorThatNamesIt() throws IOException {
        String expected = "; expected a folder that the server's user may read; a relative path begins at " + folder;
        assertThat(errors("{folder: none}"))
                .containsExactly("platform.yaml:1: skills.folder: found \"none\": no readable folder" + expected);
        assertThat(errors("{folder: platform.yaml}"))
                .containsExactly(
                        "platform.yaml:1: skills.folder: found \"platform.yaml\": no readable folder" + expected);
        assertThat(errors("{folder: '${CANARY}'}"))
                .containsExactly("platform.yaml:1: skills.folder: found a value that cannot be used: no readable folder"
                        + expected);
        assertThat(errors("{path: x}"))
                .containsExactly("platform.yaml:1: skills.path: found an unknown key; expected one of folder");
    }

    @Test
    void pathThatAVariableHoldsIsNotShown() throws IOException {
        Path secret = Files.createDirectories(folder.resolve(String.valueOf(Reading.VARIABLES.get("CANARY"))));
        Files.createDirectories(secret.resolve("refunds"));
        assertThat(errors("{folder: '${CANARY}'}"))
                .containsExactly(
                        "skills.folder/refunds: found no file SKILL.md; expected one with name and description");
    }

    @Test
    void changedFileIsAChangeThatNamesTheSkill() throws IOException {
        write("refunds/SKILL.md", MAIN);
        PlatformConfig before = read("{folder: skills}").config().orElseThrow();
        assertThat(read("{folder: skills}").config()).contains(before);
        write("refunds/a.txt", "x");
        write("audits/SKILL.md", MAIN.replace("refunds", "audits"));
        assertThat(ConfigDiff.between(before, read("{folder: skills}").config().orElseThrow()))
                .containsExactly("skill refunds changed", "skill audits added");
    }

    @Test
    void configurationIsToldWithoutContent() throws IOException {
        write("refunds/SKILL.md", MAIN);
        assertThat(ConfigJson.of(read("{folder: skills}").config().orElseThrow())
                        .build()
                        .getJsonArray("skills"))
                .hasToString("[{\"name\":\"refunds\",\"description\":\"Pay money back\"}]");
    }
}
