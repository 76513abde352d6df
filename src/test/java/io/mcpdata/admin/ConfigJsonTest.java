package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
            """;

    private static JsonObject json() {
        Map<String, String> variables = Map.of("KEY", KEY, "PASSWORD", PASSWORD);
        return ConfigJson.of(new PlatformConfigReader(name -> Optional.ofNullable(variables.get(name)))
                        .read("platform.yaml", YAML)
                        .config()
                        .orElseThrow())
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
                .containsExactly(false, true);
        assertThat(json.getJsonObject("limits").getInt("failed_attempts")).isEqualTo(100);
    }

    @Test
    void noSecretIsTold() {
        assertThat(Json.write(json()))
                .doesNotContain(KEY, PASSWORD, KeyDigest.of(KEY).hex())
                .contains("\"kind\":\"url\"");
    }
}
