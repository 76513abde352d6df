package io.mcpdata.authentication.jwt;

import static io.mcpdata.authentication.jwt.TokenMint.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.config.KeyLocation;
import io.mcpdata.config.Secret;
import io.mcpdata.testing.MovableClock;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenJudgeTest {

    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
    private static final TokenMint ONE = new TokenMint("https://one.example", NOW);
    private static final TokenMint OTHER = new TokenMint("https://other.example", NOW);
    private static final KeyLocation NOWHERE = new KeyLocation.Inline("");

    private final MovableClock clock = new MovableClock(NOW);
    private final ScriptedIssuer atOne = new ScriptedIssuer(TokenMint.keys());
    private final ScriptedIssuer atOther = new ScriptedIssuer(new JWKSet(
            List.of(TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("rsa").build())));
    private final IssuerKeys keysOfOne = keys(ONE, atOne);
    private final TokenIssuer one = issuer(ONE, keysOfOne, List.of("groups"));
    private final TokenIssuer other = issuer(OTHER, keys(OTHER, atOther), List.of("role"));
    private final TokenJudge judge = new TokenJudge(List.of(one, other), clock);

    private IssuerKeys keys(TokenMint mint, ScriptedIssuer source) {
        IssuerKeys keys = new IssuerKeys(
                mint.issuer(), source, KeyRefreshPolicy.of(Duration.ofMinutes(5), Duration.ofHours(24)), clock);
        keys.look();
        return keys;
    }

    private TokenIssuer issuer(TokenMint mint, IssuerKeys keys, List<String> roleClaims) {
        return new TokenIssuer(
                Issuers.of(mint.issuer(), NOWHERE, roleClaims, Set.of()), keys, clock, VerificationGate.perProcessor());
    }

    private TokenCaller caller(String token) {
        TokenJudge.Judgement judgement = judge.judge(new Secret(token));
        return judgement.caller().orElseThrow(() -> new AssertionError(judgement.refusal()));
    }

    private Optional<Refusal> refusal(String token) {
        return judge.judge(new Secret(token)).refusal();
    }

    private static String byOther(Members claims) {
        return TokenMint.sign(
                TokenMint.header("RS256").toString(), claims.toString(), "RS256", TokenMint.OTHER_RSA.getPrivate());
    }

    @Test
    void callerBringsNameRolesIssuerAndEnd() {
        TokenCaller caller = caller(ONE.token(ONE.claims().with("preferred_username", text("ada"))));
        assertThat(caller.getName()).isEqualTo("ada");
        assertThat(caller.roles()).containsExactly("analyst");
        assertThat(caller.method()).isEqualTo(AuthenticationMethod.OIDC);
        assertThat(caller.credentialId()).isEqualTo("https://one.example");
        assertThat(caller.expiresAt()).contains(NOW.plusSeconds(1800));
        assertThat(caller.identity()).isEqualTo("oidc:https://one.example 3f0c9a52-subject");
        assertThat(caller.auditIdentity()).isEqualTo(caller.identity());
        assertThat(caller.auditSubject("analyst").identity()).isEqualTo(caller.identity());
    }

    @Test
    void everyIssuerIsJudgedByItsOwnKeysAndRoleClaims() {
        Members claims = OTHER.claims().with("role", text("admin"));
        assertThat(caller(byOther(claims)).roles()).containsExactly("admin");
        assertThat(refusal(OTHER.token(claims))).contains(Refusal.SIGNATURE);
        assertThat(refusal(byOther(ONE.claims()))).contains(Refusal.SIGNATURE);
        assertThat(refusal(new TokenMint("https://third.example", NOW).token())).contains(Refusal.UNKNOWN_ISSUER);
    }

    @Test
    void sameSubjectAtAnotherIssuerIsAnotherCaller() {
        assertThat(caller(byOther(OTHER.claims())).identity())
                .isNotEqualTo(caller(ONE.token()).identity());
    }

    @Test
    void tokenIsVerifiedOnceAndRememberedUntilItEnds() {
        String token = ONE.token();
        TokenCaller first = caller(token);
        assertThat(caller(token)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1799));
        assertThat(caller(token)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        TokenCaller withinTheSkew = caller(token);
        assertThat(withinTheSkew).isNotSameAs(first);
        assertThat(withinTheSkew.expiresAt()).contains(NOW.plusSeconds(1830));
        clock.advance(Duration.ofSeconds(29));
        assertThat(caller(token)).isNotSameAs(withinTheSkew);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(token)).contains(Refusal.EXPIRED);
    }

    @Test
    void rememberedTokensAreBoundedInNumber() {
        TokenJudge forgetful = new TokenJudge(List.of(one), clock, 3);
        Map<String, TokenCaller> callers = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            String token = ONE.token(ONE.claims().with("jti", text("id-" + i)));
            callers.put(token, forgetful.judge(new Secret(token)).caller().orElseThrow());
        }
        long remembered = callers.entrySet().stream()
                .filter(entry -> forgetful
                        .judge(new Secret(entry.getKey()))
                        .caller()
                        .filter(caller -> caller == entry.getValue())
                        .isPresent())
                .count();
        assertThat(remembered).isBetween(0L, 3L);
    }

    @Test
    void tokenOfAKeyThatTheIssuerWithdrewIsRefusedAndItsStreamsEnd() {
        String token = ONE.token();
        TokenCaller caller = caller(token);
        assertThat(one.stillAccepts(caller)).isTrue();
        atOne.publish(new JWKSet(
                List.of(TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("next").build())));
        clock.advance(Duration.ofMinutes(5));
        keysOfOne.look();
        assertThat(refusal(token)).contains(Refusal.UNKNOWN_KEY);
        assertThat(one.stillAccepts(caller)).isFalse();
    }

    @Test
    void callerIsNoLongerAcceptedUnderRulesThatGiveItOtherRoles() {
        TokenCaller caller = caller(ONE.token());
        assertThat(issuer(ONE, keysOfOne, List.of("groups")).stillAccepts(caller))
                .isTrue();
        assertThat(issuer(ONE, keysOfOne, List.of("role")).stillAccepts(caller)).isFalse();
        TokenIssuer moreScopes = new TokenIssuer(
                Issuers.of(ONE.issuer(), NOWHERE, List.of("groups"), Set.of("absent")),
                keysOfOne,
                clock,
                VerificationGate.perProcessor());
        assertThat(moreScopes.stillAccepts(caller)).isFalse();
    }

    @Test
    void tokenIsNotJudgedWhileTooManyAre() {
        TokenIssuer busy = new TokenIssuer(
                Issuers.of(ONE.issuer(), NOWHERE), keysOfOne, clock, new VerificationGate(0, Duration.ofMillis(1)));
        TokenJudge busyJudge = new TokenJudge(List.of(busy), clock);
        assertThat(busyJudge.judge(new Secret(ONE.token())).refusal()).contains(Refusal.BUSY);
        assertThat(busyJudge.judge(new Secret("x")).refusal()).contains(Refusal.MALFORMED);
    }

    /** For the caller's identity in a database. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region         | north",
                "tenant         | 42",
                "staff          | true",
                "regions        | north south 7",
                "address.region | south",
                "ratio          | ''",
                "address        | ''",
                "nothing        | ''",
                "absent         | ''",
            })
    void textsOfAClaimAreThoseThatADatabaseCanGet(String path, String texts) {
        TokenCaller caller = caller(ONE.token(ONE.claims()
                .with("region", text("north"))
                .with("tenant", "42")
                .with("staff", "true")
                .with("regions", "[\"north\",\"south\",7,[\"x\"],{\"y\":1}]")
                .with("address", "{\"region\":\"south\"}")
                .with("ratio", "1.5")
                .with("nothing", "null")));
        assertThat(String.join(" ", caller.claimTexts(path))).isEqualTo(texts);
    }

    @Test
    void claimsHaveTheTypesThatMicroProfilePromises() {
        String token = ONE.token(ONE.claims()
                .with("upn", text("ada@example.com"))
                .with("preferred_username", text("ada"))
                .with("jti", text("id-1"))
                .with("auth_time", "1900000000")
                .with("email_verified", "true")
                .with("address", "{\"country\":\"SE\"}")
                .with("amr", "[\"pwd\"]")
                .with("custom_text", text("x"))
                .with("custom_number", "7")
                .with("custom_list", "[1]")
                .with("zoneinfo", "null"));
        TokenCaller jwt = caller(token);
        assertThat(jwt.getName()).isEqualTo("ada@example.com");
        assertThat(jwt.getRawToken()).isEqualTo(token);
        assertThat(jwt.<String>getClaim(Claims.raw_token)).isEqualTo(token);
        assertThat(jwt.getIssuer()).isEqualTo("https://one.example");
        assertThat(jwt.getSubject()).isEqualTo("3f0c9a52-subject");
        assertThat(jwt.getAudience()).containsExactly(TokenMint.AUDIENCE);
        assertThat(jwt.getTokenID()).isEqualTo("id-1");
        assertThat(jwt.getExpirationTime()).isEqualTo(NOW.getEpochSecond() + 1800);
        assertThat(jwt.getIssuedAtTime()).isEqualTo(NOW.getEpochSecond());
        assertThat(jwt.getGroups()).containsExactly("analyst");
        assertThat(jwt.<Object>getClaim("auth_time")).isEqualTo(1_900_000_000L);
        assertThat(jwt.<Object>getClaim("email_verified")).isEqualTo(true);
        assertThat(jwt.<Object>getClaim("address")).isInstanceOf(JsonObject.class);
        assertThat(jwt.<Object>getClaim("amr")).isInstanceOf(JsonArray.class);
        assertThat(jwt.<Object>getClaim("custom_text")).isInstanceOf(JsonString.class);
        assertThat(jwt.<Object>getClaim("custom_number")).isInstanceOf(JsonNumber.class);
        assertThat(jwt.<Object>getClaim("custom_list")).isInstanceOf(JsonArray.class);
        assertThat(jwt.<Object>claim("absent")).isEmpty();
        assertThat(jwt.<Object>claim("zoneinfo")).isEmpty();
        assertThat(jwt.containsClaim("jti")).isTrue();
        assertThat(jwt.containsClaim("absent")).isFalse();
        assertThat(jwt.getClaimNames())
                .contains("iss", "custom_text", "raw_token")
                .doesNotContain("absent");
    }

    @Test
    void tokenWithoutOptionalClaimsHasEmptyOnes() {
        TokenCaller jwt = caller(ONE.token(ONE.claims().without("iat").without("groups")));
        assertThat(jwt.getIssuedAtTime()).isZero();
        assertThat(jwt.getGroups()).isEmpty();
        assertThat(jwt.getTokenID()).isNull();
        assertThat(jwt.getName()).isEqualTo("3f0c9a52-subject");
    }

    @Test
    void groupsOfAnotherKindAreNone() {
        for (String groups : List.of("7", "{\"a\":1}", "[\"a\",1]", "true", "null")) {
            assertThat(caller(ONE.token(ONE.claims().with("groups", groups))).getGroups())
                    .as(groups)
                    .isEmpty();
        }
        assertThat(caller(ONE.token(ONE.claims().with("groups", text("a")))).getGroups())
                .containsExactly("a");
    }

    @Test
    void nameThatCannotBeShownIsPassedOver() {
        for (String name : List.of("a\\nb", "a\\u009bb", "a\\u202eb", "a\\u200bb", "a\\ufe0fb")) {
            assertThat(caller(ONE.token(ONE.claims().with("upn", text(name)).with("preferred_username", text("  "))))
                            .getName())
                    .isEqualTo("3f0c9a52-subject");
        }
        for (String name : List.of("\u00c5sa \u5f20\u4f1f", "\u0645\u062d\u0645\u062f", "ada+1@example.com")) {
            assertThat(caller(ONE.token(ONE.claims().with("upn", text(name)))).getName())
                    .isEqualTo(name);
        }
    }

    @Test
    void tokenIsNowhereInTheCallersText() {
        String token = ONE.token();
        assertThat(caller(token).toString()).doesNotContain(token.substring(token.lastIndexOf('.')));
    }
}
