package io.mcpdata.authentication.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.mcpdata.config.PartyClaim;
import io.mcpdata.config.Secret;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every text that is presented as a token, and every token that an issuer signs. */
final class TokenFuzzTest {

    private static final String ISSUER = "https://issuer.example";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final TokenVerifier verifier = new TokenVerifier(
            new TokenRules(
                    ISSUER,
                    Set.of(TokenMint.AUDIENCE),
                    Set.of("desk"),
                    PartyClaim.AZP,
                    Set.of("EdDSA", "RS256"),
                    SKEW,
                    Optional.empty(),
                    Set.of(),
                    false),
            new InMemoryKeys(TokenMint.keys()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @FuzzTest(maxDuration = "10m")
    void everyInputIsParsedToTheByteOrRefused(byte[] input) {
        String text = new String(input, UTF_8);

        try {
            CompactToken token = CompactToken.parse(text);
            assertThat(new String(token.signed(), UTF_8) + "." + TokenMint.encode(token.signature()))
                    .isEqualTo(text)
                    .hasSizeLessThanOrEqualTo(CompactToken.LONGEST);
        } catch (MalformedTokenException refused) {
            assertThat(String.valueOf(refused.getMessage())).doesNotContain("ey");
        }
        // only a key of this run could have signed it
        assertThat(verifier.verify(text)).isInstanceOf(Verification.Refused.class);
    }

    /** The first line of an input is the header, the rest the claims; the signature is always good. */
    @FuzzTest(maxDuration = "10m")
    void everySignedTokenIsForThePlatformOrRefused(byte[] input) throws Exception {
        String text = new String(input, UTF_8);
        int end = text.indexOf('\n');
        if (end < 0) {
            return;
        }
        String claims = text.substring(end + 1);
        String token = TokenMint.sign(text.substring(0, end), claims, "EdDSA", TokenMint.keyFor("EdDSA"));

        Verification verification = verifier.verify(token);

        if (verification instanceof Verification.Accepted accepted) {
            assertMeantForUs(claims);
            for (boolean memberNames : new boolean[] {false, true}) {
                RoleClaims roles =
                        new RoleClaims(List.of("groups", "scope", "realm_access.roles", "a.b.c"), "", memberNames);
                assertThat(roles.of(accepted.claims())).doesNotHaveDuplicates().noneMatch(String::isBlank);
                assertThat(roles.whyNone(accepted.claims()))
                        .startsWith("claim groups ")
                        .hasSizeLessThan(512);
                assertEveryAnswer(new TokenCaller(accepted, new Secret(token), roles, NOW), token);
            }
        }
    }

    /** Uses another parser than the one that accepted it. */
    private static void assertMeantForUs(String text) throws ParseException {
        Map<String, Object> claims = JSONObjectUtils.parse(text);
        Object audience = claims.get("aud");
        boolean named = audience instanceof Collection<?> several
                ? several.contains(TokenMint.AUDIENCE) || several.contains("desk")
                : TokenMint.AUDIENCE.equals(audience) || "desk".equals(audience);
        assertThat(claims).containsEntry("iss", ISSUER).doesNotContainKeys("cnf", "at_hash", "c_hash", "events");
        assertThat(named || "desk".equals(claims.get("azp"))).isTrue();
        assertThat(String.valueOf(claims.get("sub"))).isNotBlank();
        assertThat(claims.get("exp"))
                .isInstanceOfSatisfying(
                        Number.class,
                        end -> assertThat(end.doubleValue())
                                .isGreaterThan(NOW.minus(SKEW).getEpochSecond()));
    }

    private static void assertEveryAnswer(TokenCaller caller, String token) {
        assertThat(caller.getIssuer()).isEqualTo(ISSUER);
        assertThat(caller.getName()).isNotBlank().doesNotContain("\n", "\r");
        assertThat(caller.getSubject()).isNotBlank();
        assertThat(caller.getRawToken()).isEqualTo(token);
        assertThat(caller.getAudience()).isNotEmpty();
        assertThat(caller.getGroups()).isNotNull();
        assertThat(caller.getExpirationTime()).isGreaterThan(NOW.minus(SKEW).getEpochSecond() - 1);
        assertThat(caller.getIssuedAtTime()).isNotNegative();
        String id = caller.getTokenID();
        assertThat(id == null || caller.claim("jti").isPresent()).isTrue();
        for (String name : caller.getClaimNames()) {
            assertThat(caller.containsClaim(name)).isTrue();
            Object value = caller.getClaim(name);
            assertThat(caller.claim(name).isPresent()).isEqualTo(value != null);
        }
        assertThat(caller.toString()).doesNotContain(token);
    }
}
