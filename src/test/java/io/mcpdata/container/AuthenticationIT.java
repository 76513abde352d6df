package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which callers are authenticated, which are not, and the exact answers to refused ones. First, because the shared server
 * that it starts gives its classes to the servers of the later tests.
 */
@ArquillianTest
@Order(1)
final class AuthenticationIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final String REALM = "Bearer realm=\"container tests\"";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    /**
     * A refusal may wait for a body that is on its way, but only a few at a time: clients cannot block all threads of
     * the server.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 60000", "Transfer-Encoding: chunked"})
    void bodiesThatNeverArriveDoNotDelayOtherCallers(String announced) throws IOException {
        List<RawHttp> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                hanging.add(RawHttp.send(platform.server(), "POST /messages HTTP/1.1", announced));
            }
            long begin = System.nanoTime();

            assertThat(web.post("/messages", Keys.random(), "{}").status()).isEqualTo(401);
            assertThat(web.get(WHOAMI, platform.key("viewer")).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (RawHttp one : hanging) {
                one.close();
            }
        }
    }

    @Test
    void mostAreAnsweredWithoutTheBodyTheyAnnounced() throws IOException {
        List<RawHttp> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                hanging.add(RawHttp.send(platform.server(), "POST /messages HTTP/1.1", "Content-Length: 60000"));
            }

            // four may wait
            Eventually.within(
                    Duration.ofSeconds(5),
                    "eight of twelve are answered",
                    () -> hanging.stream().filter(RawHttp::isAnswered).count() >= 8);
        } finally {
            for (RawHttp one : hanging) {
                one.close();
            }
        }
    }

    @Test
    void keyInTheAuthorizationHeaderIsTheCaller() {
        Answer answer = web.get(WHOAMI, platform.key("analyst"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("name")).isEqualTo("analyst-service");
        assertThat(answer.json().getString("authentication")).isEqualTo("api_key");
        assertThat(answer.json().getString("persona")).isEqualTo("analyst");
        assertThat(answer.json().getJsonArray("permissions")).hasToString("[\"mcp:connect\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer  "})
    void schemeIsReadInAnyCaseAndEndsWithSpaces(String scheme) {
        assertThat(web.send(web.to(WHOAMI).header("Authorization", scheme + platform.key("viewer")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keyInItsOwnHeaderIsTheCaller() {
        assertThat(web.send(web.to(WHOAMI).header("X-API-Key", platform.key("viewer")))
                        .json()
                        .getString("persona"))
                .isEqualTo("viewer");
    }

    @Test
    void sameKeyInBothHeadersIsOneCredential() {
        assertThat(web.send(web.to(WHOAMI, platform.key("viewer")).header("X-API-Key", platform.key("viewer")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bothKeysOfOneNameAreTheSameCallerWithTheirOwnKeyIds() {
        Answer one = web.get(WHOAMI, platform.key("analyst"));
        Answer other = web.get(WHOAMI, platform.key("analyst-next"));

        assertThat(other.json().getString("name")).isEqualTo(one.json().getString("name"));
        assertThat(other.json().getString("credential_id"))
                .isNotEqualTo(one.json().getString("credential_id"));
    }

    @Test
    void noCredentialGetsAChallengeWithoutAnErrorCode() {
        Answer answer = web.get(WHOAMI);

        assertRefused(answer, 401, REALM);
        assertThat(answer.json().getString("detail")).contains("Authorization: Bearer <key>");
    }

    @Test
    void unknownKeyGetsAnInvalidTokenChallenge() {
        assertRefused(web.get(WHOAMI, Keys.random()), 401, REALM + ", error=\"invalid_token\"");
    }

    @Test
    void everyRefusedKeyGetsTheSameWordsToTheByte() {
        Answer unknown = web.get(WHOAMI, Keys.random());

        for (String refused : List.of("expired", "early", "elsewhere")) {
            Answer answer = web.get(WHOAMI, platform.key(refused));
            assertThat(answer.status()).as(refused).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo(unknown.header("WWW-Authenticate"));
            assertThat(withoutId(answer)).isEqualTo(withoutId(unknown));
        }
    }

    @Test
    void keyMatchesExactlyOrNotAtAll() {
        String key = platform.key("admin");
        String flipped = (key.charAt(0) == 'A' ? "B" : "A") + key.substring(1);
        List<String> nearly = List.of(
                key.toUpperCase(Locale.ROOT),
                key.toLowerCase(Locale.ROOT),
                key.substring(1),
                key.substring(0, key.length() - 1),
                key + "A",
                flipped,
                key + key,
                "\"" + key + "\"");

        for (String wrong : nearly) {
            Answer answer = web.send(web.to(WHOAMI).header("Authorization", "Bearer " + wrong));
            assertThat(answer.status()).as("a key that is nearly right").isEqualTo(401);
        }
    }

    @Test
    void spaceBehindAKeyBelongsToTheHeaderAndInTheQueryToTheKey() throws IOException {
        // RFC 9110 5.5: white space around a field's value does not belong to it, and every server removes it
        assertThat(RawHttp.status(
                        platform.server(),
                        "GET " + WHOAMI + " HTTP/1.1",
                        "Authorization: Bearer " + platform.key("viewer") + "  "))
                .isEqualTo(200);
        assertThat(web.get("/sse?api_key=" + platform.key("viewer") + "%20").status())
                .isEqualTo(401);
        assertThat(web.get("/sse?api_key=%20" + platform.key("viewer")).status())
                .isEqualTo(401);
    }

    @Test
    void keyWithLineEndsOrNulsIsRefused() throws IOException {
        for (String bad : List.of("\0", "\u00a0", "\u200b")) {
            int status = RawHttp.status(
                    platform.server(),
                    "GET " + WHOAMI + " HTTP/1.1",
                    "Authorization: Bearer " + bad + platform.key("viewer"));
            assertThat(status).as("a key behind U+%04x", (int) bad.charAt(0)).isIn(400, 401);
        }
    }

    @Test
    void emptyKeyIsRefused() {
        assertRefused(
                web.send(web.to(WHOAMI).header("Authorization", "Bearer")), 401, REALM + ", error=\"invalid_token\"");
        assertRefused(web.send(web.to(WHOAMI).header("X-API-Key", "")), 401, REALM + ", error=\"invalid_token\"");
    }

    @Test
    void foreignSchemeGetsTheChallengeOfWhoBringsNothing() {
        Answer answer = web.send(web.to(WHOAMI).header("Authorization", "Basic dXNlcjpwYXNzd29yZA=="));

        assertRefused(answer, 401, REALM);
    }

    @Test
    void twoDifferentCredentialsAreABadRequest() {
        HttpRequest.Builder request = web.to(WHOAMI, platform.key("viewer")).header("X-API-Key", platform.key("admin"));

        assertRefused(web.send(request), 400, REALM + ", error=\"invalid_request\"");
    }

    @Test
    void twoAuthorizationHeadersAreABadRequest() {
        HttpRequest.Builder request = web.to(WHOAMI)
                .header("Authorization", "Bearer " + platform.key("viewer"))
                .header("Authorization", "Bearer " + platform.key("admin"));

        assertThat(web.send(request).status()).isEqualTo(400);
    }

    @Test
    void tabIsWhiteSpaceBehindTheSchemeAndNoPartOfAKey() throws IOException {
        String key = platform.key("viewer");
        assertThat(statusWith("Bearer\t" + key)).isEqualTo(200);
        assertThat(statusWith("Bearer \t" + key)).isEqualTo(200);
        assertThat(statusWith("Bearer " + key.substring(0, 9) + "\t" + key.substring(9)))
                .isIn(400, 401);
    }

    private int statusWith(String authorization) throws IOException {
        return RawHttp.status(platform.server(), "GET " + WHOAMI + " HTTP/1.1", "Authorization: " + authorization);
    }

    @Test
    void credentialOfEightKilobytesIsRefused() {
        assertThat(web.get(WHOAMI, "k".repeat(7_500)).status()).isEqualTo(401);
    }

    @Test
    void queryKeyOpensAnEventStreamAndNothingElse() {
        String query = "?api_key=" + platform.key("admin");

        try (EventStream stream = web.open(web.to("/sse" + query))) {
            assertThat(stream.endpoint()).doesNotContain(platform.key("admin")).contains("&token=");
            assertThat(stream.response().headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
            assertThat(stream.response().headers().firstValue("Referrer-Policy"))
                    .contains("no-referrer");
        }
        assertThat(web.get(WHOAMI + query).status()).isEqualTo(401);
        assertThat(web.send(web.to("/messages" + query + "&sessionId=x")
                                .header("Content-Type", Web.JSON)
                                .POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void callerWithoutAPersonaIsKnownButMayNothing() {
        JsonObject me = web.get(WHOAMI, platform.key("stray")).json();
        Answer answer = web.get("/sse", platform.key("stray"));

        assertThat(me.getString("name")).isEqualTo("stray-service");
        assertThat(me.getJsonArray("roles")).hasToString("[\"unlisted-role\"]");
        assertThat(me.get("persona")).isEqualTo(JsonValue.NULL);
        assertThat(me.getJsonArray("permissions")).isEmpty();
        assertThat(me.getString("no_persona")).contains("roles unlisted-role");
        assertRefused(answer, 403, REALM + ", error=\"insufficient_scope\", scope=\"mcp:connect\"");
        assertThat(answer.json().getString("detail")).contains("No persona lists any of your roles", "whoami");
        assertThat(platform.server().awaitLog(answer.json().getString("request_id")))
                .contains("category=no_persona", "rule=roles unlisted-role");
    }

    @Test
    void everyKnownCallerIsToldWhatThePlatformReadInItsCredential() {
        JsonObject me = web.get(WHOAMI, platform.key("auditor")).json();

        assertThat(me.getString("persona")).isEqualTo("auditor");
        assertThat(me.getJsonArray("permissions")).hasToString("[\"audit:read\"]");
        assertThat(me.containsKey("no_persona")).isFalse();
    }

    @Test
    void personaWithoutThePermissionIsToldWhichOneIsMissing() {
        Answer answer = web.get("/sse", platform.key("auditor"));

        assertRefused(answer, 403, REALM + ", error=\"insufficient_scope\", scope=\"mcp:connect\"");
        assertThat(answer.json().getString("detail")).contains("mcp:connect");
    }

    @Test
    void refusalComesBeforeAnyEventOfAStream() {
        Answer answer = web.send(web.to("/sse").header("Accept", "text/event-stream"));

        assertRefused(answer, 401, REALM);
    }

    @Test
    void unknownAddressIsAProblemDocumentAndNoPageOfTheServer() {
        Answer answer = web.get("/no-such-place", platform.key("admin"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/health", "/application.wadl"})
    void pagesOfTheServersOwnAreNotThere(String path) {
        assertRefused(web.get(path), 401, REALM);
        Answer answer = web.get(path, platform.key("admin"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"})
    void discoveryDocumentsThatAreNotThereAreNotAChallenge(String path) {
        Answer answer = web.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void clientRegistrationIsNotFoundRatherThanRefused() {
        Answer answer =
                web.send(web.to("/register").header("Content-Type", Web.JSON).POST(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(404);
        // clients show these words to their users
        assertThat(answer.json().getString("error")).isEqualTo("access_denied");
        assertThat(answer.json().getString("error_description"))
                .isEqualTo("This server takes API keys: send the header Authorization: Bearer <key>.");
    }

    @Test
    void everyAnswerCarriesTheHardeningHeaders() {
        for (Answer answer : List.of(web.get(WHOAMI), web.get(WHOAMI, platform.key("viewer")), web.get("/healthz"))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void foreignOriginIsRefusedByNameAndTheOwnIsNot() {
        Answer foreign = web.send(web.to(WHOAMI, platform.key("viewer")).header("Origin", "https://evil.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.json().getString("detail"))
                .isEqualTo("The Origin \"https://evil.example\" is not in server.allowed_origins.");
        assertThat(web.send(web.to(WHOAMI, platform.key("viewer"))
                                .header("Origin", platform.server().origin()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void unknownNameInHostIsToldHowToFixItAndProbesAreAnsweredUnderIt() throws IOException {
        String host = "mcp.data.svc.cluster.local:8080";
        String bearer = "Authorization: Bearer " + platform.key("viewer");
        for (String path : List.of(WHOAMI, "/sse", "/platform.schema.json")) {
            for (String credential : List.of(bearer, "Accept: */*")) {
                assertThat(RawHttp.answer(platform.server(), host, "GET " + path + " HTTP/1.1", credential))
                        .as(path)
                        .startsWith("HTTP/1.1 403")
                        .contains("server.public_url is not set", "set it to the address that clients use");
            }
        }
        for (String path : List.of("/healthz", "/readyz")) {
            assertThat(RawHttp.answer(platform.server(), host, "GET " + path + " HTTP/1.1"))
                    .as(path)
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(RawHttp.answer(
                        platform.server(), host, "GET /healthz HTTP/1.1", "Origin: http://" + host, "Accept: */*"))
                .startsWith("HTTP/1.1 403");
    }

    private static void assertRefused(Answer answer, int status, String challenge) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json().getString("request_id")).isNotEmpty();
    }

    private static String withoutId(Answer answer) {
        return answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
