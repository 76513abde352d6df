package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoAuthorizationServerTest {

    private static final String TOKENS =
            "oidc: {enabled: true, issuer: 'https://auth.example.com', audience: mcp-data-platform}";
    private static final String KEYS = "api_keys: {enabled: true, keys: []}";

    private static JsonObject body(ActiveConfiguration configuration) {
        Response answer = NoAuthorizationServer.answer(configuration, "r1");
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeaderString("WWW-Authenticate")).isNull();
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        return Json.readObject((String) answer.getEntity());
    }

    @Test
    void answerIsAProblemDocumentAndAnErrorOfOAuth() {
        JsonObject body = body(InMemoryActiveConfiguration.of("auth: {" + KEYS + "}"));
        assertThat(body.getInt("status")).isEqualTo(404);
        assertThat(body.getString("request_id")).isEqualTo("r1");
        assertThat(body.getString("detail")).isNotEmpty();
        assertThat(body.getString("error")).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth: {KEYS}          | This server takes API keys: send the header Authorization: Bearer <key>.",
                "auth: {TOKENS}        | oauth-protected-resource names, and send it in the header",
                "auth: {TOKENS, KEYS}  | oauth-protected-resource names, or use an API key, and send it in the header",
                "server: {}            | accepts no credentials",
            })
    void descriptionSaysWhatToSendInCharactersThatOAuthAllows(String yaml, String words) {
        assertThat(body(InMemoryActiveConfiguration.of(
                                yaml.replace("KEYS", KEYS).replace("TOKENS", TOKENS)))
                        .getString("error_description"))
                .contains(words)
                .matches("[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+");
    }

    @Test
    void platformWithoutAConfigurationSaysSo() {
        assertThat(body(InMemoryActiveConfiguration.none()).getString("error_description"))
                .contains("no valid configuration yet");
    }
}
