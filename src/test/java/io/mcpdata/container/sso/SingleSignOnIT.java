package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.Members;
import io.mcpdata.authentication.jwt.Refusal;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.authentication.jwt.TokenMutations;
import io.mcpdata.authentication.jwt.TokenMutations.Mutation;
import io.mcpdata.container.conformance.McpExchange;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of the tests' own issuer, valid and hostile ones, on a real server. */
@ArquillianTest
final class SingleSignOnIT {

    private static final int BODIES_OF_ONE = 8;
    private static final String KEYS = "/api/v1/keys";
    private static final String WHOAMI = "/api/v1/whoami";
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    private final Platform platform = SsoPlatform.get();
    private final Web web = new Web(platform);
    private final TokenMint mint = new TokenMint(SsoPlatform.ISSUER.url(), Instant.now());

    @BeforeAll
    static void keysAreKnown() {
        Web web = new Web(SsoPlatform.get());
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer's keys are known",
                () -> web.get(WHOAMI, new TokenMint(SsoPlatform.ISSUER.url(), Instant.now()).token())
                                .status()
                        == 200);
    }

    private String endingIn(Duration time, String groups) {
        return mint.token(mint.claims()
                .with("exp", String.valueOf(Instant.now().plus(time).getEpochSecond()))
                .with("groups", groups));
    }

    private String challenge(String error, String path) {
        return "Bearer realm=\"container tests\"" + error + ", scope=\"mcp openid\", resource_metadata=\""
                + platform.server().baseUrl() + METADATA + path + "\"";
    }

    @Test
    void tokenIsTheCaller() {
        Answer answer = web.get(WHOAMI, mint.token(mint.claims().with("preferred_username", "\"ada\"")));
        assertThat(answer.status()).isEqualTo(200);
        JsonObject me = answer.json();
        assertThat(me.getString("name")).isEqualTo("ada");
        assertThat(me.getString("authentication")).isEqualTo("oidc");
        assertThat(me.getString("credential_id")).isEqualTo(mint.issuer());
        assertThat(me.getString("persona")).isEqualTo("analyst");
        assertThat(me.getString("expires_at"))
                .isEqualTo(Instant.ofEpochSecond(mint.now().getEpochSecond() + 1800)
                        .toString());
    }

    /** Zero for a series that is not there yet. */
    private double metric(String series) {
        return web.get("/metrics", platform.key("admin"))
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void metricsCountTokensByMethod() {
        String accepted = "mcp_authentications_total{method=\"oidc\",persona=\"analyst\"}";
        String refused = "mcp_authentication_failures_total{category=\"expired_token\",method=\"oidc\"}";
        double before = metric(accepted);
        double beforeRefused = metric(refused);
        assertThat(web.get(WHOAMI, mint.token()).status()).isEqualTo(200);
        assertThat(web.get(WHOAMI, endingIn(Duration.ofHours(-1), "[\"analyst\"]"))
                        .status())
                .isEqualTo(401);
        assertThat(metric(accepted)).isEqualTo(before + 1);
        assertThat(metric(refused)).isEqualTo(beforeRefused + 1);
    }

    @Test
    void ageOfTheKeysGrowsSinceTheIssuerGaveThem() {
        String age = "mcp_issuer_keys_age_seconds{issuer=\"" + mint.issuer() + "\"}";
        String body = web.get("/metrics", platform.key("admin")).body();
        assertThat(body).contains(age + " ");
        double first = metric(age);
        assertThat(first).isBetween(0.0, 3_600.0);
        Eventually.within(Duration.ofSeconds(10), "a second later they are older", () -> metric(age) > first);
    }

    /** The platform shows a token only if the container knows it as the caller and as a {@code JsonWebToken}. */
    @Test
    void containerKnowsTheCallerAsTheJsonWebTokenItCameWith() {
        Members claims = mint.claims()
                .with("sub", "\"subject-7\"")
                .with("preferred_username", "\"ada\"")
                .with("aud", "[\"others\",\"" + TokenMint.AUDIENCE + "\"]");
        JsonObject token = web.get(WHOAMI, mint.token(claims)).json().getJsonObject("token");
        assertThat(token.getString("issuer")).isEqualTo(mint.issuer());
        assertThat(token.getString("subject")).isEqualTo("subject-7");
        assertThat(token.getJsonArray("audience")).hasToString("[\"mcp-data-platform\",\"others\"]");
        assertThat(Instant.parse(token.getString("issued_at")).getEpochSecond())
                .isEqualTo(mint.now().getEpochSecond());
        assertThat(Instant.parse(token.getString("expires_at")).getEpochSecond())
                .isEqualTo(mint.now().getEpochSecond() + 1800);
    }

    @Test
    void operatorAsksAboutTheTokenOfAnotherCaller() {
        String good = mint.token(mint.claims().with("preferred_username", "\"ada\""));
        JsonObject access = accessOf(good);
        assertThat(access.getString("persona")).isEqualTo("analyst");
        assertThat(access.getJsonObject("subject").getString("kind")).isEqualTo("token");
        assertThat(access.getJsonObject("subject").getString("name")).isEqualTo("ada");

        String ended = endingIn(Duration.ofHours(-1), "[\"analyst\"]");
        JsonObject refused = accessOf(ended);
        assertThat(refused.getBoolean("accepted")).isFalse();
        assertThat(refused.getString("refused")).startsWith("expired_token");
        assertThat(refused).doesNotContainKeys("persona", "tools");
        assertThat(refused.toString()).doesNotContain(ended);
    }

    private JsonObject accessOf(String token) {
        Answer answer = web.post("/api/v1/access", platform.key("admin"), "{\"token\":\"" + token + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void callerWithAKeyIsNoJsonWebToken() {
        assertThat(web.get(WHOAMI, platform.key("analyst")).json().containsKey("token"))
                .isFalse();
    }

    @Test
    void everyMutatedTokenIsRefused() {
        List<String> wrong = new ArrayList<>();
        List<Mutation> sent = TokenMutations.of(mint).stream()
                .filter(mutation -> mutation.token().matches("[\\x21-\\x7e]*"))
                .toList();
        for (Mutation mutation : sent) {
            Answer answer = web.get(WHOAMI, mutation.token());
            int expected = mutation.expected() == Refusal.SCOPE ? 403 : 401;
            boolean tooLong = mutation.expected() == Refusal.OVERSIZED && answer.status() / 100 == 4;
            if (answer.status() != expected && !tooLong) {
                wrong.add(mutation + " got " + answer.status());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(sent).hasSizeGreaterThan(290);
    }

    @Test
    void everyRefusedTokenGetsTheSameWords() {
        String expired = mint.token(mint.claims().with("exp", "1000000000"));
        String forged = mint.token().replaceFirst("\\.[^.]{8}", ".AAAAAAAA");
        Answer first = web.get(WHOAMI, expired);
        Answer second = web.get(WHOAMI, forged);
        assertThat(first.header("WWW-Authenticate")).isEqualTo(challenge(", error=\"invalid_token\"", ""));
        assertThat(second.header("WWW-Authenticate")).isEqualTo(first.header("WWW-Authenticate"));
        assertThat(withoutId(second)).isEqualTo(withoutId(first));
    }

    @Test
    void idTokenGetsTheSameWordsAndTheLogSaysWhyAndHowToFixIt() {
        Answer expired = web.get(WHOAMI, mint.token(mint.claims().with("exp", "1000000000")));
        Answer idToken = web.get(WHOAMI, mint.token(mint.claims().with("nonce", "\"n-0S6_WzA2Mj\"")));
        assertThat(idToken.status()).isEqualTo(401);
        assertThat(idToken.header("WWW-Authenticate")).isEqualTo(expired.header("WWW-Authenticate"));
        assertThat(withoutId(idToken)).isEqualTo(withoutId(expired));
        String requestId = idToken.json().getString("request_id");
        assertThat(platform.server().awaitLog(requestId).lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("category=id_token", "send the access token", "allow_id_tokens: true", requestId));
    }

    @Test
    void idTokenIsAcceptedIfTheConfigurationAllowsThoseOfItsIssuer() {
        TokenMint lenient = new TokenMint(SsoPlatform.ID_TOKEN_ISSUER.url(), Instant.now());
        for (String mark : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
            assertThat(web.get(WHOAMI, lenient.token(lenient.claims().with(mark, "\"abc\"")))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(web.get(WHOAMI, lenient.token(lenient.claims().with("events", "{}")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nameThatDoesNotShowWhatItIsIsPassedOver() {
        for (String name : List.of("a\\u009b31mb", "a\\u202eb", "a\\u200bb")) {
            Answer answer = web.get(
                    WHOAMI,
                    mint.token(mint.claims()
                            .with("upn", "\"" + name + "\"")
                            .with("preferred_username", "\"" + name + "\"")
                            .with("groups", "[\"analyst\",\"" + name + "\"]")));
            assertThat(answer.json().getString("name")).isEqualTo("3f0c9a52-subject");
            assertThat(answer.json().getJsonArray("roles")).hasToString("[\"analyst\"]");
        }
    }

    private static String withoutId(Answer answer) {
        return answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    @Test
    void challengeSaysWhereTokensComeFromAndWhatToAskFor() {
        assertThat(web.get(WHOAMI).header("WWW-Authenticate")).isEqualTo(challenge("", ""));
        assertThat(web.get("/sse").header("WWW-Authenticate")).isEqualTo(challenge("", "/sse"));
        assertThat(web.send(web.to("/messages?sessionId=x").POST(BodyPublishers.noBody()))
                        .header("WWW-Authenticate"))
                .isEqualTo(challenge("", "/sse"));
    }

    @Test
    void tokenThatGrantsTooLittleIsToldWhichScopesAreWanted() {
        Answer answer = web.get(WHOAMI, mint.token(mint.claims().with("scope", "\"openid\"")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge(", error=\"insufficient_scope\"", ""));
    }

    @Test
    void callerWithoutAPersonaIsToldWhichPermissionIsMissing() {
        Answer answer = web.get("/api/v1/keys", mint.token(mint.claims().with("groups", "[\"unlisted-role\"]")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"container tests\", error=\"insufficient_scope\", scope=\"keys:manage\","
                        + " resource_metadata=\"" + platform.server().baseUrl() + METADATA + "\"");
    }

    @Test
    void roleClaimCannotPoseAsAPermission() {
        String token = mint.token(mint.claims().with("groups", "[\"platform:admin\",\"mcp:connect\",\"keys:manage\"]"));
        for (String path : List.of("/sse", KEYS, "/api/v1/config")) {
            assertThat(web.get(path, token).status()).as(path).isEqualTo(403);
        }
        assertThat(web.get(WHOAMI, token).json().getJsonArray("permissions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groups    | [\"Analyst\"]            | roles Analyst",
                "groups    | {\"analyst\": {}}        | claim groups is an object",
                "groups    | [7]                      | claim groups is a list with something else than texts",
                "other     | 1                        | claim groups is absent",
                "hasgroups | true                     | claim groups was left out by the provider",
                "_claim_names | {\"groups\": \"src1\"} | claim groups was left out by the provider",
            })
    void callerWithoutAPersonaLearnsWhyAndSoDoesTheOperator(String claim, String value, String why) {
        Members claims = claim.equals("groups") ? mint.claims() : mint.claims().without("groups");
        String token = mint.token(claims.with(claim, value));
        Answer me = web.get(WHOAMI, token);
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().get("persona")).isEqualTo(JsonValue.NULL);
        assertThat(me.json().getString("no_persona")).contains(why);
        Answer refused = web.get("/sse", token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("detail")).contains("No persona lists any of your roles", WHOAMI);
        String requestId = refused.json().getString("request_id");
        assertThat(platform.server().awaitLog(requestId).lines())
                .anySatisfy(line -> assertThat(line).contains("category=no_persona", "rule=" + why, requestId));
    }

    /** As Amazon Cognito sends them. */
    @Test
    void tokenWithoutAudienceIsAcceptedFromAConfiguredClientAsAnAccessTokenOnly() {
        TokenMint cognito = new TokenMint(SsoPlatform.PROVIDERS.url(), Instant.now());
        Members claims = cognito.claims()
                .without("aud")
                .without("groups")
                .with("cognito:groups", "[\"analyst\"]")
                .with("client_id", "\"7k3example\"")
                .with("token_use", "\"access\"");
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer's keys are known",
                () -> web.get(WHOAMI, cognito.token(claims)).status() == 200);
        JsonObject me = web.get(WHOAMI, cognito.token(claims)).json();
        assertThat(me.getString("persona")).isEqualTo("analyst");
        assertThat(me.getJsonObject("token").getJsonArray("audience")).isEmpty();
        for (Members other : List.of(
                claims.with("client_id", "\"another-client\""),
                claims.with("client_id", "[\"7k3example\"]"),
                claims.without("client_id"),
                claims.without("token_use"),
                claims.with("token_use", "\"id\"").with("aud", "\"7k3example\""),
                claims.with("iss", "\"" + mint.issuer() + "\""))) {
            assertThat(web.get(WHOAMI, cognito.token(other)).status())
                    .as(other.toString())
                    .isEqualTo(401);
        }
    }

    /** As Zitadel sends them. */
    @Test
    void namesOfMembersAreRolesWhereTheIssuerIsConfiguredSo() {
        TokenMint zitadel = new TokenMint(SsoPlatform.PROVIDERS.url(), Instant.now());
        Members claims = zitadel.claims()
                .without("groups")
                .with("urn:zitadel:iam:org:project:roles", "{\"viewer\":{\"312909\":\"acme.zitadel.cloud\"}}");
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer's keys are known",
                () -> web.get(WHOAMI, zitadel.token(claims)).status() == 200);
        assertThat(web.get(WHOAMI, zitadel.token(claims)).json().getString("persona"))
                .isEqualTo("viewer");
    }

    @Test
    void logNamesTheIssuerThatADiscoveryDocumentClaims() {
        platform.server()
                .awaitLog(
                        0,
                        "issuer \\Q" + SsoPlatform.MISTAKEN_ISSUER.url() + "\\E: its keys cannot be fetched"
                                + " .*is about the issuer \"https://login\\.microsoftonline\\.com/\\{tenantid}/v2\\.0\";"
                                + " use the tenant's own issuer");
    }

    @ParameterizedTest
    @CsvSource({"'',''", "/mcp,/mcp", "/sse,/sse"})
    void metadataNamesResourceAndIssuers(String document, String resource) {
        Answer answer = web.get(METADATA + document);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().getString("resource"))
                .isEqualTo(platform.server().baseUrl() + resource);
        assertThat(answer.json().getJsonArray("authorization_servers").getString(0))
                .isEqualTo(mint.issuer());
        assertThat(answer.json().getJsonArray("scopes_supported")).hasToString("[\"mcp\",\"openid\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "/.well-known/oauth-protected-resource/api",
        "/.well-known/oauth-protected-resourcex",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration"
    })
    void unknownWellKnownDocumentIsNotFound(String path) {
        Answer answer = web.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).contains("json");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void clientRegistrationIsNotFound() {
        assertThat(web.send(web.to("/register").header("Content-Type", Web.JSON).POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatClientsLookForAroundAChallengeIsThereOrNotFound() {
        WellKnown.assertChallengeLeadsHome(web, platform.server().baseUrl() + "/sse");
        WellKnown.assertNothingElseIsThere(web);
    }

    @Test
    void tokenIsABearerAndNothingElse() {
        String token = mint.token();
        assertThat(web.get("/sse?api_key=" + token).status()).isEqualTo(401);
        assertThat(web.send(web.to(WHOAMI).header("X-API-Key", token)).status()).isEqualTo(401);
        assertThat(web.send(web.to(WHOAMI, token).header("X-API-Key", platform.key("admin")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void keysWorkBesideTokens() {
        Answer answer = web.get(WHOAMI, platform.key("analyst"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("authentication")).isEqualTo("api_key");
    }

    @Test
    void tokenOfAnIssuerThatIsNotThereIsNotJudged() {
        Answer answer = web.get(WHOAMI, new TokenMint(SsoPlatform.ABSENT_ISSUER, Instant.now()).token());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        // just after its start the server answers 503: it is still starting
        Eventually.within(
                Duration.ofSeconds(30),
                "the server is ready",
                () -> web.get("/readyz").status() == 200);
        assertThat(web.get("/readyz").json().getString("status")).isEqualTo("degraded");
    }

    @Test
    void streamEndsWithItsToken() {
        try (EventStream stream = web.open(endingIn(Duration.ofSeconds(4), "[\"analyst\"]"))) {
            assertThat(stream.endpoint()).contains("sessionId=");
            assertThat(stream.endsWithin(Duration.ofSeconds(2))).isFalse();
            assertThat(stream.endsWithin(Duration.ofSeconds(8))).isTrue();
        }
    }

    @Test
    void sessionContinuesWhenTheSameSubjectPresentsAFreshToken() {
        String fresh = mint.token();
        String strangers = mint.token(mint.claims().with("sub", "\"another-subject\""));
        try (EventStream stream = web.open(endingIn(Duration.ofSeconds(4), "[\"analyst\"]"))) {
            String messages = stream.endpoint();
            assertThat(web.post(messages, strangers, PING).status()).isEqualTo(404);
            assertThat(web.post(messages, platform.key("analyst"), PING).status())
                    .isEqualTo(404);
            assertThat(web.post(messages, fresh, PING).status()).isEqualTo(202);
            assertThat(stream.endsWithin(Duration.ofSeconds(8))).isFalse();
            assertThat(web.post(messages, fresh, PING).status()).isEqualTo(202);
            assertThat(stream.answer(7).containsKey("result")).isTrue();
        }
    }

    @Test
    void freshTokenWithOtherRolesMakesTheSessionAnotherPersona() {
        try (EventStream stream = web.open(endingIn(Duration.ofSeconds(60), "[\"analyst\"]"))) {
            String messages = stream.endpoint();
            String nobody = mint.token(mint.claims().with("groups", "[]"));
            assertThat(web.post(messages, nobody, PING).status()).isEqualTo(403);
        }
    }

    @Test
    void floodOfUnknownKeysDoesNotFloodTheIssuer() {
        int before = SsoPlatform.ISSUER.keyQuestions();
        for (int i = 0; i < 200; i++) {
            assertThat(web.get(WHOAMI, mint.tokenNaming("unknown-" + i)).status())
                    .isEqualTo(401);
        }
        assertThat(SsoPlatform.ISSUER.keyQuestions() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void knownKeysServeWhileTheIssuerIsHostile() {
        SsoPlatform.ISSUER.on(FakeIssuer.KEYS, FakeIssuer.silent());
        try {
            for (int i = 0; i < 20; i++) {
                Members claims = mint.claims().with("jti", "\"outage-" + i + "\"");
                assertThat(web.get(WHOAMI, mint.token(claims)).status()).isEqualTo(200);
            }
        } finally {
            SsoPlatform.ISSUER.on(
                    FakeIssuer.KEYS, FakeIssuer.text(TokenMint.keys().toString(false)));
        }
    }

    @Test
    void keyEndsWithTheTokenThatMadeItAndTheListNamesItsSubject() {
        Instant end = Instant.now().plusSeconds(300).truncatedTo(ChronoUnit.SECONDS);
        String token = mint.token(mint.claims()
                .with("exp", String.valueOf(end.getEpochSecond()))
                .with("preferred_username", "\"admin-service\"")
                .with("groups", "[\"helpdesk\"]"));
        Answer made = web.post(KEYS, token, "{\"name\":\"of-a-token\",\"roles\":[\"helpdesk\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(Instant.parse(made.json().getString("expires_at"))).isBetween(end, end.plusSeconds(60));
        assertThat(made.json().getString("created_by")).isEqualTo("admin-service");
        assertThat(made.json().getString("created_by_identity"))
                .isEqualTo("oidc:" + mint.issuer() + " 3f0c9a52-subject");
        assertThat(made.json().getString("created_by_credential")).isEqualTo(mint.issuer());

        Answer later = web.post(
                KEYS,
                token,
                "{\"name\":\"later\",\"roles\":[\"helpdesk\"],\"expires_at\":\"" + end.plusSeconds(3600) + "\"}");
        assertThat(later.status()).isEqualTo(403);
    }

    @Test
    void refusalsNameIssuerAndSubjectBesideTheNameThatUsersChoose() {
        String token = mint.token(mint.claims().with("preferred_username", "\"admin-service\""));
        assertThat(web.get(KEYS, token).status()).isEqualTo(403);
        platform.server()
                .awaitLog("caller=admin-service key=" + mint.issuer() + " identity=oidc:" + mint.issuer()
                        + " 3f0c9a52-subject");
    }

    /** Places for bodies are counted per caller, not per name, because a user of the provider can choose the name. */
    @Test
    void tokenWithTheNameOfAKeyTakesNoPlacesFromThatKey() throws IOException {
        String namesake = mint.token(mint.claims().with("preferred_username", "\"viewer-service\""));
        List<RawHttp> slow = new ArrayList<>();
        try (McpConversation attacker = McpConversation.begin(web, namesake);
                McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            for (int i = 0; i < 3 * BODIES_OF_ONE; i++) {
                slow.add(RawHttp.send(
                        platform.server(),
                        "POST " + attacker.endpoint() + " HTTP/1.1",
                        "Authorization: Bearer " + namesake,
                        "Content-Type: application/json",
                        "Content-Length: 1000"));
            }
            Eventually.within(
                    Duration.ofSeconds(15),
                    "the attacker has all places that it may have",
                    () -> slow.stream().filter(one -> !one.isOver()).count() <= BODIES_OF_ONE);
            McpExchange.sent(viewer.endpoint(), PING);
            try (RawHttp body = RawHttp.sendWithBody(
                    platform.server(),
                    Integer.toHexString(PING.length()) + "\r\n" + PING + "\r\n0\r\n\r\n",
                    "POST " + viewer.endpoint() + " HTTP/1.1",
                    "Authorization: Bearer " + platform.key("viewer"),
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked")) {
                assertThat(body.status()).isEqualTo(202);
            }
        } finally {
            for (RawHttp one : slow) {
                one.close();
            }
        }
    }

    @Test
    void logNamesTheNimbusThatRuns() {
        // the WAR's own copy, also on Payara, which has another one
        assertThat(platform.server().log())
                .containsPattern(
                        "signatures by NimbusVersion JOSE\\+JWT 10\\.10 from \\S+/WEB-INF/lib/nimbus-jose-jwt-10\\.10\\.jar");
    }

    @Test
    void noTokenIsInAnyLog() {
        String good = mint.token(mint.claims().with("jti", "\"canary\""));
        String bad = mint.token(mint.claims().with("exp", "1000000000").with("jti", "\"canary\""));
        web.get(WHOAMI, good);
        web.get(WHOAMI, bad);
        web.get("/sse?api_key=" + bad);
        String logs = platform.server().log() + platform.server().accessLog();
        for (String token : List.of(good, bad)) {
            assertThat(logs.contains(token.substring(token.indexOf('.'), token.indexOf('.') + 40)))
                    .as("a token is in a log")
                    .isFalse();
        }
    }
}
