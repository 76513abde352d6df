package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigJsonTest {

    private static final String KEY = "canary-Key-0123456789";
    private static final String PASSWORD = "canary-Password-0123456789";

    private static final String YAML = """
            server: {name: here, public_url: "https://mcp.example.com", trusted_proxies: [10.0.0.0/8]}
            auth:
              api_keys:
                enabled: true
                keys: [{key: "${KEY}", name: svc, roles: [analyst]}]
            personas:
              analyst: {roles: [analyst], priority: 7, tools: {allow: ["sql_*"], deny: ["*_explain"]}}
            connections:
              ours: {url: "jdbc:postgresql://db.example.com/x?user=u&password=${PASSWORD}", password: "${PASSWORD}"}
              demo: {demo: retail, allow_privileged_account: true}
              told:
                jndi: java:x
                identity:
                  role: {by: persona, values: {analyst: app_analyst}, default: app_reader}
                  variables: {app.caller: name, app.tenant: {by: role, values: {analyst: tenant-4711}, default: tenant-0}}
            """;

    private static JsonObject json() {
        return json(YAML);
    }

    private static JsonObject json(String yaml) {
        Map<String, String> variables = Map.of("KEY", KEY, "PASSWORD", PASSWORD);
        ConfigReading reading =
                new PlatformConfigReader(name -> Optional.ofNullable(variables.get(name))).read("platform.yaml", yaml);
        return ConfigJson.of(reading.config().orElseThrow(() -> new AssertionError(reading.toString())))
                .build();
    }

    @Test
    void whatIsInForceIsToldByTheNamesOfTheFile() {
        JsonObject json = json();
        assertThat(json.getJsonObject("server").getString("name")).isEqualTo("here");
        JsonObject key = json.getJsonObject("api_keys").getJsonArray("keys").getJsonObject(0);
        assertThat(key.getString("key_id")).isEqualTo(KeyDigest.of(KEY).id());
        assertThat(key.getString("name")).isEqualTo("svc");
        JsonObject analyst = json.getJsonObject("personas").getJsonObject("analyst");
        assertThat(analyst.getInt("priority")).isEqualTo(7);
        assertThat(analyst.getJsonObject("tools").getJsonArray("deny")).hasToString("[\"*_explain\"]");
        assertThat(json.getJsonObject("personas").keySet()).contains("admin");
        assertThat(json.getJsonArray("connections").getValuesAs(JsonObject.class))
                .extracting(connection -> connection.getBoolean("allow_privileged_account"))
                .containsExactly(false, true, false);
        assertThat(json.getJsonObject("limits").getInt("failed_attempts")).isEqualTo(100);
    }

    @Test
    void identityIsToldWithoutTheValuesOfVariables() {
        JsonObject identity =
                json().getJsonArray("connections").getJsonObject(2).getJsonObject("identity");
        assertThat(identity)
                .hasToString(
                        "{\"role\":{\"by\":\"persona\",\"values\":{\"analyst\":\"app_analyst\"},"
                                + "\"default\":\"app_reader\"},\"variables\":{\"app.caller\":\"name\",\"app.tenant\":\"role\"}}");
    }

    /** Keys of the file's schema that the answer names in another way, or leaves out because they may be secret. */
    private static final Map<String, String> TOLD_AS = Map.ofEntries(
            Map.entry("key", "key_id"),
            Map.entry("key_sha256", "key_id"),
            Map.entry("jndi", "kind"),
            Map.entry("url", "kind"),
            Map.entry("demo", "kind"),
            Map.entry("username", "kind"),
            Map.entry("password", "kind"),
            Map.entry("data_dir", "server"),
            Map.entry("signing_key", "audit"),
            Map.entry("text", "mime_type"),
            Map.entry("file", "mime_type"),
            Map.entry("audience", "audiences"),
            Map.entry("role_claim_path", "role_claims"),
            Map.entry("jwks_uri", "issuer"),
            Map.entry("public_key", "issuer"),
            Map.entry("allow_http", "issuer"));

    @Test
    void everyKeyOfTheSchemaIsTold(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("sales.csv"), "n\n1\n");
        String yaml = """
                server: {public_url: "https://mcp.example.com"}
                auth:
                  api_keys:
                    enabled: true
                    keys:
                      - key: "${KEY}"
                        name: svc
                        roles: [analyst]
                        description: nightly
                        email: a@example.com
                        not_before: 2026-01-01T00:00:00Z
                        expires_at: 2036-01-01T00:00:00Z
                        allowed_networks: [10.0.0.0/8]
                  oidc:
                    enabled: true
                    issuers:
                      - issuer: https://login.example.com
                        audience: [mcp]
                        client_id: mcp
                        required_scopes: [mcp]
                        clock_skew: 30s
                        max_token_age: 1h
                personas:
                  analyst: {roles: [analyst], tools: {allow: ["*"]}}
                connections:
                  demo: {demo: retail, allow_functions: [abs]}
                  files: {files: {sales: FILE}, memory_mb: 64, threads: 1}
                  shared: {jndi: "java:x", identity: {variables: {app.caller: name}}, plan_limits: {rows: 5, cost: 5}}
                prompts:
                  sales: {text: "{{by}} {{of}}", arguments: {by: {values: [day]}, of: {completes: table}}}
                documents:
                  terms: {text: hello}
                """.replace("FILE", file.toString());
        JsonObject json = json(yaml);
        assertThat(json.toString()).doesNotContain("sales.csv");
        assertThat(json.getJsonObject("audit").getString("mode")).isEqualTo("batched");
        assertThat(members(json, new TreeSet<>())).containsAll(expected());
    }

    private static Set<String> expected() {
        JsonObject schema = PlatformSchema.document();
        JsonObject sections = schema.getJsonObject("properties");
        JsonObject definitions = schema.getJsonObject("$defs");
        return Stream.of(
                        sections.getJsonObject("server"),
                        sections.getJsonObject("audit"),
                        sections.getJsonObject("limits"),
                        sections.getJsonObject("metrics"),
                        definitions.getJsonObject("key"),
                        definitions.getJsonObject("issuer"),
                        definitions.getJsonObject("persona"),
                        definitions.getJsonObject("connection"),
                        definitions.getJsonObject("prompt"),
                        definitions.getJsonObject("prompt_argument"),
                        definitions.getJsonObject("document"))
                .flatMap(section -> section.getJsonObject("properties").keySet().stream())
                .map(name -> TOLD_AS.getOrDefault(name, name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all members; durations without the {@code _ms} of their unit. */
    private static Set<String> members(JsonValue value, Set<String> names) {
        if (value instanceof JsonObject object) {
            object.forEach((name, member) -> {
                names.add(name.replaceAll("_ms$", ""));
                members(member, names);
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> members(item, names));
        }
        return names;
    }

    @Test
    void promptsAndDocumentsAreToldWithoutTheirTexts() {
        JsonObject json = json("""
                personas:
                  analyst: {roles: [analyst], resources: {allow: ["document://*"]}, prompts: {deny: [x]}}
                prompts:
                  sales:
                    title: Sales
                    description: of a region
                    arguments: {region: {required: true, values: [north, south]}, of: {completes: table}}
                    text: "Canary text {{region}} {{of}}"
                documents:
                  terms: {title: Terms, text: Canary text}
                """);
        assertThat(json.getJsonArray("prompts"))
                .hasToString("[{\"name\":\"sales\",\"title\":\"Sales\",\"description\":\"of a region\",\"arguments\":["
                        + "{\"name\":\"region\",\"title\":\"\",\"description\":\"\",\"required\":true,"
                        + "\"values\":[\"north\",\"south\"]},"
                        + "{\"name\":\"of\",\"title\":\"\",\"description\":\"\",\"required\":false,\"values\":[],"
                        + "\"completes\":\"table\"}]}]");
        assertThat(json.getJsonArray("documents"))
                .hasToString("[{\"name\":\"terms\",\"uri\":\"document://terms\",\"title\":\"Terms\","
                        + "\"description\":\"\",\"mime_type\":\"text/markdown\"}]");
        JsonObject analyst = json.getJsonObject("personas").getJsonObject("analyst");
        assertThat(analyst.getJsonObject("resources")).hasToString("{\"allow\":[\"document://*\"],\"deny\":[]}");
        assertThat(analyst.getJsonObject("prompts")).hasToString("{\"allow\":[],\"deny\":[\"x\"]}");
        assertThat(Json.write(json)).doesNotContain("Canary");
    }

    @Test
    void noSecretIsTold() {
        assertThat(Json.write(json()))
                .doesNotContain(KEY, PASSWORD, KeyDigest.of(KEY).hex())
                .contains("\"kind\":\"url\"");
    }

    private record Plain(Secret value) implements ConfigRecord {}

    private record Inside(Optional<Object> value) implements ConfigRecord {}

    private record Several(List<Object> value) implements ConfigRecord {}

    @Test
    void typeThatMayHoldASecretIsRefused() {
        Secret secret = new Secret(PASSWORD);
        List<ConfigRecord> records = List.of(
                new Plain(secret),
                new Inside(Optional.of(secret)),
                new Several(List.of("a", secret)),
                new Several(List.of(KeyDigest.of(KEY))),
                new Several(List.of(new ConnectionSource.Url(secret, Optional.empty(), Optional.of(secret)))),
                new Inside(Optional.of(new KeyLocation.Inline(PASSWORD))),
                new Inside(Optional.of(new StringBuilder(PASSWORD))));
        for (ConfigRecord one : records) {
            assertThatThrownBy(() -> ConfigJson.object(one))
                    .as(one.getClass().getSimpleName())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContainingAny(PASSWORD, KeyDigest.of(KEY).hex());
        }
    }

    private record Nothing(int number) implements ConfigRecord {}

    @Test
    void numberThatSaysNoDefaultIsNotRead() {
        assertThatThrownBy(() -> ConfigComponent.standard(Nothing.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@ConfigKey");
    }
}
