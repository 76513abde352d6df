package io.mcpdata.authentication.jwt;

import static io.mcpdata.authentication.jwt.TokenMint.header;
import static io.mcpdata.authentication.jwt.TokenMint.keyFor;
import static io.mcpdata.authentication.jwt.TokenMint.sign;
import static io.mcpdata.authentication.jwt.TokenMint.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.authentication.jwt.TokenMutations.Mutation;
import io.mcpdata.config.PartyClaim;
import io.mcpdata.jose.SigningKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
    private static final String ISSUER = "https://auth.example.com/realms/data";
    private static final TokenMint MINT = new TokenMint(ISSUER, NOW);
    private static final Set<String> ALGORITHMS =
            SigningKeys.ALGORITHMS.stream().map(a -> a.getName()).collect(Collectors.toSet());

    private static final List<Mutation> MUTATIONS = TokenMutations.of(MINT);

    private final InMemoryKeys keys = new InMemoryKeys(TokenMint.keys());

    private static TokenRules rules(Set<String> clientIds, Optional<Duration> maxAge) {
        return rules(clientIds, maxAge, false);
    }

    private static TokenRules rules(Set<String> clientIds, Optional<Duration> maxAge, boolean allowIdTokens) {
        return new TokenRules(
                ISSUER,
                Set.of(TokenMint.AUDIENCE),
                clientIds,
                PartyClaim.AZP,
                ALGORITHMS,
                Duration.ofSeconds(30),
                maxAge,
                Set.of("openid", "mcp"),
                allowIdTokens);
    }

    private Verification verify(String token) {
        return verify(token, rules(Set.of(), Optional.empty()));
    }

    private Verification verify(String token, TokenRules rules) {
        return new TokenVerifier(rules, keys, Clock.fixed(NOW, ZoneOffset.UTC)).verify(token);
    }

    private static void assertRefused(Verification result, Refusal expected) {
        assertThat(result).isEqualTo(new Verification.Refused(expected));
    }

    static List<Mutation> mutations() {
        return MUTATIONS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void mutatedTokenIsRefusedForWhatIsWrongWithIt(Mutation mutation) {
        assertRefused(verify(mutation.token()), mutation.expected());
    }

    @Test
    void tableHasEnoughRowsAndNoneTwice() {
        assertThat(mutations()).hasSizeGreaterThanOrEqualTo(150);
        assertThat(mutations().stream().map(Mutation::name)).doesNotHaveDuplicates();
        assertThat(mutations().stream().map(Mutation::token)).doesNotHaveDuplicates();
    }

    static Stream<String> algorithms() {
        return ALGORITHMS.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void tokenOfEveryAlgorithmIsAccepted(String algorithm) {
        String token = sign(header(algorithm).toString(), MINT.claims().toString(), algorithm, keyFor(algorithm));
        assertThat(verify(token))
                .isInstanceOfSatisfying(
                        Verification.Accepted.class,
                        accepted ->
                                assertThat(accepted.claims().getString("sub")).isEqualTo("3f0c9a52-subject"));
        assertThat(keys.questions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"JWT\"", "\"jwt\"", "\"at+jwt\"", "\"AT+JWT\"", "\"application/at+jwt\""})
    void typeOfAnAccessTokenIsAccepted(String type) {
        String header = header("RS256").with("typ", type).toString();
        assertThat(verify(sign(header, MINT.claims().toString(), "RS256", keyFor("RS256"))))
                .isInstanceOf(Verification.Accepted.class);
    }

    static Stream<Members> goodClaims() {
        long now = NOW.getEpochSecond();
        Members good = MINT.claims();
        return Stream.of(
                good.with("aud", "[\"account\",\"" + TokenMint.AUDIENCE + "\"]"),
                good.with("exp", (now + 60) + ".75"),
                good.with("exp", "2.0E9"),
                good.with("exp", String.valueOf(now - 29)),
                good.with("nbf", String.valueOf(now + 30)),
                good.with("iat", String.valueOf(now + 30)),
                good.without("iat"),
                good.with("typ", text("Bearer")),
                good.with("scope", "[\"mcp\",\"openid\"]"),
                good.without("scope").with("scp", text("mcp openid")),
                good.without("scope").with("scp", "[\"openid\",\"mcp\"]"),
                good.with("sub", text("\\u00c5sa \\ud83d\\ude00")));
    }

    @ParameterizedTest
    @MethodSource("goodClaims")
    void tokenWithinTheRulesIsAccepted(Members claims) {
        assertThat(verify(MINT.token(claims))).isInstanceOf(Verification.Accepted.class);
    }

    @Test
    void tokenWithoutKeyIdIsTriedWithTheKeysThatFit() {
        String header = header("ES256").without("kid").toString();
        assertThat(verify(sign(header, MINT.claims().toString(), "ES256", keyFor("ES256"))))
                .isInstanceOf(Verification.Accepted.class);
    }

    @Test
    void algorithmOutsideTheIssuersListIsRefused() {
        TokenRules onlyEs256 = new TokenRules(
                ISSUER,
                Set.of(TokenMint.AUDIENCE),
                Set.of(),
                PartyClaim.AZP,
                Set.of("ES256"),
                Duration.ZERO,
                Optional.empty(),
                Set.of(),
                false);
        assertRefused(verify(MINT.token(), onlyEs256), Refusal.ALGORITHM);
    }

    @Test
    void tokenForOurClientIsAcceptedOnlyWhenTheClientIsConfigured() {
        String byParty = MINT.token(MINT.claims().with("aud", text("account")).with("azp", text("desk")));
        String byAudience = MINT.token(MINT.claims().with("aud", text("desk")));
        assertRefused(verify(byParty), Refusal.AUDIENCE);
        assertRefused(verify(byAudience), Refusal.AUDIENCE);
        TokenRules withClient = rules(Set.of("desk"), Optional.empty());
        assertThat(verify(byParty, withClient)).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(byAudience, withClient)).isInstanceOf(Verification.Accepted.class);
        assertRefused(
                verify(MINT.token(MINT.claims().with("aud", text("account")).with("azp", text("Desk"))), withClient),
                Refusal.AUDIENCE);
    }

    static Stream<Members> idTokens() {
        Members good = MINT.claims();
        return Stream.of(
                good.with("nonce", text("n-0S6_WzA2Mj")),
                good.with("nonce", "null"),
                good.with("at_hash", text("abc")),
                good.with("c_hash", text("abc")),
                good.with("s_hash", text("abc")),
                good.with("typ", text("ID")));
    }

    @ParameterizedTest
    @MethodSource("idTokens")
    void idTokenIsAcceptedOnlyWhenTheIssuersAreAllowed(Members claims) {
        TokenRules allowed = rules(Set.of(), Optional.empty(), true);
        for (String type : List.of("JWT", "at+jwt")) {
            String header = header("RS256").with("typ", text(type)).toString();
            String token = sign(header, claims.toString(), "RS256", keyFor("RS256"));
            assertRefused(verify(token), Refusal.ID_TOKEN);
            assertThat(verify(token, allowed)).isInstanceOf(Verification.Accepted.class);
        }
    }

    @Test
    void logoutAndRefreshTokensAreRefusedWhereIdTokensAreAllowed() {
        TokenRules allowed = rules(Set.of(), Optional.empty(), true);
        for (String type : List.of("Refresh", "Offline", "Logout", "Serialized-ID")) {
            assertRefused(verify(MINT.token(MINT.claims().with("typ", text(type))), allowed), Refusal.TOKEN_TYPE);
        }
        assertRefused(verify(MINT.token(MINT.claims().with("events", "{}")), allowed), Refusal.TOKEN_TYPE);
    }

    @Test
    void ruleOfARefusalFitsIntoALogLine() {
        assertThat(Refusal.values()).allSatisfy(why -> assertThat(why.rule()).hasSizeLessThanOrEqualTo(128));
    }

    @Test
    void tokenOlderThanTheGreatestAgeIsRefused() {
        TokenRules young = rules(Set.of(), Optional.of(Duration.ofMinutes(1)));
        long now = NOW.getEpochSecond();
        assertThat(verify(MINT.token(MINT.claims().with("iat", String.valueOf(now - 89))), young))
                .isInstanceOf(Verification.Accepted.class);
        assertRefused(verify(MINT.token(MINT.claims().with("iat", String.valueOf(now - 90))), young), Refusal.TOO_OLD);
        assertRefused(verify(MINT.token(MINT.claims().without("iat")), young), Refusal.CLAIM_MISSING);
    }

    @Test
    void skewEndsToTheSecond() {
        String beyond = String.valueOf(NOW.getEpochSecond() + 31);
        assertRefused(verify(MINT.token(MINT.claims().with("nbf", beyond))), Refusal.NOT_YET_VALID);
        assertRefused(verify(MINT.token(MINT.claims().with("iat", beyond))), Refusal.NOT_YET_VALID);
    }

    @Test
    void keyThatTheIssuerHasAddedSinceIsAskedFor() {
        keys.publish(new JWKSet(
                List.of(TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("next").build())));
        String token = sign(
                header("RS256").with("kid", text("next")).toString(),
                MINT.claims().toString(),
                "RS256",
                TokenMint.OTHER_RSA.getPrivate());
        assertThat(verify(token)).isInstanceOf(Verification.Accepted.class);
        assertThat(keys.questions()).isEqualTo(1);
    }

    @Test
    void badTokenWithAKnownKeyIdNeverReachesTheIssuer() {
        mutations().stream()
                .filter(mutation -> mutation.expected() != Refusal.UNKNOWN_KEY)
                .filter(mutation -> !mutation.name().contains("kid"))
                .forEach(mutation -> verify(mutation.token()));
        assertThat(keys.questions()).isZero();
    }

    @Test
    void withoutAnyKeysNothingIsJudgedButWhatNeedsNone() {
        keys.forget();
        assertRefused(verify(MINT.token()), Refusal.KEYS_UNAVAILABLE);
        assertThat(Refusal.KEYS_UNAVAILABLE.isUndecided()).isTrue();
        assertRefused(verify(MINT.token(MINT.claims().with("exp", "1"))), Refusal.EXPIRED);
    }

    /**
     * Without a free place for a signature check, a token that is refused for another reason was refused before that
     * check.
     */
    @Test
    void everythingCheapIsLookedAtBeforeAnySignature() {
        TokenVerifier idle = new TokenVerifier(
                rules(Set.of(), Optional.empty()),
                keys,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new VerificationGate(0, Duration.ZERO));
        Set<Refusal> dear = Set.of(Refusal.SIGNATURE, Refusal.SCOPE);
        List<Mutation> cheap = mutations().stream()
                .filter(mutation -> !dear.contains(mutation.expected()))
                .toList();
        assertThat(cheap).hasSizeGreaterThan(200);
        for (Mutation mutation : cheap) {
            assertThat(idle.verify(mutation.token()))
                    .as(mutation.name())
                    .isEqualTo(new Verification.Refused(mutation.expected()));
        }
        assertRefused(idle.verify(MINT.token()), Refusal.BUSY);
    }

    @Test
    void rulesThatAcceptEveryClientCannotBeMade() {
        assertThatThrownBy(() -> new TokenRules(
                        ISSUER,
                        Set.of(),
                        Set.of(),
                        PartyClaim.AZP,
                        ALGORITHMS,
                        Duration.ZERO,
                        Optional.empty(),
                        Set.of(),
                        false))
                .isInstanceOf(IllegalArgumentException.class);
        for (Set<String> algorithms :
                List.of(Set.<String>of(), Set.of("HS256"), Set.of("none"), Set.of("RS256", "HS512"))) {
            assertThatThrownBy(() -> new TokenRules(
                            ISSUER,
                            Set.of("a"),
                            Set.of(),
                            PartyClaim.AZP,
                            algorithms,
                            Duration.ZERO,
                            Optional.empty(),
                            Set.of(),
                            false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
