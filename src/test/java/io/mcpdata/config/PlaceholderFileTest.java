package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in files, as a whole configuration names them. */
final class PlaceholderFileTest {

    private static final String CANARY = "canary-4711-canary-4711";

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("api_key_admin"), CANARY + "\n");
    }

    private static String key(String value) {
        return "auth:\n  api_keys:\n    enabled: true\n    keys:\n      - {key: \"" + value
                + "\", name: a, roles: [admin]}\n";
    }

    private String key() {
        return key("${file:" + file + "}");
    }

    private static String error(String yaml) {
        ConfigReading reading = Reading.of(yaml);
        assertThat(reading.config()).isEmpty();
        assertThat(reading.errors()).hasSize(1);
        assertThat(reading.errors().toString()).doesNotContain("canary");
        return reading.errors().get(0).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void keyIsTheTextOfTheFileWithoutItsLastLineEnd(String end) throws IOException {
        Files.writeString(file, CANARY + end);
        ConfigReading reading = Reading.of(key());
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config().orElseThrow().apiKeys().keys().get(0).digest())
                .isEqualTo(KeyDigest.of(CANARY));
        assertThat(reading.files()).containsExactly(file);
    }

    @Test
    void onlyTheLastLineEndIsCutAndTheRestIsAnErrorOfTheValue() throws IOException {
        Files.writeString(file, CANARY + "\n\n");
        assertThat(error(key()))
                .contains("keys[0].key: found a key with whitespace around it; expected the key alone; check the"
                        + " variable or file for spaces or a line end");
    }

    /** Wherever a variable can be. */
    @Test
    void everyValueMayBeInAFileInWholeOrInPart() throws IOException {
        Path host = Files.writeString(directory.resolve("host"), "mcp.example.com");
        Path rows = Files.writeString(directory.resolve("rows"), "50\n");
        Path role = Files.writeString(directory.resolve("role"), "analyst");
        PlatformConfig config = Reading.config("""
                server: {public_url: "https://${file:%s}/data"}
                connections:
                  c: {url: "jdbc:postgresql://${file:%s}/db", username: "${file:%s}", password: "${file:%s}",
                      max_rows: "${file:%s}"}
                personas: {p: {roles: ["${file:%s}"], tools: {allow: ["*"]}, connections: {allow: ["*"]}}}
                """.formatted(host, host, role, file, rows, role));
        assertThat(config.server().publicUrl()).hasToString("Optional[https://mcp.example.com/data]");
        ConnectionConfig connection = config.connections().get(0);
        assertThat(connection.maxRows()).isEqualTo(50);
        ConnectionSource.Url source = (ConnectionSource.Url) connection.source();
        assertThat(source.url().reveal()).isEqualTo("jdbc:postgresql://mcp.example.com/db");
        assertThat(source.username()).contains("analyst");
        assertThat(source.password()).contains(new Secret(CANARY));
        assertThat(config.personas().get(0).roles()).containsExactly("analyst");
    }

    @Test
    void textOfAFileIsNotExpandedAgain() throws IOException {
        Files.writeString(file, "${KEY}${file:/etc/passwd}-abc");
        assertThat(Reading.config(key()).apiKeys().keys().get(0).digest())
                .isEqualTo(KeyDigest.of("${KEY}${file:/etc/passwd}-abc"));
    }

    @Test
    void linkIsFollowedAsKubernetesMountsSecrets() throws IOException {
        Path version = Files.createDirectory(directory.resolve("..2026"));
        Files.writeString(version.resolve("key"), CANARY);
        Path data = Files.createSymbolicLink(directory.resolve("..data"), version);
        Path link = Files.createSymbolicLink(directory.resolve("key"), data.resolve("key"));
        assertThat(Reading.config(key("${file:" + link + "}")).apiKeys().keys()).hasSize(1);
    }

    @Test
    void fileThatDoesNotExistIsNamedWithItsKey() throws IOException {
        Files.delete(file);
        assertThat(error(key()))
                .isEqualTo("platform.yaml:5: auth.api_keys.keys[0].key: found the file " + file + ", which does not"
                        + " exist, or is in a folder that the server's user may not enter; expected a text file of at"
                        + " most 64 KiB that the server's user may read");
        assertThat(Reading.of(key()).files())
                .as("watched, so that it is noticed later")
                .containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void emptyFileIsAnError(String content) throws IOException {
        Files.writeString(file, content);
        assertThat(error(key())).contains("found the file " + file + ", which is empty");
    }

    @Test
    void fileThatIsTooLargeIsAnError() throws IOException {
        Files.writeString(file, "canary ".repeat(PlaceholderFile.LARGEST / 7 + 1));
        assertThat(error(key())).contains("found the file " + file + ", which has more than 64 KiB");
    }

    @Test
    void folderAndDeviceAreErrorsAndDoNotBlock() {
        assertThat(error(key("${file:" + directory + "}"))).contains("which is no regular file");
        assertThat(error(key("${file:/dev/zero}"))).contains("which is no regular file");
    }

    @Test
    void bytesThatAreNoTextAreAnError() throws IOException {
        Files.write(file, new byte[] {'c', (byte) 0xff, (byte) 0xfe});
        assertThat(error(key())).contains("which is not UTF-8");
    }

    @Test
    void fileThatTheUserMayNotReadIsAnError() {
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read every file");
        assertThat(error(key())).contains("found the file " + file + ", which cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "${file:run/secrets/key}, a file whose path is not absolute",
        "${file:}, a file whose path is not absolute",
        "${file:/run/secrets/key:-canary}, a file with a default",
        "${file:/run/secrets/${KEY}}, a malformed placeholder",
    })
    void pathThatCannotBeUsedIsAnErrorThatDoesNotShowIt(String value, String found) {
        assertThat(error(key(value))).contains("keys[0].key: found " + found).doesNotContain("run/secrets/key");
    }

    @Test
    void longPathIsCutAndUnprintableCharactersAreReplaced() {
        assertThat(error(key("${file:/" + "x".repeat(5_000) + "\\u001b}"))).matches("[\\x20-\\x7e]{1,500}");
    }

    @Test
    void severalFaultsAreToldAtOnceEachWithItsFile() {
        ConfigReading reading = Reading.of(
                "connections: {c: {url: 'jdbc:x', username: '${file:/no/such/user}', password: '${file:/no/such/one}'}}",
                Map.of());
        assertThat(reading.errors())
                .extracting(ConfigProblem::key)
                .containsExactlyInAnyOrder("connections.c.username", "connections.c.password");
        assertThat(reading.files()).hasSize(2);
    }
}
