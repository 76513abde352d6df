package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.testing.RocaKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class OidcSectionTest {

    private static final String MINIMAL = """
            auth:
              oidc:
                enabled: true
                issuer: https://auth.example.com/realms/data
                audience: mcp-data-platform
            """;

    private static IssuerConfig only(String yaml) {
        OidcConfig oidc = Reading.config(yaml).oidc();
        assertThat(oidc.enabled()).isTrue();
        assertThat(oidc.issuers()).hasSize(1);
        return oidc.issuers().get(0);
    }

    @Test
    void withoutTheSectionSingleSignOnIsOff() {
        assertThat(Reading.config("auth: {}").oidc()).isEqualTo(OidcConfig.OFF);
        assertThat(Reading.config("auth:\n  oidc:\n    enabled: false\n    issuer: https://auth.example.com\n")
                        .oidc())
                .isEqualTo(OidcConfig.OFF);
    }

    @Test
    void issuerAndAudienceAreEnough() {
        IssuerConfig issuer = only(MINIMAL);
        assertThat(issuer.issuer()).isEqualTo("https://auth.example.com/realms/data");
        assertThat(issuer.keys())
                .isEqualTo(new KeyLocation.Discovery(
                        URI.create("https://auth.example.com/realms/data/.well-known/openid-configuration")));
        assertThat(issuer.audiences()).containsExactly("mcp-data-platform");
        assertThat(issuer.clientIds()).isEmpty();
        assertThat(issuer.authorizedPartyClaim()).isEqualTo(PartyClaim.AZP);
        assertThat(issuer.roleMemberNames()).isFalse();
        assertThat(issuer.roleClaims()).containsExactly("groups");
        assertThat(issuer.rolePrefix()).isEmpty();
        assertThat(issuer.algorithms()).containsExactlyInAnyOrderElementsOf(IssuerSection.ALGORITHMS);
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(issuer.maxAge()).isEmpty();
        assertThat(issuer.keyRefresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(issuer.outageTolerance()).isEqualTo(Duration.ofHours(24));
        assertThat(issuer.allowIdTokens()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        IssuerConfig issuer = only(MINIMAL + """
                    client_id: [desk, service]
                    authorized_party_claim: client_id
                    role_member_names: true
                    jwks_uri: https://auth.example.com/keys
                    role_claim_path: [realm_access.roles, "https://example.com/roles"]
                    role_prefix: dp_
                    algorithms: [RS256, ES256]
                    required_scopes: [mcp]
                    clock_skew: 0s
                    max_token_age: 1h
                    key_refresh: 10m
                    outage_tolerance: 4h
                    allow_id_tokens: true
                """.indent(0));
        assertThat(issuer)
                .isEqualTo(new IssuerConfig(
                        "https://auth.example.com/realms/data",
                        new KeyLocation.KeySet(URI.create("https://auth.example.com/keys")),
                        java.util.Set.of("mcp-data-platform"),
                        java.util.Set.of("desk", "service"),
                        PartyClaim.CLIENT_ID,
                        List.of("realm_access.roles", "https://example.com/roles"),
                        true,
                        "dp_",
                        java.util.Set.of("RS256", "ES256"),
                        java.util.Set.of("mcp"),
                        Duration.ZERO,
                        Optional.of(Duration.ofHours(1)),
                        Duration.ofMinutes(10),
                        Duration.ofHours(4),
                        true));
    }

    @Test
    void severalIssuersStandSideBySide(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(
                directory.resolve("keys.json"), TokenMint.keys().toString());
        OidcConfig oidc = Reading.config("""
                auth:
                  oidc:
                    enabled: true
                    issuers:
                      - {issuer: "https://one.example/", audience: [a, b]}
                      - {issuer: "urn:two", audience: a, jwks_uri: "%s"}
                """.formatted(keys.toUri())).oidc();
        assertThat(oidc.issuers()).extracting(IssuerConfig::issuer).containsExactly("https://one.example/", "urn:two");
        assertThat(oidc.issuers().get(0).keys())
                .isEqualTo(
                        new KeyLocation.Discovery(URI.create("https://one.example/.well-known/openid-configuration")));
        assertThat(oidc.issuers().get(0).audiences()).containsExactlyInAnyOrder("a", "b");
        assertThat(oidc.issuers().get(1).keys()).isEqualTo(new KeyLocation.LocalFile(keys));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer: https://a.example                                                 | found no audience
            audience: a                                                               | found no issuer
            audience: a, issuer: "  "                                                 | auth.oidc.issuer
            audience: a, issuer: ftp://a.example                                      | no usable URL
            audience: a, issuer: not a url                                            | auth.oidc.issuer
            audience: a, issuer: http://a.example                                     | an address without TLS
            audience: a, issuer: https://a.example, algorithms: [HS256]               | auth.oidc.algorithms[0]
            audience: a, issuer: https://a.example, algorithms: [none]                | auth.oidc.algorithms[0]
            audience: a, issuer: https://a.example, clock_skew: 1h                    | at most ten minutes
            audience: a, issuer: https://a.example, clock_skew: soon                  | auth.oidc.clock_skew
            audience: a, issuer: https://a.example, role_claim_path: .x               | auth.oidc.role_claim_path
            audience: a, issuer: https://a.example, required_scopes: a b              | auth.oidc.required_scopes
            audience: a, issuer: https://a.example, jwks_uri: http://k.example/       | an address without TLS
            audience: a, issuer: https://a.example, jwks_uri: k, public_key: x        | both jwks_uri and public_key
            audience: "", issuer: https://a.example                                   | auth.oidc.audience
            audience: a, issuer: https://a.example, secret: x                         | auth.oidc.secret
            audience: a, issuer: "https://u:p@a.example"                              | a user or password
            audience: a, issuer: "https://a.example:99999"                            | no usable URL
            audience: a, issuer: "https://a.example?tenant=1"                         | an issuer with a query
            audience: a, issuer: "https://a.example#x"                                | no usable URL
            audience: a, issuer: https://a.example, jwks_uri: "https://u:p@k.example" | a user or password
            audience: a, issuer: https://a.example, jwks_uri: "file://host/keys"      | an unusable file URL
            audience: a, issuer: https://a.example, jwks_uri: "file:///no/such/file"  | no regular file at this address
            audience: a, issuer: https://a.example, jwks_uri: "file:///dev/zero"      | no regular file at this address
            audience: a, issuer: https://a.example, public_key: nonsense              | neither a JWK set nor a JWK nor PEM
            audience: a, issuer: https://a.example, public_key: ""                    | auth.oidc.public_key
            audience: a, issuer: https://a.example, public_key:                       | auth.oidc.public_key
            audience: a, issuer: https://a.example, algorithms: []                    | an empty list
            audience: a, issuer: https://a.example, algorithms:                       | an empty list
            audience: a, issuer: https://a.example, role_claim_path: []               | an empty list
            audience: a, issuer: https://a.example, required_scopes: []               | an empty list
            audience: a, issuer: https://a.example, client_id: ""                     | auth.oidc.client_id
            audience: a, issuer: https://a.example, client_id: []                     | an empty list
            audience: a, issuer: https://a.example, authorized_party_claim: sub       | azp or client_id
            audience: a, issuer: https://a.example, authorized_party_claim: client_id | no key client_id
            audience: a, issuer: https://a.example, role_member_names: maybe          | auth.oidc.role_member_names
            audience: "${PADDED}", issuer: https://a.example                          | audience: found a value with whitespace
            audience: a, issuer: https://a.example, client_id: ["${PADDED}"]          | client_id[0]: found a value with whitespace
            audience: a, issuer: https://a.example, role_claim_path: "${PADDED}"      | a value with whitespace around it
            audience: a, issuer: https://a.example, role_prefix: "${PADDED}"          | a prefix with whitespace around it
            audience: a, issuer: https://a.example, role_prefix: " dp_"               | a prefix with whitespace around it
            audience: [], issuer: https://a.example                                   | no audience
            audience: , issuer: https://a.example                                     | no audience
            audience: a, issuer:                                                      | auth.oidc.issuer
            audience: a, issuer: https://a.example, outage_tolerance: 0s              | auth.oidc.outage_tolerance
            audience: a, issuer: https://a.example, max_token_age: 0s                 | auth.oidc.max_token_age
            audience: a, issuer: https://a.example, key_refresh: 4s                   | from 5s to 24h
            audience: a, issuer: https://a.example, key_refresh: 25h                  | from 5s to 24h
            audience: a, issuer: https://a.example, outage_tolerance: 5m              | no longer than key_refresh
            audience: a, issuer: https://a.example, key_refresh: 24h                  | no longer than key_refresh
            audience: a, issuer: https://a.example, allow_id_tokens: sometimes        | auth.oidc.allow_id_tokens
            issuers: []                                                               | no usable issuer
            issuers: [{issuer: "https://a.example", audience: a}], audience: a        | auth.oidc.audience
            issuers: [{issuer: "https://a.example"}]                                  | auth.oidc.issuers[0]
            """)
    void mistakeIsNamed(String oidc, String expected) {
        assertThat(Reading.errors("auth:\n  oidc: {enabled: true, " + oidc + "}\n"))
                .anySatisfy(error ->
                        assertThat(error).startsWith("platform.yaml:2: ").contains(expected));
    }

    static Stream<Arguments> brokenKeys() {
        String rsa = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        return Stream.of(
                Arguments.of("no key at all", "nonsense", "neither a JWK set nor a JWK nor PEM"),
                Arguments.of("an empty set", "{\"keys\": []}", "no usable public key"),
                Arguments.of("no set", "{\"keys\": 1}", "JSON that is neither"),
                Arguments.of("half a set", "{\"keys\": [", "JSON that is neither"),
                Arguments.of("a symmetric key", "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}", "no usable public key"),
                Arguments.of(
                        "broken PEM",
                        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                        "PEM without an RSA or EC public key"),
                Arguments.of(
                        "a private key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                        "found a private key"),
                Arguments.of(
                        "a private JWK",
                        TokenMint.rsaKey(TokenMint.RSA)
                                .privateKey((RSAPrivateKey) TokenMint.RSA.getPrivate())
                                .build()
                                .toJSONString(),
                        "found a private key"),
                Arguments.of(
                        "a key whose private key can be computed",
                        TokenMint.rsaKey(RocaKey.pair(2048, 701, new Random(5)))
                                .build()
                                .toJSONString(),
                        "CVE-2017-15361"),
                Arguments.of(
                        "a small key",
                        TokenMint.rsaKey(TokenMint.SMALL_RSA).build().toJSONString(),
                        "no key that fits one of the algorithms"),
                Arguments.of(
                        "a key to encrypt with",
                        rsa.replace("{", "{\"use\":\"enc\","),
                        "no key that fits one of the algorithms"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenKeys")
    void brokenKeyIsAMistakeOfTheConfigurationAndIsNotQuoted(
            String name, String key, String found, @TempDir Path directory) throws IOException {
        String before = MINIMAL + "    ";
        String inline = before + "public_key: '" + key + "'\n";
        String local = before + "jwks_uri: "
                + Files.writeString(directory.resolve("keys"), key).toUri() + "\n";
        Map<String, String> variable = Map.of("mp.jwt.verify.publickey", key);
        assertKeyRefused(Reading.of(inline), "platform.yaml:6: auth.oidc.public_key: ", found, key);
        assertKeyRefused(Reading.of(local), "platform.yaml:6: auth.oidc.jwks_uri: ", found, key);
        assertKeyRefused(
                Reading.of(MINIMAL, variable), "platform.yaml:3: auth.oidc: ", "in mp.jwt.verify.publickey", key);
    }

    private static void assertKeyRefused(ConfigReading reading, String place, String found, String key) {
        assertThat(reading.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .startsWith(place)
                        .contains(found, "expected", "a public key or certificate in PEM")
                        .doesNotContain(key));
    }

    @Test
    void badKeyBesideAGoodOneIsAWarning() {
        String weak = TokenMint.rsaKey(RocaKey.pair(2048, 701, new Random(5)))
                .keyID("weak")
                .build()
                .toJSONString();
        String good = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        String yaml = MINIMAL + "    public_key: '{\"keys\":[" + weak + "," + good + "]}'\n";
        assertThat(Reading.errors(yaml)).isEmpty();
        assertThat(Reading.warnings(yaml))
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("platform.yaml:6: auth.oidc.public_key: ")
                        .contains("CVE-2017-15361", "weak"));
    }

    @Test
    void idTokensAreAcceptedOnlyWithAWarning() {
        assertThat(Reading.warnings(MINIMAL + "    allow_id_tokens: true\n"))
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("platform.yaml:6: auth.oidc.allow_id_tokens: found ID tokens"));
        assertThat(Reading.warnings(MINIMAL + "    allow_id_tokens: false\n"))
                .noneSatisfy(warning -> assertThat(warning).contains("ID tokens"));
    }

    @Test
    void keyOfAnotherKindThanTheAlgorithmsIsAMistake() {
        String key =
                "    public_key: '" + TokenMint.rsaKey(TokenMint.RSA).build().toJSONString() + "'\n";
        assertThat(Reading.errors(MINIMAL + key + "    algorithms: [PS256]\n")).isEmpty();
        assertThat(Reading.errors(MINIMAL + key + "    algorithms: [ES256]\n"))
                .singleElement()
                .satisfies(error -> assertThat(error).contains("no key that fits", "for ES256;"));
    }

    @Test
    void fileOfKeysMayBeNoLargerThanAnyKeySet(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), " ".repeat(600_000));
        assertThat(Reading.errors(MINIMAL + "    jwks_uri: " + file.toUri() + "\n"))
                .singleElement()
                .satisfies(error -> assertThat(error).contains("more than 524288 bytes"));
    }

    @Test
    void allMistakesOfAnIssuerAreToldAtOnce() {
        assertThat(Reading.errors("""
                        auth:
                          oidc:
                            enabled: true
                            issuer: "not one"
                            algorithms: [HS256]
                            public_key: nonsense
                            client_id: ""
                            role_claim_path: []
                            required_scopes: [a b]
                            clock_skew: soon
                            max_token_age: late
                            key_refresh: often
                            outage_tolerance: long
                        """))
                .extracting(error -> error.replaceAll("^platform.yaml:(\\d+): ([^:]*):.*", "$1 $2"))
                .containsExactlyInAnyOrder(
                        "3 auth.oidc",
                        "4 auth.oidc.issuer",
                        "5 auth.oidc.algorithms[0]",
                        "6 auth.oidc.public_key",
                        "7 auth.oidc.client_id",
                        "8 auth.oidc.role_claim_path",
                        "9 auth.oidc.required_scopes[0]",
                        "10 auth.oidc.clock_skew",
                        "11 auth.oidc.max_token_age",
                        "12 auth.oidc.key_refresh",
                        "13 auth.oidc.outage_tolerance");
    }

    @Test
    void sameIssuerTwiceIsAnError() {
        assertThat(Reading.errors("""
                        auth:
                          oidc:
                            enabled: true
                            issuers:
                              - {issuer: "https://one.example", audience: a}
                              - {issuer: "https://one.example", audience: b}
                        """))
                .singleElement()
                .satisfies(error -> assertThat(error).contains("issuers[1].issuer", "a second time"));
    }

    @Test
    void sectionThatDoesNotSayWhetherItIsOnIsAnError() {
        assertThat(Reading.errors("auth:\n  oidc: {issuer: https://a.example, audience: a}\n"))
                .singleElement()
                .satisfies(error -> assertThat(error).contains("enabled: true"));
    }

    @Test
    void plainHttpIsForLoopbackOrForWhoAsksForIt() {
        assertThat(Reading.errors("auth:\n  oidc: {enabled: true, issuer: http://127.0.0.1:8180/x, audience: a}\n"))
                .isEmpty();
        assertThat(Reading.errors("auth:\n  oidc: {enabled: true, issuer: http://localhost:8180, audience: a}\n"))
                .isEmpty();
        String inside = "auth:\n  oidc: {enabled: true, issuer: http://keycloak:8080, audience: a, allow_http: true}\n";
        assertThat(Reading.errors(inside)).isEmpty();
        assertThat(Reading.warnings(inside))
                .anySatisfy(warning -> assertThat(warning).contains("without TLS"));
    }

    @Test
    void missingPublicUrlIsAWarning() {
        assertThat(Reading.warnings(MINIMAL))
                .anySatisfy(warning -> assertThat(warning).contains("public_url"));
        assertThat(Reading.warnings("server:\n  public_url: https://mcp.example.com\n" + MINIMAL))
                .isEmpty();
    }

    @Test
    void propertiesOfMicroProfileJwtSpeakWhereTheFileIsSilent() {
        Map<String, String> properties = Map.of(
                "mp.jwt.verify.issuer", "https://mp.example",
                "mp.jwt.verify.audiences", "one, two",
                "mp.jwt.verify.publickey.location", "https://mp.example/keys",
                "mp.jwt.verify.publickey.algorithm", "ES256",
                "mp.jwt.verify.clock.skew", "7",
                "mp.jwt.verify.token.age", "600",
                "mp.jwt.token.header", "Cookie",
                "mp.jwt.token.cookie", "jwt");
        OidcConfig oidc = Reading.of("auth:\n  oidc:\n    enabled: true\n", properties)
                .config()
                .orElseThrow()
                .oidc();
        IssuerConfig issuer = oidc.issuers().get(0);
        assertThat(issuer.issuer()).isEqualTo("https://mp.example");
        assertThat(issuer.audiences()).containsExactlyInAnyOrder("one", "two");
        assertThat(issuer.keys()).isEqualTo(new KeyLocation.KeySet(URI.create("https://mp.example/keys")));
        assertThat(issuer.algorithms()).containsExactly("ES256");
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(7));
        assertThat(issuer.maxAge()).contains(Duration.ofMinutes(10));
        assertThat(oidc.cookie()).contains("jwt");
        IssuerConfig spoken = Reading.of(MINIMAL + "    clock_skew: 3s\n", properties)
                .config()
                .orElseThrow()
                .oidc()
                .issuers()
                .get(0);
        assertThat(spoken.issuer()).isEqualTo("https://auth.example.com/realms/data");
        assertThat(spoken.audiences()).containsExactly("mcp-data-platform");
        assertThat(spoken.clockSkew()).isEqualTo(Duration.ofSeconds(3));
    }

    static Stream<Arguments> brokenProperties() {
        return Stream.of(
                Arguments.of("mp.jwt.verify.issuer", "not a url"),
                Arguments.of("mp.jwt.verify.issuer", "ftp://a.example"),
                Arguments.of("mp.jwt.verify.publickey.location", "/META-INF/key.pem"),
                Arguments.of("mp.jwt.verify.publickey.location", "http://keys.example"),
                Arguments.of("mp.jwt.verify.publickey.location", "file:///no/such/file"),
                Arguments.of("mp.jwt.verify.publickey.algorithm", "HS256"),
                Arguments.of("mp.jwt.verify.publickey.algorithm", "RSA"),
                Arguments.of("mp.jwt.verify.clock.skew", "30s"),
                Arguments.of("mp.jwt.verify.token.age", "0"),
                Arguments.of("mp.jwt.verify.token.age", "-1"),
                Arguments.of("mp.jwt.token.header", "X-Token"),
                Arguments.of("mp.jwt.token.cookie", "a;b"));
    }

    @ParameterizedTest
    @MethodSource("brokenProperties")
    void brokenPropertyIsNamed(String property, String value) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mp.jwt.verify.issuer", "https://mp.example",
                "mp.jwt.verify.audiences", "a",
                "mp.jwt.token.header", "Cookie"));
        properties.put(property, value);
        assertThat(Reading.of("auth:\n  oidc:\n    enabled: true\n", properties).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .startsWith("platform.yaml:3: auth.oidc: found ")
                        .contains(" in " + property + "; expected ")
                        .doesNotContain(value + ";"));
    }

    @Test
    void keyInAPropertyIsReadInEveryFormThatMicroProfileNames() {
        String jwk = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        String set = TokenMint.keys().toString(false);
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(TokenMint.RSA.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
        for (String key : List.of(
                pem, jwk, set, TokenMint.encode(TokenMint.bytes(jwk)), TokenMint.encode(TokenMint.bytes(set)))) {
            assertThat(Reading.of(MINIMAL, Map.of("mp.jwt.verify.publickey", key))
                            .config()
                            .orElseThrow()
                            .oidc()
                            .issuers()
                            .get(0)
                            .keys())
                    .isEqualTo(new KeyLocation.Inline(key));
        }
    }

    @Test
    void whatTheFileSaysOfKeysSilencesThePropertiesAboutThem() {
        Map<String, String> properties = Map.of(
                "mp.jwt.verify.publickey", "nonsense", "mp.jwt.verify.publickey.location", "https://mp.example/keys");
        String file = MINIMAL + "    jwks_uri: https://auth.example.com/keys\n";
        assertThat(Reading.of(file, properties).config().orElseThrow().oidc().issuers())
                .extracting(IssuerConfig::keys)
                .containsExactly(new KeyLocation.KeySet(URI.create("https://auth.example.com/keys")));
    }

    @Test
    void propertiesAreAboutNoneOfSeveralIssuers() {
        String file = """
                auth:
                  oidc:
                    enabled: true
                    issuers:
                      - {issuer: "https://one.example", audience: a}
                      - {audience: a}
                """;
        Map<String, String> properties =
                Map.of("mp.jwt.verify.issuer", "https://mp.example", "mp.jwt.verify.clock.skew", "7");
        assertThat(Reading.of(file, properties).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("auth.oidc.issuers[1]: found no issuer"));
    }

    @Test
    void propertiesAloneSwitchNothingOn() {
        assertThat(Reading.of("auth: {}", Map.of("mp.jwt.verify.issuer", "https://mp.example"))
                        .config()
                        .orElseThrow()
                        .oidc())
                .isEqualTo(OidcConfig.OFF);
    }

    @Test
    void keyInTheShapeOfATokenIsAnErrorWhileTokensAreJudged() {
        String keys = """
                  api_keys:
                    enabled: true
                    keys:
                      - {key: "${JWT}", name: svc, roles: [admin]}
                """;
        Map<String, String> variables = Map.of("JWT", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl");
        assertThat(Reading.of("auth:\n" + keys, variables).errors()).isEmpty();
        assertThat(Reading.of(MINIMAL + keys, variables).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .contains("in the shape of a token")
                        .doesNotContain("eyJ"));
    }
}
