package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PlatformConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialReaderTest {

    private static final String KEY = "k3y+with/base64==";

    private static Object read(FakeRequest request) {
        return read(request, config(true, OidcConfig.OFF));
    }

    private static Object read(FakeRequest request, PlatformConfig config) {
        CredentialReading reading = new CredentialReader().read(request.asRequest(), "192.0.2.1", config);
        if (!(reading instanceof CredentialReading.Found found)) {
            return reading;
        }
        PresentedCredential credential = found.credential();
        assertThat(credential.clientAddress()).isEqualTo("192.0.2.1");
        if (credential instanceof SessionTokenCredential token) {
            return new SessionToken(token.sessionId(), token.digest());
        }
        return new Seen(credential.getClass(), credential.digest(), credential.isFromQuery());
    }

    /** What a test compares of a credential, which has no equality of its own. */
    private record Seen(Class<?> type, KeyDigest digest, boolean fromQuery) {}

    private record SessionToken(String sessionId, KeyDigest token) {}

    private static Seen key(String value, boolean fromQuery) {
        return new Seen(ApiKeyCredential.class, KeyDigest.of(value), fromQuery);
    }

    private static Seen jwt(String value) {
        return new Seen(JwtCredential.class, KeyDigest.of(value), false);
    }

    private static Seen ticket(String value) {
        return new Seen(StreamTicketCredential.class, KeyDigest.of(value), true);
    }

    private static CredentialReading refused(String category) {
        return new CredentialReading.Unusable(Challenge.CREDENTIAL_REFUSED, category);
    }

    private static CredentialReading missing(String category) {
        return new CredentialReading.Unusable(Challenge.CREDENTIAL_MISSING, category);
    }

    private static CredentialReading several() {
        return new CredentialReading.Unusable(Challenge.AMBIGUOUS, "several_credentials");
    }

    private static PlatformConfig config(boolean queryKeys, OidcConfig oidc) {
        PlatformConfig none = PlatformConfig.denyAll();
        return new PlatformConfig(
                none.server(),
                new ApiKeysConfig(true, queryKeys, List.of()),
                oidc,
                none.personas(),
                none.connections(),
                none.audit(),
                none.limits());
    }

    private static Seen header() {
        return key(KEY, false);
    }

    /** Liberty keeps white space that other servers remove. */
    @Test
    void whiteSpaceAroundAHeaderIsNoPartOfTheKey() {
        assertThat(read(new FakeRequest("POST", "/messages").header("Authorization", " Bearer " + KEY + " \t ")))
                .isEqualTo(read(new FakeRequest("POST", "/messages").header("Authorization", "Bearer " + KEY)));
        assertThat(read(new FakeRequest("POST", "/messages").header("X-API-Key", KEY + "  ")))
                .isEqualTo(read(new FakeRequest("POST", "/messages").header("X-API-Key", KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR "})
    void schemeMayBeInAnyCase(String scheme) {
        assertThat(read(new FakeRequest("POST", "/messages").header("Authorization", scheme + KEY)))
                .isEqualTo(header());
    }

    @Test
    void keyHeaderIsACredential() {
        assertThat(read(new FakeRequest("POST", "/messages").header("X-API-Key", KEY)))
                .isEqualTo(header());
    }

    @Test
    void whiteSpaceAfterTheSchemeIsOneSeparator() {
        for (String space : List.of(" ", "  ", "\t", " \t ")) {
            assertThat(read(new FakeRequest("GET", "/sse").header("Authorization", "Bearer" + space + KEY)))
                    .isEqualTo(key(KEY, false));
        }
    }

    @Test
    void nothingElseIsTrimmedFromTheKey() {
        assertThat(read(new FakeRequest("GET", "/sse").header("Authorization", "Bearer \u00a0" + KEY)))
                .isEqualTo(key("\u00a0" + KEY, false));
    }

    @Test
    void base64KeyIsTakenFromTheQueryAsItStands() {
        assertThat(read(new FakeRequest("GET", "/sse?api_key=" + KEY))).isEqualTo(key(KEY, true));
    }

    @Test
    void escapesInTheQueryAreDecoded() {
        assertThat(read(new FakeRequest("GET", "/sse?x=1&api_key=k3y%2Bwith%2fbase64%3D%3D&y")))
                .isEqualTo(key(KEY, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/messages?api_key=k", "/sse?api_key=k", "/api/v1/keys?api_key=k"})
    void queryKeyOfAPostIsUnacceptable(String target) {
        assertThat(read(new FakeRequest("POST", target))).isEqualTo(refused("key_in_query"));
    }

    @Test
    void queryKeyIsUnacceptableEvenBesideTheSameKeyInAHeader() {
        for (FakeRequest request : new FakeRequest[] {
            new FakeRequest("POST", "/messages?api_key=" + KEY), new FakeRequest("GET", "/api/v1/whoami?api_key=" + KEY)
        }) {
            assertThat(read(request.header("Authorization", "Bearer " + KEY))).isEqualTo(refused("key_in_query"));
        }
    }

    @Test
    void queryKeyOfAnotherGetIsUnacceptable() {
        assertThat(read(new FakeRequest("GET", "/api/v1/whoami?api_key=k"))).isEqualTo(refused("key_in_query"));
    }

    @Test
    void queryKeyIsUnacceptableWhenSwitchedOff() {
        assertThat(read(new FakeRequest("GET", "/sse?api_key=k"), config(false, OidcConfig.OFF)))
                .isEqualTo(refused("key_in_query"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse?api_key=", "/sse?api_key", "/sse?a&api_key=&b"})
    void emptyQueryKeyIsUnacceptable(String target) {
        assertThat(read(new FakeRequest("GET", target))).isEqualTo(refused("empty_credential"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer"})
    void emptyBearerIsUnacceptable(String header) {
        assertThat(read(new FakeRequest("GET", "/sse").header("Authorization", header)))
                .isEqualTo(refused("empty_credential"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearerx", "Bearer\u00a0key", "Digest a=b", ""})
    void foreignSchemeIsNoCredentialOfOurs(String header) {
        assertThat(read(new FakeRequest("GET", "/sse").header("Authorization", header)))
                .isEqualTo(missing("unsupported_scheme"));
    }

    @Test
    void twoDifferentCredentialsAreAmbiguous() {
        assertThat(read(new FakeRequest("GET", "/sse")
                        .header("Authorization", "Bearer one")
                        .header("X-API-Key", "two")))
                .isEqualTo(several());
        assertThat(read(new FakeRequest("GET", "/sse?api_key=two").header("Authorization", "Bearer one")))
                .isEqualTo(several());
        assertThat(read(new FakeRequest("GET", "/sse?api_key=one&api_key=two"))).isEqualTo(several());
        assertThat(read(new FakeRequest("GET", "/sse?api_key=one").header("Authorization", "Basic abc")))
                .isEqualTo(several());
    }

    @Test
    void twoAuthorizationHeadersAreAmbiguousEvenWhenEqual() {
        assertThat(read(new FakeRequest("GET", "/sse")
                        .header("Authorization", "Bearer one")
                        .header("Authorization", "Bearer one")))
                .isEqualTo(several());
    }

    @Test
    void sameCredentialTwiceIsOneCredential() {
        assertThat(read(new FakeRequest("GET", "/sse?api_key=" + KEY).header("Authorization", "Bearer " + KEY)))
                .isEqualTo(header());
    }

    @Test
    void oversizedCredentialIsRefusedUnread() {
        assertThat(read(new FakeRequest("GET", "/sse").header("X-API-Key", "x".repeat(8193))))
                .isEqualTo(refused("oversized_credential"));
    }

    @Test
    void nothingPresentedIsNothing() {
        assertThat(read(new FakeRequest("GET", "/sse"))).isEqualTo(missing(""));
    }

    @Test
    void sessionTokenIsReadOnPostsOfMessagesOnly() {
        assertThat(read(new FakeRequest("POST", "/messages?sessionId=s&token=t")))
                .isEqualTo(new SessionToken("s", KeyDigest.of("t")));
        assertThat(read(new FakeRequest("GET", "/messages?sessionId=s&token=t")))
                .isEqualTo(missing(""));
        assertThat(read(new FakeRequest("POST", "/api/v1/keys?sessionId=s&token=t")))
                .isEqualTo(missing(""));
    }

    @Test
    void ticketIsReadOnTheGetOfAnEventStreamOnly() {
        assertThat(read(new FakeRequest("GET", "/sse?ticket=t"))).isEqualTo(ticket("t"));
        assertThat(read(new FakeRequest("GET", "/api/v1/events?tool=a&ticket=t")))
                .isEqualTo(ticket("t"));
        assertThat(read(new FakeRequest("POST", "/sse?ticket=t"))).isEqualTo(missing(""));
        assertThat(read(new FakeRequest("HEAD", "/api/v1/events?ticket=t"))).isEqualTo(missing(""));
        assertThat(read(new FakeRequest("GET", "/api/v1/events/?ticket=t"))).isEqualTo(missing(""));
        assertThat(read(new FakeRequest("GET", "/api/v1/events?api_key=" + KEY)))
                .isEqualTo(refused("key_in_query"));
        assertThat(read(new FakeRequest("GET", "/api/v1/whoami?ticket=t"))).isEqualTo(missing(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse?ticket=", "/sse?ticket", "/sse?ticket=a&ticket=b"})
    void brokenTicketIsUnacceptable(String target) {
        assertThat(read(new FakeRequest("GET", target))).isEqualTo(refused("malformed_ticket"));
    }

    @Test
    void ticketBesideAnotherCredentialIsAmbiguous() {
        assertThat(read(new FakeRequest("GET", "/sse?ticket=t").header("Authorization", "Bearer one")))
                .isEqualTo(several());
        assertThat(read(new FakeRequest("GET", "/sse?ticket=t").header("Authorization", "Basic abc")))
                .isEqualTo(several());
        assertThat(read(new FakeRequest("GET", "/sse?ticket=t&api_key=" + KEY))).isEqualTo(several());
    }

    @Test
    void doubledSessionTokenIsUnacceptable() {
        assertThat(read(new FakeRequest("POST", "/messages?sessionId=s&token=t&token=u")))
                .isEqualTo(refused("malformed_session_token"));
    }

    @Test
    void whatWasPresentedIsNeverShown() {
        assertThat(header().toString()).doesNotContain(KEY);
    }

    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    private static final OidcConfig TOKENS = new OidcConfig(true, List.of(), Optional.empty());
    private static final OidcConfig COOKIE = new OidcConfig(true, List.of(), Optional.of("jwt"));

    @Test
    void bearerThatLooksLikeATokenIsOneWhileTokensAreJudged() {
        FakeRequest request = new FakeRequest("GET", "/sse").header("Authorization", "Bearer " + JWT);
        assertThat(read(request, config(true, TOKENS))).isEqualTo(jwt(JWT));
        assertThat(read(request, config(true, OidcConfig.OFF))).isEqualTo(key(JWT, false));
        assertThat(read(new FakeRequest("GET", "/sse").header("Authorization", "Bearer " + KEY), config(true, TOKENS)))
                .isEqualTo(header());
    }

    @Test
    void tokenIsNeverTakenFromTheQueryAndIsNoKeyHeader() {
        assertThat(read(new FakeRequest("GET", "/sse?api_key=" + JWT), config(true, TOKENS)))
                .isEqualTo(refused("token_in_query"));
        assertThat(read(new FakeRequest("GET", "/sse").header("X-API-Key", JWT), config(true, TOKENS)))
                .isEqualTo(key(JWT, false));
    }

    @Test
    void tokenAndKeyInOneRequestAreAmbiguous() {
        assertThat(read(
                        new FakeRequest("GET", "/sse")
                                .header("Authorization", "Bearer " + JWT)
                                .header("X-API-Key", KEY),
                        config(true, TOKENS)))
                .isEqualTo(several());
    }

    @Test
    void tokenMayStandInTheCookieThatIsNamedForIt() {
        FakeRequest request =
                new FakeRequest("GET", "/sse").cookie("other", JWT + "x").cookie("jwt", JWT);
        assertThat(read(request, config(true, COOKIE))).isEqualTo(jwt(JWT));
        assertThat(read(request.header("Authorization", "Bearer " + KEY), config(true, COOKIE)))
                .isEqualTo(several());
    }

    @Test
    void cookieWithoutATokenOrWhileNoneIsNamedIsNothing() {
        assertThat(read(new FakeRequest("GET", "/sse").cookie("jwt", KEY), config(true, COOKIE)))
                .isEqualTo(missing(""));
        assertThat(read(new FakeRequest("GET", "/sse"), config(true, COOKIE))).isEqualTo(missing(""));
        assertThat(read(new FakeRequest("GET", "/sse").cookie("jwt", JWT), config(true, TOKENS)))
                .isEqualTo(missing(""));
    }
}
