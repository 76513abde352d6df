package io.mcpdata.authentication.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.config.Secret;
import io.mcpdata.json.Json;
import io.mcpdata.testing.MovableClock;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens in the shapes of the providers, judged by the configuration that docs/sso.md prints for each of them. */
final class ProviderTokensTest {

    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

    private static final String TIMES = "\"iat\": 1906545600, \"exp\": 1906547400";

    private static final String KEYCLOAK = """
            {"jti": "onrtac:7a", "iss": "https://auth.example.com/realms/data", "aud": ["mcp-data-platform", "account"],
             "sub": "6f0d9c2e-0d58-4f1d-9a0c-3f3a0d6f1b11", "typ": "Bearer", "azp": "mcp-data-platform-desk",
             "sid": "c1a3", "acr": "1", "allowed-origins": ["/*"],
             "realm_access": {"roles": ["dp_analyst", "offline_access", "uma_authorization", "default-roles-data"]},
             "resource_access": {"account": {"roles": ["manage-account", "view-profile"]}},
             "scope": "openid profile email", "preferred_username": "ada", TIMES}""";

    private static final String ENTRA_PERSON = """
            {"aud": "66666666-7777-8888-9999-000000000000",
             "iss": "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
             "nbf": 1906545600, "aio": "AWQAm/8TAAAA", "azp": "22222222-3333-4444-5555-666666666666", "azpacr": "0",
             "name": "Ada", "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474", "preferred_username": "ada@example.com",
             "rh": "0.ARoA", "roles": ["analyst"], "scp": "mcp",
             "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ", "tid": "11111111-2222-3333-4444-555555555555",
             "uti": "fqiBqXLPj0eQa82S-IYFAA", "ver": "2.0", TIMES}""";

    private static final String OKTA = """
            {"ver": 1, "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
             "iss": "https://example.okta.com/oauth2/default", "aud": "api://mcp-data-platform",
             "cid": "nmdP1fcyvdVO11AL7ECm", "uid": "00ujmkLgagxeRrAg20g3", "scp": ["openid", "groups"],
             "auth_time": 1906545600, "sub": "ada@example.com", "groups": ["mcp-analyst", "Staff"], TIMES}""";

    private static final String AUTH0 = """
            {"iss": "https://example.eu.auth0.com/", "sub": "auth0|5f7c8ec7c33c6c004bbafe82",
             "aud": ["https://mcp.example.com/mcp", "https://example.eu.auth0.com/userinfo"],
             "azp": "my_client_id", "scope": "openid profile", "permissions": ["analyst"], TIMES}""";

    private static final String COGNITO = """
            {"sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "cognito:groups": ["mcp-analyst", "staff"],
             "iss": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI", "version": 2,
             "client_id": "1example23456789", "origin_jti": "bbbbbbbb-0000", "event_id": "cccccccc-0000",
             "token_use": "access", "scope": "openid profile", "auth_time": 1906545600,
             "jti": "dddddddd-0000", "username": "ada", TIMES}""";

    private static final String ZITADEL = """
            {"iss": "https://example-ab12cd.zitadel.cloud", "sub": "170848145649959169",
             "aud": ["312909075211944042@Portal", "312909075211944042"], "azp": "312909075211944043", "jti": "170",
             "nbf": 1906545600,
             "urn:zitadel:iam:org:project:roles": {"analyst": {"160549024225689888": "acme.zitadel.cloud"}},
             "urn:zitadel:iam:org:project:312909075211944042:roles":
               {"analyst": {"160549024225689888": "acme.zitadel.cloud"}}, TIMES}""";

    private static IssuerConfig documented(String provider) throws IOException {
        Matcher block = Pattern.compile("## " + provider + "\n\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "sso.md")));
        assertThat(block.find()).as(provider).isTrue();
        return issuer(block.group(1));
    }

    private static IssuerConfig issuer(String yaml) {
        return new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", yaml)
                .config()
                .orElseThrow()
                .oidc()
                .issuers()
                .get(0);
    }

    private static TokenJudge.Judgement judge(IssuerConfig config, String claims) {
        MovableClock clock = new MovableClock(NOW);
        IssuerKeys keys = new IssuerKeys(
                config.issuer(),
                new ScriptedIssuer(TokenMint.keys()),
                KeyRefreshPolicy.of(Duration.ofMinutes(5), Duration.ofHours(24)),
                clock);
        keys.look();
        TokenIssuer issuer = new TokenIssuer(config, keys, clock, VerificationGate.perProcessor());
        String token = TokenMint.sign(
                TokenMint.header("RS256").toString(),
                claims.replace("TIMES", TIMES),
                "RS256",
                TokenMint.RSA.getPrivate());
        return new TokenJudge(List.of(issuer), clock).judge(new Secret(token));
    }

    private static TokenCaller caller(String provider, String claims) throws IOException {
        TokenJudge.Judgement judgement = judge(documented(provider), claims);
        return judgement.caller().orElseThrow(() -> new AssertionError(judgement.refusal()));
    }

    private static Optional<Refusal> refusal(String provider, String claims) throws IOException {
        return judge(documented(provider), claims).refusal();
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                Arguments.of("Keycloak", KEYCLOAK),
                Arguments.of("Microsoft Entra ID", ENTRA_PERSON),
                Arguments.of("Okta", OKTA),
                Arguments.of("Auth0", AUTH0),
                Arguments.of("Amazon Cognito", COGNITO),
                Arguments.of("Zitadel", ZITADEL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void accessTokenOfAPersonGivesTheRoleByTheDocumentedConfiguration(String provider, String claims) throws Exception {
        TokenCaller caller = caller(provider, claims);
        assertThat(caller.roles()).containsExactly("analyst");
        assertThat(caller.rolesRead()).isEqualTo("roles analyst");
        JsonObject token = Json.readObject(claims.replace("TIMES", TIMES));
        assertThat(caller.getSubject()).isEqualTo(token.getString("sub"));
    }

    /** The same tokens for another application or client of the same provider. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void tokenForAnotherApplicationIsRefused(String provider, String claims) throws Exception {
        String other = claims.replaceAll("\"aud\": (\\[[^]]*]|\"[^\"]*\")", "\"aud\": \"another-application\"")
                .replace("\"1example23456789\"", "\"another-client\"");
        assertThat(other).isNotEqualTo(claims);
        assertThat(refusal(provider, other)).contains(Refusal.AUDIENCE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void tokenWithoutAudienceAndClientIsRefused(String provider, String claims) throws Exception {
        String none = claims.replaceAll("\"(aud|client_id|azp)\": (\\[[^]]*]|\"[^\"]*\"),", "");
        assertThat(refusal(provider, none)).contains(Refusal.CLAIM_MISSING);
    }

    @Test
    void idTokenOfCognitoIsRefusedAlthoughItsAudienceIsTheClient() throws IOException {
        String id = COGNITO.replace("\"token_use\": \"access\"", "\"token_use\": \"id\"")
                .replace("\"client_id\":", "\"aud\":");
        assertThat(refusal("Amazon Cognito", id)).contains(Refusal.ID_TOKEN);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void tokenOfCognitoWithoutAudienceMustSayThatItIsAnAccessToken(String use, Refusal why) throws IOException {
        assertThat(refusal("Amazon Cognito", COGNITO.replace("\"token_use\": \"access\",", use)))
                .contains(why);
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("", Refusal.CLAIM_MISSING),
                Arguments.of("\"token_use\": \"refresh\",", Refusal.TOKEN_TYPE),
                Arguments.of("\"token_use\": [\"access\"],", Refusal.TOKEN_TYPE),
                Arguments.of("\"token_use\": \"Access\",", Refusal.TOKEN_TYPE));
    }

    /** As Cognito sends it to a client that asked for a resource, which MCP clients do. */
    @Test
    void tokenOfCognitoForAResourceIsAcceptedByItsClientAsOneWithoutAudience() throws IOException {
        String bound = COGNITO.replace("\"version\": 2,", "\"version\": 2, \"aud\": \"https://mcp.example.com/mcp\",");
        assertThat(caller("Amazon Cognito", bound).roles()).containsExactly("analyst");
        assertThat(refusal("Amazon Cognito", bound.replace("\"1example23456789\"", "\"another-client\"")))
                .contains(Refusal.AUDIENCE);
    }

    @Test
    void tokenWithAClientAndNoAudienceIsRefusedWhereTheIssuerIsNotConfiguredSo() {
        IssuerConfig usual = issuer("""
                server: {public_url: "https://mcp.example.com"}
                auth:
                  oidc:
                    enabled: true
                    issuer: https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI
                    audience: mcp-data-platform
                    client_id: 1example23456789
                """);
        assertThat(judge(usual, COGNITO).refusal()).contains(Refusal.CLAIM_MISSING);
        assertThat(Refusal.CLAIM_MISSING.rule()).contains("Amazon Cognito", "authorized_party_claim");
    }

    /** Client credentials: scopes and no groups. */
    @Test
    void serviceOfCognitoHasItsRolesInScopes() {
        IssuerConfig scopes = issuer("""
                server: {public_url: "https://mcp.example.com"}
                auth:
                  oidc:
                    enabled: true
                    issuer: https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI
                    client_id: 2example23456789
                    authorized_party_claim: client_id
                    role_claim_path: ["cognito:groups", scope]
                    role_prefix: mcp/
                """);
        String service = """
                {"sub": "2example23456789", "token_use": "access", "scope": "mcp/analyst other/thing",
                 "auth_time": 1906545600, "version": 2, "jti": "eeeeeeee-0000", "client_id": "2example23456789",
                 "iss": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI", TIMES}""";
        assertThat(judge(scopes, service).caller().orElseThrow().roles()).containsExactly("analyst");
    }

    @Test
    void serviceOfEntraIdHasItsApplicationRolesAndNoScope() throws IOException {
        String service = ENTRA_PERSON
                .replace("\"scp\": \"mcp\",", "\"idtyp\": \"app\",")
                .replaceAll("\"(name|preferred_username)\": \"[^\"]*\",", "");
        assertThat(caller("Microsoft Entra ID", service).roles()).containsExactly("analyst");
    }

    @Test
    void personInTooManyGroupsOfEntraIdIsKnownAndTheReasonIsNamed() {
        IssuerConfig groups = issuer("""
                server: {public_url: "https://mcp.example.com"}
                auth:
                  oidc:
                    enabled: true
                    issuer: https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0
                    audience: 66666666-7777-8888-9999-000000000000
                """);
        for (String overage : List.of(
                "\"_claim_names\": {\"groups\": \"src1\"}, \"_claim_sources\": {\"src1\": {\"endpoint\":"
                        + " \"https://graph.windows.net/1/users/2/getMemberObjects\"}},",
                "\"hasgroups\": true,")) {
            TokenCaller caller = judge(groups, ENTRA_PERSON.replace("\"roles\": [\"analyst\"],", overage))
                    .caller()
                    .orElseThrow();
            assertThat(caller.roles()).isEmpty();
            assertThat(caller.rolesRead()).startsWith("claim groups was left out by the provider");
        }
    }

    @ParameterizedTest
    @MethodSource("foreignIssuersOfEntraId")
    void tokenOfAnotherTenantOrOfVersionOneIsOfAnUnknownIssuer(String issuer) throws IOException {
        String other = ENTRA_PERSON.replaceAll("\"iss\": \"[^\"]*\"", "\"iss\": \"" + issuer + "\"");
        assertThat(refusal("Microsoft Entra ID", other)).contains(Refusal.UNKNOWN_ISSUER);
        assertThat(Refusal.UNKNOWN_ISSUER.rule()).contains("last slash", "version 2");
    }

    static List<String> foreignIssuersOfEntraId() {
        return List.of(
                "https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/v2.0",
                "https://login.microsoftonline.com/{tenantid}/v2.0",
                "https://sts.windows.net/11111111-2222-3333-4444-555555555555/");
    }

    @Test
    void issuerOfAuth0WithoutItsSlashIsAnotherOne() throws IOException {
        assertThat(refusal("Auth0", AUTH0.replace("auth0.com/\", \"sub\"", "auth0.com\", \"sub\"")))
                .contains(Refusal.UNKNOWN_ISSUER);
    }

    @Test
    void claimOfAnActionOfAuth0IsReadToo() throws IOException {
        String action =
                AUTH0.replace("\"permissions\": [\"analyst\"]", "\"https://mcp.example.com/roles\": [\"viewer\"]");
        assertThat(caller("Auth0", action).roles()).containsExactly("viewer");
    }

    @Test
    void otherTokensOfKeycloakAreRefused() throws IOException {
        assertThat(refusal("Keycloak", KEYCLOAK.replace("\"Bearer\"", "\"ID\"")))
                .contains(Refusal.ID_TOKEN);
        assertThat(refusal("Keycloak", KEYCLOAK.replace("\"Bearer\"", "\"Refresh\"")))
                .contains(Refusal.TOKEN_TYPE);
    }

    @Test
    void rolesOfZitadelAreReadOnlyWhereAskedFor() {
        IssuerConfig plain = issuer("""
                server: {public_url: "https://mcp.example.com"}
                auth:
                  oidc:
                    enabled: true
                    issuer: https://example-ab12cd.zitadel.cloud
                    audience: "312909075211944042"
                    role_claim_path: urn:zitadel:iam:org:project:roles
                """);
        TokenCaller caller = judge(plain, ZITADEL).caller().orElseThrow();
        assertThat(caller.roles()).isEmpty();
        assertThat(caller.rolesRead()).contains("is an object", "role_member_names: true");
    }
}
