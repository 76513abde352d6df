package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysCommandTest {

    private static final String OWN_KEY = "own-admin-key-0123456789";

    @TempDir
    Path directory;

    private RecordingAdmin admin;
    private RecordingTerminal terminal;

    @BeforeEach
    void start() throws IOException {
        admin = new RecordingAdmin();
        terminal = new RecordingTerminal().with("MCP_API_KEY", OWN_KEY);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void listShowsEveryKeyByItsId() {
        admin.answering(200, """
                {"keys":[
                 {"key_id":"0a1b2c3d4e5f","name":"etl","roles":["service","write"],"source":"store","read_only":false,
                  "status":"active","expires_at":"2030-01-31T00:00:00Z",
                  "last_used":{"at":"2026-05-31T08:00:00Z","address":"10.1.2.3","count":7}},
                 {"key_id":"ffffffffffff","name":"admin-service","roles":["admin"],"source":"file","read_only":true,
                  "status":"active"}]}""");

        assertThat(terminal.run("keys", "list", "--url", admin.url())).isZero();

        assertThat(terminal.out()).isEqualTo("""
                KEY ID        NAME           ROLES           SOURCE  STATUS  EXPIRES               LAST USED
                0a1b2c3d4e5f  etl            service, write  store   active  2030-01-31T00:00:00Z  2026-05-31T08:00:00Z from 10.1.2.3
                ffffffffffff  admin-service  admin           file    active  -                     -
                """);
        assertThat(admin.asked())
                .containsExactly(new RecordingAdmin.Asked("GET", "/api/v1/keys", "Bearer " + OWN_KEY, ""));
    }

    @Test
    void listGivesProgramsTheServersOwnWords() {
        admin.answering(200, "{\"keys\":[{\"key_id\":\"0a1b2c3d4e5f\"}]}");

        assertThat(terminal.run("keys", "list", "--format", "json", "--url", admin.url()))
                .isZero();

        assertThat(JsonParser.parseString(terminal.out()))
                .isEqualTo(JsonParser.parseString("{\"keys\":[{\"key_id\":\"0a1b2c3d4e5f\"}]}"));
    }

    @Test
    void whatTheServerSaysCannotMoveTheCursor() {
        admin.answering(200, "{\"keys\":[{\"key_id\":\"0a1b2c3d4e5f\",\"name\":\"\\u001b[2Jgone\"}]}");

        terminal.run("keys", "list", "--url", admin.url());

        assertThat(terminal.out()).contains("?[2Jgone").doesNotContain("\u001b");
    }

    @Test
    void createSendsWhatWasAskedForAndShowsTheKeyOnce() {
        String made = KeyFormat.generate(new SecureRandom()).reveal();
        admin.answering(201, created(made));

        assertThat(terminal.run(
                        "keys",
                        "create",
                        "--url",
                        admin.url() + "/",
                        "--name",
                        "etl",
                        "--role",
                        "service",
                        "--role",
                        "write",
                        "--description",
                        "nightly",
                        "--email",
                        "data@example.com",
                        "--not-before",
                        "2026-07-01T00:00:00Z",
                        "--expires-in",
                        "90d",
                        "--allowed-network",
                        "10.0.0.0/8"))
                .isZero();

        assertThat(terminal.out()).isEqualTo("""
                Key (shown once):  %s
                Key id:            0a1b2c3d4e5f
                Name:              etl
                Roles:             service, write
                Expires:           2026-08-30T12:00:00Z
                """.formatted(made));
        assertThat(admin.asked()).hasSize(1);
        assertThat(admin.asked().get(0).method()).isEqualTo("POST");
        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/keys");
        assertThat(JsonParser.parseString(admin.asked().get(0).body())).isEqualTo(JsonParser.parseString("""
                        {"name":"etl","roles":["service","write"],"description":"nightly","email":"data@example.com",
                         "not_before":"2026-07-01T00:00:00Z","expires_at":"2026-08-30T12:00:00Z",
                         "allowed_networks":["10.0.0.0/8"]}"""));
    }

    @Test
    void createQuietlyPrintsTheKeyAlone() {
        String made = KeyFormat.generate(new SecureRandom()).reveal();
        admin.answering(201, created(made));

        assertThat(terminal.run("keys", "create", "--url", admin.url(), "--name", "etl", "--role", "x", "--quiet"))
                .isZero();

        assertThat(terminal.out()).isEqualTo(made + "\n");
        assertThat(admin.asked().get(0).body()).isEqualTo("{\"name\":\"etl\",\"roles\":[\"x\"]}");
    }

    @Test
    void anAnswerWithoutAKeyIsNoSuccess() {
        admin.answering(201, "{\"key\":\"\"}");

        assertThat(terminal.run("keys", "create", "--url", admin.url(), "--name", "etl", "--role", "x"))
                .isEqualTo(1);

        assertThat(terminal.err()).contains("its answer holds none");
    }

    @Test
    void revokeDeletesTheKey() {
        admin.answering(204, "");

        assertThat(terminal.run("keys", "revoke", "--url", admin.url(), "0a1b2c3d4e5f"))
                .isZero();

        assertThat(admin.asked())
                .containsExactly(
                        new RecordingAdmin.Asked("DELETE", "/api/v1/keys/0a1b2c3d4e5f", "Bearer " + OWN_KEY, ""));
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).isEqualTo("Revoked 0a1b2c3d4e5f.\n");
    }

    @Test
    void rotateAsksForTheOverlapAndShowsTheSuccessor() {
        String made = KeyFormat.generate(new SecureRandom()).reveal();
        admin.answering(201, created(made));

        assertThat(terminal.run("keys", "rotate", "--url", admin.url(), "--overlap", "24h", "--quiet", "0a1b2c3d4e5f"))
                .isZero();

        assertThat(terminal.out()).isEqualTo(made + "\n");
        assertThat(admin.asked().get(0).path()).isEqualTo("/api/v1/keys/0a1b2c3d4e5f/rotate");
        assertThat(admin.asked().get(0).body()).isEqualTo("{\"overlap\":\"86400s\"}");
    }

    @ParameterizedTest
    @CsvSource({"0s,0s", "0d,0s", "365d,31536000s", "0090m,5400s"})
    void overlapMayBeWhateverTheServerTakes(String given, String asked) {
        admin.answering(201, created(KeyFormat.generate(new SecureRandom()).reveal()));

        assertThat(terminal.run("keys", "rotate", "--url", admin.url(), "--overlap", given, "0a1b2c3d4e5f"))
                .isZero();

        assertThat(admin.asked().get(0).body()).isEqualTo("{\"overlap\":\"" + asked + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"-1s", "1w", "366d", "24", "999999999d"})
    void overlapTheServerRefusesIsNotAskedFor(String given) {
        assertThat(terminal.run("keys", "rotate", "--url", admin.url(), "--overlap=" + given, "0a1b2c3d4e5f"))
                .isEqualTo(2);

        assertThat(admin.asked()).isEmpty();
        assertThat(terminal.err()).contains("'" + given + "' is not a duration from 0s to 365d");
    }

    @Test
    void theKeyCanComeFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "key-of-the-file-0123456789\n");
        admin.answering(200, "{\"keys\":[]}");

        terminal.run("keys", "list", "--url", admin.url(), "--key-file", file.toString());

        assertThat(admin.asked().get(0).authorization()).isEqualTo("Bearer key-of-the-file-0123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "401,'401: the server does not accept the key'",
        "403,'may not do this: it needs the permission keys:manage'",
        "404,'no such key, or no platform at'",
        "409,'the key is in platform.yaml, so it is changed there'",
        "429,'too many attempts; try again in 17 s'",
        "503,'the server cannot answer now; try again in 17 s'",
        "302,'302: an answer that no platform gives'",
        "500,'500: an answer that no platform gives'"
    })
    void everyRefusalIsOneLineThatTellsWhatToDo(int status, String words) {
        admin.answering(status, "").retryAfter("17");

        assertThat(terminal.run("keys", "revoke", "--url", admin.url(), "0a1b2c3d4e5f"))
                .isEqualTo(1);

        assertThat(terminal.err()).contains(words).hasLineCount(1).doesNotContain(OWN_KEY);
        assertThat(terminal.out()).isEmpty();
        assertThat(admin.asked()).hasSize(1);
    }

    @Test
    void aRefusedKeyIsNamedByItsId() {
        admin.answering(401, "");

        terminal.run("keys", "list", "--url", admin.url());

        assertThat(terminal.err()).contains(KeyDigest.of(OWN_KEY).id());
    }

    @Test
    void theServersOwnReasonAndItsRequestIdAreTold() {
        admin.answering(409, "{\"title\":\"Conflict\",\"detail\":\"read only\\nhere\",\"request_id\":\"r-1\"}");

        terminal.run("keys", "revoke", "--url", admin.url(), "0a1b2c3d4e5f");

        assertThat(terminal.err()).isEqualTo("mcp-data-platform: 409: read only?here (request r-1)\n");
    }

    @Test
    void anAnswerOfSomethingElseIsTold() {
        admin.answering(200, "<html>hello</html>");

        assertThat(terminal.run("keys", "list", "--url", admin.url())).isEqualTo(1);

        assertThat(terminal.err()).contains("an answer that is not JSON");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        assertThat(terminal.run("keys", "list", "--url", "http://127.0.0.1:" + FreePort.next()))
                .isEqualTo(1);

        assertThat(terminal.err())
                .contains("nothing listens there; is the server running?")
                .hasLineCount(1);
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsTold() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> answerPlainly(plain));
            answer.start();

            assertThat(terminal.run("keys", "list", "--url", "https://127.0.0.1:" + plain.getLocalPort()))
                    .isEqualTo(1);

            answer.join(10_000);
        }

        // Java's client now and then misses the answer in clear and waits for its time to connect to be over
        assertThat(terminal.err()).contains("does not speak TLS there").hasLineCount(1);
    }

    @Test
    void aNameThatDoesNotResolveIsTold() {
        assertThat(terminal.run("keys", "list", "--url", "https://mcp.invalid")).isEqualTo(1);

        assertThat(terminal.err()).contains("the name cannot be resolved").hasLineCount(1);
    }

    @Test
    void theKeyDoesNotTravelInTheClearUnasked() {
        assertThat(terminal.run("keys", "list", "--url", "http://mcp.invalid")).isEqualTo(1);
        assertThat(terminal.err()).contains("http://mcp.invalid is not https");

        assertThat(terminal.run("keys", "list", "--allow-http", "--url", "http://mcp.invalid"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("http://mcp.invalid: the name cannot be resolved");
    }

    @Test
    void withoutAKeyNothingIsAsked() {
        terminal = new RecordingTerminal();

        assertThat(terminal.run("keys", "list", "--url", admin.url())).isEqualTo(1);

        assertThat(terminal.err()).contains("no key: set the environment variable MCP_API_KEY");
        assertThat(admin.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " padded-key-0123456789",
                "padded-key-0123456789\n",
                "two words 0123456789",
                "gr\u00fcn-0123456789"
            })
    void aKeyThatCannotBeOneIsNotSentAndNotShown(String key) {
        terminal.with("MCP_API_KEY", key);

        assertThat(terminal.run("keys", "list", "--url", admin.url())).isEqualTo(1);

        assertThat(terminal.err()).contains("MCP_API_KEY: found ").doesNotContain(key.strip());
        assertThat(admin.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://mcp.example.com",
                "mcp.example.com",
                "http://",
                "https://u:p@h",
                "https://h/?a=b",
                "http://h/#x"
            })
    void aUrlThatIsNoBaseUrlIsAUsageErrorAndNotRepeated(String url) {
        assertThat(terminal.run("keys", "list", "--url", url)).isEqualTo(2);

        assertThat(terminal.err())
                .contains("expected the base URL of the platform")
                .doesNotContain("u:p");
    }

    @Test
    void theEnvironmentCanNameTheServer() {
        admin.answering(200, "{\"keys\":[]}");

        assertThat(terminal.with("MCP_DATA_PLATFORM_URL", admin.url() + "/platform")
                        .run("keys", "list"))
                .isZero();
        assertThat(admin.asked().get(0).path()).isEqualTo("/platform/api/v1/keys");

        assertThat(terminal.with("MCP_DATA_PLATFORM_URL", "ftp://u:p@h").run("keys", "list"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("MCP_DATA_PLATFORM_URL: expected").doesNotContain("u:p");
    }

    private static void answerPlainly(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            // as a server would: first it reads what it then cannot make sense of
            int first = client.getInputStream().read(new byte[1_024]);
            assertThat(first).isPositive();
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            client.getOutputStream().flush();
            client.getInputStream().readAllBytes();
        } catch (IOException clientWent) {
            // it does, when it reads this
        }
    }

    private static String created(String key) {
        return "{\"key\":\"" + key
                + "\",\"key_id\":\"0a1b2c3d4e5f\",\"name\":\"etl\",\"roles\":[\"service\",\"write\"],"
                + "\"expires_at\":\"2026-08-30T12:00:00Z\",\"created_at\":\"2026-06-01T12:00:00Z\","
                + "\"created_by\":\"admin-service\"}";
    }
}
