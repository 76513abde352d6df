package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys made, rotated and revoked while the server runs. */
@ArquillianTest
final class RunTimeKeysIT {

    private static final String KEYS = "/api/v1/keys";
    private static final String WHOAMI = "/api/v1/whoami";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private Answer post(String path, String json) {
        return web.post(path, platform.key("admin"), json);
    }

    private JsonObject made(String name, String more) {
        Answer answer = post(KEYS, "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]" + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Answer revoke(String keyId) {
        return web.send(web.to(KEYS + "/" + keyId, platform.key("admin")).DELETE());
    }

    private JsonObject listed(String keyId) {
        return web.get(KEYS, platform.key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("key_id").equals(keyId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void newKeyWorksAtOnceAndIsShownOnlyInTheAnswerThatMadeIt() {
        JsonObject made = made(
                "etl",
                ",\"description\":\"nightly\",\"email\":\"etl@example.com\",\"allowed_networks\":[\"127.0.0.0/8\"]");
        String key = made.getString("key");
        assertThat(key).matches(KeyFormat.PATTERN);

        JsonObject whoami = web.get(WHOAMI, key).json();
        assertThat(whoami.getString("name")).isEqualTo("etl");
        assertThat(whoami.getString("persona")).isEqualTo("analyst");
        assertThat(whoami.getString("credential_id")).isEqualTo(made.getString("key_id"));

        Answer list = web.get(KEYS, platform.key("admin"));
        assertThat(list.body()).doesNotContain(key);
        JsonObject listed = listed(made.getString("key_id"));
        assertThat(listed.getString("source")).isEqualTo("store");
        assertThat(listed.getBoolean("read_only")).isFalse();
        assertThat(listed.getString("status")).isEqualTo("active");
        assertThat(listed.getString("created_by")).isEqualTo("admin-service");
        assertThat(listed.getString("description")).isEqualTo("nightly");
        assertThat(listed.getJsonArray("allowed_networks")).hasToString("[\"127.0.0.0/8\"]");
        assertThat(listed.getJsonObject("last_used").getInt("count")).isEqualTo(1);
        assertThat(listed.getJsonObject("last_used").getString("address")).isEqualTo("127.0.0.1");
        assertThat(platform.server().log()).doesNotContain(key);
    }

    @Test
    void keysOfTheFileAreListedAndReadOnly() {
        JsonObject viewer = web.get(WHOAMI, platform.key("viewer")).json();
        JsonObject listed = listed(viewer.getString("credential_id"));

        assertThat(listed.getString("source")).isEqualTo("file");
        assertThat(listed.getBoolean("read_only")).isTrue();
        Answer revoked = revoke(viewer.getString("credential_id"));
        assertThat(revoked.status()).isEqualTo(409);
        assertThat(revoked.json().getString("detail")).contains("auth.api_keys.keys");
        assertThat(web.get(WHOAMI, platform.key("viewer")).status()).isEqualTo(200);
    }

    @Test
    void revokedKeyIsRefusedAtOnceAndItsStreamCloses() {
        JsonObject made = made("short-lived", "");
        try (EventStream stream = web.open(made.getString("key"))) {
            stream.endpoint();

            assertThat(revoke(made.getString("key_id")).status()).isEqualTo(204);

            assertThat(web.get(WHOAMI, made.getString("key")).status()).isEqualTo(401);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
        Answer revoked = web.get(WHOAMI, made.getString("key"));
        Answer unknown = web.get(WHOAMI, KeyFormat.generate(new SecureRandom()).reveal());
        assertThat(withoutId(revoked)).as("the same words to the byte").isEqualTo(withoutId(unknown));
        assertThat(revoked.header("WWW-Authenticate")).isEqualTo(unknown.header("WWW-Authenticate"));
        assertThat(listed(made.getString("key_id")).getString("status")).isEqualTo("revoked");
        assertThat(revoke(made.getString("key_id")).status()).isEqualTo(204);
    }

    private static String withoutId(Answer answer) {
        return answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    @Test
    void rotationGivesASecondKeyOfTheSameName() {
        JsonObject old = made("rotating", "");

        Answer rotated = post(KEYS + "/" + old.getString("key_id") + "/rotate", "{\"overlap\":\"3s\"}");

        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.json().getString("name")).isEqualTo("rotating");
        assertThat(web.get(WHOAMI, old.getString("key")).status()).isEqualTo(200);
        assertThat(web.get(WHOAMI, rotated.json().getString("key")).status()).isEqualTo(200);
        Eventually.within(
                Duration.ofSeconds(10),
                "the old key ends with the overlap",
                () -> web.get(WHOAMI, old.getString("key")).status() == 401);
        assertThat(web.get(WHOAMI, rotated.json().getString("key")).status()).isEqualTo(200);
    }

    @Test
    void rotationNeedsNoBody() {
        JsonObject old = made("rotating-by-default", "");
        String path = KEYS + "/" + old.getString("key_id") + "/rotate";

        Answer rotated = web.send(web.to(path, platform.key("admin")).POST(BodyPublishers.noBody()));

        assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
        assertThat(listed(old.getString("key_id")).getString("replaced_by"))
                .isEqualTo(rotated.json().getString("key_id"));
    }

    @Test
    void unknownKeyIsNotFound() {
        assertThat(revoke("000000000000").status()).isEqualTo(404);
        assertThat(post(KEYS + "/000000000000/rotate", "{}").status()).isEqualTo(404);
    }

    @Test
    void wrongBodyIsToldWhichMemberIsWrong() {
        Answer answer = post(KEYS, "{\"name\":7,\"roles\":[\"analyst\"],\"colour\":\"red\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("name: found a number");
        assertThat(answer.json().getJsonArray("errors")).hasSize(2);
        assertThat(answer.json().getString("request_id")).isNotEmpty();
    }

    @Test
    void keyCannotCarryARoleThatNoPersonaListsAndItsMakerLacks() {
        Answer answer = post(KEYS, "{\"name\":\"too-much\",\"roles\":[\"no-such-role\"]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("detail")).contains("no-such-role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "viewer", "auditor"})
    void keysAreManagedOnlyByWhoHoldsThePermission(String persona) {
        String key = platform.key(persona);

        assertThat(web.get(KEYS, key).status()).isEqualTo(403);
        assertThat(web.post(KEYS, key, "{\"name\":\"x\",\"roles\":[\"viewer\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(web.send(web.to(KEYS + "/000000000000", key).DELETE()).status())
                .isEqualTo(403);
        assertThat(web.post(KEYS + "/000000000000/rotate", key, "{}").status()).isEqualTo(403);
    }

    @Test
    void generatedKeyWithASlipIsRefused() {
        String key = made("mistyped", "").getString("key");
        char last = key.charAt(key.length() - 1);
        String mistyped = key.substring(0, key.length() - 1) + (last == 'x' ? 'y' : 'x');

        assertThat(web.get(WHOAMI, mistyped).status()).isEqualTo(401);
        platform.server().awaitLog("category=broken_checksum");
    }
}
