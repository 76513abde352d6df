package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.endtoend.Program;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The specification of API-key authentication, statement by statement and in its order, each before a running server.
 * Its YAML examples are loaded as they are printed; only the place of the server's data is added.
 */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ApiKeySpecificationIT {

    private static final String WHOAMI = "/api/v1/whoami";

    private static final String PLACE = """
            server:
              data_dir: ${DATA_DIR}
            """;

    private static final String CONFIGURATION = """
            auth:
              api_keys:
                enabled: true
                keys:
                  - key: ${API_KEY_ADMIN}
                    name: "admin-service"
                    roles: ["admin"]
                  - key: ${API_KEY_ANALYST}
                    name: "analyst-service"
                    roles: ["analyst"]
                  - key: ${API_KEY_READONLY}
                    name: "readonly"
                    roles: ["viewer"]
            """;

    private static final String MULTIPLE_KEYS = """
            auth:
              api_keys:
                enabled: true
                keys:
                  # Full administrative access
                  - key: ${API_KEY_ADMIN}
                    name: "admin"
                    roles: ["admin"]
                  # Read and write data access
                  - key: ${API_KEY_DATA_TEAM}
                    name: "data-team"
                    roles: ["analyst"]
                  # Read-only access
                  - key: ${API_KEY_VIEWER}
                    name: "dashboard"
                    roles: ["viewer"]
                  # Service account for ETL
                  - key: ${API_KEY_ETL}
                    name: "etl-service"
                    roles: ["service", "write"]
            """;

    private static final String COMBINED = """
            auth:
              oidc:
                enabled: true
                issuer: "https://auth.example.com"
                # ... OIDC config
              api_keys:
                enabled: true
                keys:
                  - key: ${API_KEY_SERVICE}
                    name: "background-service"
                    roles: ["service"]
            """;

    private static final String CLAUDE_CODE = """
            # Set environment variable
            export MCP_API_KEY="your-api-key"

            # Add server with API key
            claude mcp add mcp-data-platform -- \\
              mcp-data-platform --config platform.yaml
            """;

    private static final String CLAUDE_DESKTOP = """
            {
              "mcpServers": {
                "mcp-data-platform": {
                  "command": "mcp-data-platform",
                  "args": ["--config", "platform.yaml"],
                  "env": {
                    "MCP_API_KEY": "your-api-key"
                  }
                }
              }
            }
            """;

    private static final String HTTP_CLIENTS = """
            # HTTP transport with API key header (SSE endpoint)
            curl -H "Authorization: Bearer your-api-key" \\
              http://localhost:8080/sse

            # Or as query parameter
            curl "http://localhost:8080/sse?api_key=your-api-key"
            """;

    /** The client's messages on standard input: which caller am I? */
    private static final String CONVERSATION = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"claude","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"platform_info","arguments":{}}}
            """;

    private static final String PERSONAS = """
            personas:
              analyst: {roles: [analyst], priority: 10, tools: {allow: ["*"]}, connections: {allow: ["*"]}}
              engineer: {roles: [data_engineer], priority: 20, tools: {allow: ["*"]}, connections: {allow: ["*"]}}
              viewer: {roles: [viewer], priority: 5, tools: {allow: [platform_info]}}
              etl: {roles: [service], priority: 1, tools: {allow: ["*"]}}
            """;

    private static final String PERSONAS_OF_OTHERS = """
            personas:
              analyst: {roles: [analyst], tools: {allow: ["*"]}, connections: {allow: ["*"]}}
            """;

    private static final Map<String, String> KEYS = keys();

    private static Platform platform;
    private static Web web;
    private static int version;

    @TempDir
    Path clientsDirectory;

    /** In the very forms that the section on key generation gives. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new HashMap<>();
        byte[] random = new byte[32];
        // a key of openssl rand -base64 32 with all that a query could misread
        new SecureRandom().nextBytes(random);
        random[0] = (byte) 0xfb;
        random[1] = (byte) 0xff;
        keys.put("API_KEY_ADMIN", Base64.getEncoder().encodeToString(random));
        keys.put("API_KEY_ANALYST", Keys.random());
        keys.put("API_KEY_READONLY", UUID.randomUUID().toString().replace("-", ""));
        for (String more : List.of("API_KEY_DATA_TEAM", "API_KEY_VIEWER", "API_KEY_ETL", "API_KEY_SERVICE")) {
            keys.put(more, Keys.random());
        }
        keys.put("API_KEY_PADDED", Keys.random() + " ");
        return Map.copyOf(keys);
    }

    private static String key(String variable) {
        return Objects.requireNonNull(KEYS.get("API_KEY_" + variable));
    }

    @BeforeAll
    static void start() {
        platform = Platform.start(
                Platform.Options.standard().withYaml(PLACE + CONFIGURATION).withEnvironment(KEYS));
        web = new Web(platform);
    }

    @AfterAll
    static void stop() {
        String log = platform.server().log();
        platform.close();
        KEYS.forEach((variable, key) -> assertThat(log).as(variable).doesNotContain(key.strip()));
    }

    /** Puts a configuration in place and waits until it is in force. */
    private static void configure(String yaml) {
        String name = replaced(yaml);
        Eventually.within(
                Duration.ofSeconds(10),
                "the new configuration is in force",
                () -> web.get(WHOAMI).header("WWW-Authenticate").contains("realm=\"" + name + "\""));
    }

    /** Puts a configuration in place and does not wait; returns the name of the server in it. */
    private static String replaced(String yaml) {
        String name = "version " + ++version;
        platform.configure("server:\n  data_dir: ${DATA_DIR}\n  name: " + name + "\n" + yaml);
        return name;
    }

    /** Puts a configuration in place and waits until it is refused; returns the log lines about it. */
    private static String rejected(String yaml) {
        int before = platform.server().log().length();
        platform.configure(PLACE + yaml);
        Eventually.within(
                Duration.ofSeconds(10),
                "the configuration is refused",
                () -> platform.server().log().substring(before).contains("configuration rejected: "));
        assertThat(web.get("/readyz").json().getString("status")).isEqualTo("degraded");
        assertThat(web.get("/readyz").body()).contains("configuration rejected");
        return platform.server().log().substring(before);
    }

    private static int statusOf(String key) {
        return web.get(WHOAMI, key).status();
    }

    private static void assertMayNothing(String key) {
        assertThat(whoami(key).get("persona")).isEqualTo(JsonValue.NULL);
        assertThat(web.get("/sse", key).status()).isEqualTo(403);
        assertThat(web.get("/api/v1/keys", key).status()).isEqualTo(403);
    }

    private static JsonObject whoami(String key) {
        Answer answer = web.get(WHOAMI, key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    // Configuration

    @Test
    @Order(1)
    void configurationWorksAsPrinted() {
        assertThat(whoami(key("ADMIN")).getString("name")).isEqualTo("admin-service");
        // known, and nothing more: no persona lists their roles in this file, and the start-up log says so
        assertMayNothing(key("ANALYST"));
        assertMayNothing(key("READONLY"));
        platform.server().awaitLog("auth.api_keys.keys[1].roles: found analyst, which no persona lists");
    }

    @Test
    @Order(2)
    void eachKeyIsAssociatedWithANameAndASetOfRoles() {
        configure(CONFIGURATION + PERSONAS);
        JsonObject analyst = whoami(key("ANALYST"));
        assertThat(analyst.getString("name")).isEqualTo("analyst-service");
        assertThat(analyst.getJsonArray("roles")).hasToString("[\"analyst\"]");
    }

    @OnOneServer
    @Test
    @Order(3)
    void everyRequiredFieldIsRequired() {
        configure(CONFIGURATION + PERSONAS);
        assertThat(rejected(CONFIGURATION.replace("    enabled: true\n", ""))).contains("auth.api_keys.enabled");
        assertThat(rejected(CONFIGURATION.replace("- key: ${API_KEY_ADMIN}", "- description: none")))
                .contains("auth.api_keys.keys[0]: found neither key nor key_sha256");
        assertThat(rejected(CONFIGURATION.replace("name: \"admin-service\"", "description: none")))
                .contains("auth.api_keys.keys[0].name");
        assertThat(rejected(CONFIGURATION.replace("roles: [\"admin\"]", "description: none")))
                .contains("auth.api_keys.keys[0].roles: found no role");
        assertThat(rejected("auth: {api_keys: {enabled: true}}\n")).contains("auth.api_keys.keys: found nothing");
        // the old configuration stays in force
        assertThat(whoami(key("ANALYST")).getString("name")).isEqualTo("analyst-service");
    }

    // Using API Keys

    @Test
    @Order(4)
    void keyIsIncludedInTheAuthorizationHeader() {
        configure(CONFIGURATION + PERSONAS);
        try (EventStream stream = web.open(web.to("/sse").header("Authorization", "Bearer " + key("ANALYST")))) {
            assertThat(stream.endpoint()).contains("sessionId=");
        }
    }

    @Test
    @Order(5)
    void keyIsIncludedAsAQueryParameterForSseConnections() {
        configure(CONFIGURATION + PERSONAS);
        try (EventStream stream = web.open(web.to("/sse?api_key=" + key("ANALYST")));
                McpConversation conversation = McpConversation.over(web, stream)) {
            assertThat(conversation.initialize().getJsonObject("result")).isNotNull();
        }
        assertThat(web.get(WHOAMI + "?api_key=" + key("ANALYST")).status()).isEqualTo(401);
    }

    // Key Generation

    @Test
    @Order(6)
    void keysOfEveryStandardToolAreGood() {
        configure(CONFIGURATION + PERSONAS);
        assertThat(key("ADMIN")).startsWith("+/").endsWith("=");
        for (String tool : List.of("ADMIN", "ANALYST", "READONLY")) {
            assertThat(statusOf(key(tool))).as(tool).isEqualTo(200);
            // java.net.URI takes these characters as they are, as curl does
            try (EventStream stream = web.open(web.to("/sse?api_key=" + key(tool)))) {
                assertThat(stream.endpoint()).contains("&token=");
            }
        }
    }

    // Role Assignment

    @Test
    @Order(7)
    void keyWithSeveralRolesMapsToEitherPersonaIfBothAreConfigured() {
        String both = CONFIGURATION.replace("[\"analyst\"]", "[\"analyst\", \"data_engineer\"]");
        configure(both + PERSONAS);
        assertThat(whoami(key("ANALYST")).getString("persona")).isEqualTo("engineer");
        configure(both + PERSONAS.replace("priority: 10", "priority: 30"));
        assertThat(whoami(key("ANALYST")).getString("persona")).isEqualTo("analyst");
    }

    // Multiple Keys

    @Test
    @Order(8)
    void multipleKeysHaveDifferentAccessLevels() {
        configure(MULTIPLE_KEYS + PERSONAS);
        assertThat(whoami(key("ADMIN")).getJsonArray("permissions").toString()).contains("platform:admin");
        assertThat(whoami(key("DATA_TEAM")).getString("persona")).isEqualTo("analyst");
        assertThat(whoami(key("VIEWER")).getString("persona")).isEqualTo("viewer");
        assertThat(whoami(key("ETL")).getString("persona")).isEqualTo("etl");
        assertThat(web.get("/api/v1/keys", key("ADMIN")).status()).isEqualTo(200);
        assertThat(web.get("/api/v1/keys", key("DATA_TEAM")).status()).isEqualTo(403);
    }

    // Combined with OIDC

    @Test
    @Order(9)
    void bearerThatLooksLikeAJwtIsJudgedAsOneAndAnythingElseAsAKey() {
        try (FakeIssuer issuer = new FakeIssuer()) {
            TokenMint mint = new TokenMint(issuer.url(), Instant.now());
            configure(combined(issuer) + PERSONAS);
            // 1. If a Bearer token looks like a JWT, validate via OIDC
            Eventually.within(
                    Duration.ofSeconds(20), "the keys of the issuer are known", () -> statusOf(mint.token()) == 200);
            assertThat(whoami(mint.token()).getString("authentication")).isEqualTo("oidc");
            assertRefused(mint.token().replaceFirst("\\.[^.]{8}", ".AAAAAAAA"), "malformed_token|bad_signature");
            assertRefused(mint.token(mint.claims().with("exp", "1000000000")), "expired_token");
            // 2. Otherwise, check against API keys
            JsonObject service = whoami(key("SERVICE"));
            assertThat(service.getString("authentication")).isEqualTo("api_key");
            assertThat(service.getString("name")).isEqualTo("background-service");
            // 3. If neither matches, reject the request
            assertRefused(Keys.random(), "unknown_key");
            assertThat(web.get(WHOAMI).status()).isEqualTo(401);
        }
    }

    @Test
    @Order(10)
    void keyThatLooksLikeAJwtIsGoodOnlyWhereNoneIsJudged() {
        String shaped = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbiBBUEkga2V5In0." + Keys.random();
        configure(CONFIGURATION.replace("${API_KEY_ANALYST}", "\"" + shaped + "\"") + PERSONAS);
        assertThat(whoami(shaped).getString("authentication")).isEqualTo("api_key");
        try (FakeIssuer issuer = new FakeIssuer()) {
            assertThat(rejected(combined(issuer).replace("${API_KEY_SERVICE}", "\"" + shaped + "\"")))
                    .contains("auth.api_keys.keys[0].key: found a key in the shape of a token")
                    .doesNotContain(shaped);
        }
    }

    private static String combined(FakeIssuer issuer) {
        return COMBINED.replace("https://auth.example.com", issuer.url())
                .replace("# ... OIDC config", "audience: " + TokenMint.AUDIENCE);
    }

    private static void assertRefused(String credential, String category) {
        int before = platform.server().log().length();
        assertThat(statusOf(credential)).isEqualTo(401);
        platform.server().awaitLog(before, "category=(" + category + ") ");
    }

    // Client Configuration

    @OnOneServer
    @Test
    @Order(11)
    void claudeCodeStartsTheProgramAsPrinted() throws Exception {
        clientsFile();
        // in place of the real client: starts the configured command, as the real one does when a conversation begins
        Path claude = Files.writeString(
                Files.createDirectories(clientsDirectory.resolve("bin")).resolve("claude"), """
                #!/bin/sh
                test "$1 $2 $3 $4" = "mcp add mcp-data-platform --" || exit 9
                shift 4
                exec "$@"
                """);
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        String commands = CLAUDE_CODE.replace("your-api-key", key("ANALYST"));
        assertIsTheAnalyst(run(Map.of(), "bash", "-euc", commands));
    }

    @OnOneServer
    @Test
    @Order(12)
    void claudeDesktopStartsTheProgramAsPrinted() throws Exception {
        clientsFile();
        String settings = CLAUDE_DESKTOP.replace("your-api-key", key("ANALYST"));
        JsonObject program;
        try (var reader = Json.createReader(new StringReader(settings))) {
            program = reader.readObject().getJsonObject("mcpServers").getJsonObject("mcp-data-platform");
        }
        List<String> command = new ArrayList<>();
        command.add(
                Program.LAUNCHER.resolveSibling(program.getString("command")).toString());
        program.getJsonArray("args").getValuesAs(JsonString::getString).forEach(command::add);
        String key = program.getJsonObject("env").getString("MCP_API_KEY");
        assertIsTheAnalyst(run(Map.of("MCP_API_KEY", key), command.toArray(String[]::new)));
    }

    @Test
    @Order(13)
    void httpClientsOpenTheStreamAsPrinted() throws Exception {
        configure(CONFIGURATION + PERSONAS);
        String commands = HTTP_CLIENTS
                .replace("curl ", "curl -sN --max-time 2 ")
                .replace("http://localhost:8080", platform.server().baseUrl())
                .replace("your-api-key", key("ANALYST"));
        String answers = run(Map.of(), "bash", "-uc", commands);
        assertThat(answers.split("event: ?endpoint", -1)).as(answers).hasSize(3);
    }

    /** The server's own file is the client's file; its variables are not set there. */
    private void clientsFile() throws IOException {
        configure(CONFIGURATION + PERSONAS);
        Files.writeString(
                clientsDirectory.resolve("platform.yaml"),
                "server: {public_url: \"" + platform.server().baseUrl() + "\"}\n" + CONFIGURATION);
    }

    /** Runs a command in the directory of the client's file, and sends it the conversation; returns all its output. */
    private String run(Map<String, String> environment, String... command) throws Exception {
        Path said = Files.writeString(clientsDirectory.resolve("said"), CONVERSATION);
        Path answered = clientsDirectory.resolve("answered");
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(clientsDirectory.toFile())
                .redirectInput(said.toFile())
                .redirectOutput(answered.toFile());
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        program.environment()
                .merge(
                        "PATH",
                        clientsDirectory.resolve("bin") + ":" + Program.LAUNCHER.getParent() + ":",
                        (path, before) -> before + path);
        program.environment().putAll(environment);
        Process running = program.start();
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(answered);
    }

    private static void assertIsTheAnalyst(String answers) {
        JsonObject info = answers.lines()
                .map(line -> {
                    try (var reader = Json.createReader(new StringReader(line))) {
                        return reader.readObject();
                    }
                })
                .filter(answer -> answer.containsKey("result") && answer.getInt("id") == 2)
                .map(McpConversation::structured)
                .findFirst()
                .orElseThrow(() -> new AssertionError(answers));
        assertThat(info.getJsonObject("caller").getString("name")).isEqualTo("analyst-service");
    }

    // Security Best Practices

    @Test
    @Order(14)
    void keyInTheFileWorksButIsCalledBad() {
        String literal = "never-do-this-" + Keys.random();
        configure(CONFIGURATION.replace("${API_KEY_ANALYST}", "\"" + literal + "\"") + PERSONAS);
        assertThat(statusOf(literal)).isEqualTo(200);
        assertThat(platform.server().awaitLog("auth.api_keys.keys[1].key: found a literal key in the file"))
                .doesNotContain(literal);
        assertThat(web.get("/api/v1/config", key("ADMIN")).body())
                .contains("found a literal key in the file")
                .doesNotContain(literal);
    }

    @Test
    @Order(15)
    void keyIsRotatedInThreeStepsWithoutAFailedCall() throws Exception {
        configure(CONFIGURATION + PERSONAS);
        String rotated = CONFIGURATION.replace(
                "      - key: ${API_KEY_READONLY}\n",
                "      - key: ${API_KEY_SERVICE}\n        name: \"analyst-service\"\n"
                        + "        roles: [\"analyst\"]\n      - key: ${API_KEY_READONLY}\n");
        assertThat(rotated).contains("API_KEY_SERVICE");
        try (CallsUnderLoad calls = new CallsUnderLoad(web, key("ANALYST"))) {
            calls.untilMoreThan(20);
            configure(rotated + PERSONAS); // 1. Add a new key with the same roles
            calls.use(key("SERVICE")); // 2. Update clients to use the new key
            calls.untilMoreThan(20);
            configure(rotated.replaceAll("(?m)^.*API_KEY_ANALYST.*\n.*\n.*\n", "") + PERSONAS); // 3. Remove the old key
            calls.untilMoreThan(20);
            assertThat(calls.failures()).isEmpty();
        }
        assertThat(statusOf(key("ANALYST"))).isEqualTo(401);
        assertThat(whoami(key("SERVICE")).getString("name")).isEqualTo("analyst-service");
    }

    @Test
    @Order(16)
    void removedKeyIsRefusedWithinASecondAndItsStreamsCloseWithinFive() {
        configure(CONFIGURATION + PERSONAS);
        try (EventStream stream = web.open(key("ANALYST"))) {
            stream.endpoint();
            replaced(CONFIGURATION.replaceAll("(?m)^.*API_KEY_ANALYST.*\n.*\n.*\n", "") + PERSONAS);
            Duration refused = Eventually.within(
                    Duration.ofSeconds(1), "its new calls are refused", () -> statusOf(key("ANALYST")) == 401);
            assertThat(stream.endsWithin(Duration.ofSeconds(5).minus(refused))).isTrue();
            System.out.printf("a key removed from the file is refused after %d ms%n", refused.toMillis());
        }
    }

    @Test
    @Order(17)
    void useOfKeysCanBeMonitored() {
        configure(CONFIGURATION + PERSONAS);
        String id = whoami(key("ANALYST")).getString("credential_id");
        assertThat(id).matches("[0-9a-f]{12}");
        JsonObject listed = web.get("/api/v1/keys", key("ADMIN")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("key_id").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(listed.getJsonObject("last_used").getInt("count")).isPositive();
        assertThat(listed.getJsonObject("last_used").getString("address")).isEqualTo("127.0.0.1");
    }

    // Key Validation

    @Test
    @Order(18)
    void keyMustExistMatchExactlyAndNotBeEmpty() {
        configure(CONFIGURATION + PERSONAS);
        String key = key("ANALYST");
        for (String wrong : List.of(
                Keys.random(), key.toLowerCase(Locale.ROOT) + "x", key.substring(1), key + key, swapped(key), "")) {
            Answer answer = web.send(web.to(WHOAMI).header("Authorization", "Bearer " + wrong));
            assertThat(answer.status()).isEqualTo(401);
        }
        assertThat(statusOf(key)).isEqualTo(200);
        assertThat(rejected(CONFIGURATION.replace("${API_KEY_ANALYST}", "\"\"")))
                .contains("auth.api_keys.keys[1].key: found an empty key");
    }

    private static String swapped(String key) {
        StringBuilder swapped = new StringBuilder();
        key.chars()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(c -> swapped.append((char) c));
        return swapped.toString();
    }

    // Troubleshooting

    @Test
    @Order(19)
    void keyRejectedForExtraWhitespaceIsFoundInTheLog() {
        assertThat(rejected(CONFIGURATION.replace("${API_KEY_ANALYST}", "${API_KEY_PADDED}")))
                .contains("auth.api_keys.keys[1].key: found a key with whitespace around it");
    }

    @Test
    @Order(20)
    void environmentVariableThatIsNotSetIsFoundInTheLog() {
        assertThat(rejected(CONFIGURATION.replace("${API_KEY_ANALYST}", "${API_KEY_ANALIST}")))
                .contains("auth.api_keys.keys[1].key: found the variable API_KEY_ANALIST, which is not set");
    }

    @Test
    @Order(21)
    void sectionThatIsNotEnabledIsFoundInTheLog() {
        configure(CONFIGURATION + PERSONAS);
        int before = platform.server().log().length();
        configure(CONFIGURATION.replace("enabled: true", "enabled: false") + PERSONAS);
        assertThat(statusOf(key("ADMIN"))).isEqualTo(401);
        platform.server().awaitLog(before, "auth\\.api_keys\\.enabled is not true: every API key is refused");
    }

    @Test
    @Order(22)
    void wrongRolesAreFoundByTheKeyIdOfTheKeyInUse() {
        configure(CONFIGURATION + PERSONAS);
        JsonObject whoami = whoami(key("READONLY"));
        assertThat(whoami.getString("credential_id")).isNotEmpty();
        assertThat(whoami.getJsonArray("roles")).hasToString("[\"viewer\"]");
        assertThat(whoami.getString("persona")).isEqualTo("viewer");
        assertThat(web.get("/api/v1/config", key("ADMIN")).body())
                .contains("\"key_id\":\"" + whoami.getString("credential_id") + "\"");
    }

    @Test
    @Order(23)
    void refusalNamesTheKeyIdInTheLog() {
        configure(CONFIGURATION + PERSONAS);
        String unknown = Keys.random();
        String id = sha256(unknown).substring(0, 12);
        assertThat(statusOf(unknown)).isEqualTo(401);
        assertThat(platform.server().awaitLog(0, "category=unknown_key caller=.* key=" + id))
                .doesNotContain(unknown);
    }

    @Test
    @Order(24)
    void roleThatNoPersonaMapsIsFoundInTheLog() {
        configure(CONFIGURATION + PERSONAS);
        int before = platform.server().log().length();
        configure(CONFIGURATION.replace("[\"viewer\"]", "[\"wiever\"]") + PERSONAS);
        assertMayNothing(key("READONLY"));
        platform.server().awaitLog(before, "auth\\.api_keys\\.keys\\[2]\\.roles: found wiever, which no persona lists");
    }

    /** "Environment variables may differ between environments": asked before the file goes there. */
    @OnOneServer
    @Test
    @Order(25)
    void checkFindsEveryCauseBeforeTheServerDoes() throws Exception {
        assertThat(check(CONFIGURATION.replace("${API_KEY_ANALYST}", "${API_KEY_PADDED}"), ""))
                .contains("auth.api_keys.keys[1].key: found a key with whitespace around it");
        assertThat(check(CONFIGURATION.replace("${API_KEY_ANALYST}", "${API_KEY_ANALIST}"), ""))
                .contains("auth.api_keys.keys[1].key: found the variable API_KEY_ANALIST, which is not set");
        assertThat(check(CONFIGURATION.replace("enabled: true", "enabled: false"), key("ADMIN")))
                .contains("auth.api_keys.enabled");
        assertThat(check(CONFIGURATION, key("VIEWER"))).contains("no entry has it, so the server answers 401");
        assertThat(check(CONFIGURATION, key("ADMIN") + " ")).contains("the key has whitespace around it");
        assertThat(check(CONFIGURATION, key("READONLY")))
                .contains("auth.api_keys.keys[2].roles: found viewer, which no persona lists")
                .contains("key " + sha256(key("READONLY")).substring(0, 12) + ": it is auth.api_keys.keys[2]");
    }

    private String check(String yaml, String key) throws Exception {
        Path file = Files.writeString(clientsDirectory.resolve("checked.yaml"), yaml + PERSONAS_OF_OTHERS);
        Program.Ran ran = new Program(KEYS).run(key, "check", "--key-stdin", file.toString());
        KEYS.values().forEach(secret -> assertThat(ran.out() + ran.err()).doesNotContain(secret.strip()));
        return ran.out();
    }

    // Beyond the page: only digests stay in memory

    @Test
    @Order(26)
    void heapHoldsNoKeyThatTheEnvironmentDoesNot() {
        String literal = "literal-canary-" + Keys.random();
        String digested = "digested-canary-" + Keys.random();
        configure(CONFIGURATION
                        .replace("${API_KEY_ANALYST}", "\"" + literal + "\"")
                        .replace("key: ${API_KEY_READONLY}", "key_sha256: " + sha256(digested))
                + PERSONAS);
        HeapDump.of(platform).mustNotHold(literal, digested);
        assertThat(List.of(statusOf(literal), statusOf(digested))).containsOnly(200);
    }

    // Monitor key usage: "Enable audit logging to track API key usage". The last: rows can be read when the server is
    // gone

    @Test
    @Order(27)
    void auditRowsTellWhichKeyDidWhatAndWhichWasRefused() throws SQLException {
        configure(CONFIGURATION + PERSONAS);
        String unknown = Keys.random();
        assertThat(statusOf(unknown)).isEqualTo(401);
        try (McpConversation analyst = McpConversation.begin(web, key("ANALYST"))) {
            analyst.call("platform_info", Map.of());
        }
        platform.close();
        String used = "method = 'api_key' AND caller = 'analyst-service' AND credential_id = '"
                + sha256(key("ANALYST")).substring(0, 12) + "' AND client_address = '127.0.0.1'";
        for (String row : List.of(
                "type = 'STREAM_OPEN' AND " + used,
                "type = 'TOOL_CALL' AND outcome = 'SUCCESS' AND tool = 'platform_info' AND persona = 'analyst' AND "
                        + used,
                "type = 'LOGIN_FAILURE' AND category = 'unknown_key' AND credential_id = '"
                        + sha256(unknown).substring(0, 12) + "'")) {
            assertThat(StoredRows.count(platform.dataDirectory(), row)).as(row).isPositive();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
