package io.mcpdata.authentication.jwt;

import static io.mcpdata.authentication.jwt.TokenMint.header;
import static io.mcpdata.authentication.jwt.TokenMint.sign;
import static io.mcpdata.authentication.jwt.TokenMint.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.config.PartyClaim;
import io.mcpdata.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class IssuerKeysTest {

    private static final Instant START = Instant.parse("2030-06-01T12:00:00Z");
    private static final JWKSet FIRST = TokenMint.keys();
    private static final JWKSet SECOND = new JWKSet(
            List.of(TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("next").build()));
    private static final KeyRefreshPolicy PATIENCE = new KeyRefreshPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofHours(24),
            Duration.ofMillis(50),
            2);

    private final MovableClock clock = new MovableClock(START);
    private final ScriptedIssuer issuer = new ScriptedIssuer(FIRST);
    private final IssuerKeys keys = new IssuerKeys("https://issuer.example", issuer, PATIENCE, clock);

    /** Looks once a second, as the platform does. */
    private void live(Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            clock.advance(Duration.ofSeconds(1));
            keys.look();
        }
    }

    @Test
    void keysAreAskedForAtTheFirstLookAndEveryFiveMinutes() {
        assertThat(keys.known()).isEmpty();
        keys.look();
        assertThat(keys.known()).contains(FIRST);
        live(Duration.ofHours(1));
        assertThat(issuer.questions()).isEqualTo(13);
    }

    @Test
    void equalKeysStayTheSameObject() {
        keys.look();
        Optional<JWKSet> before = keys.known();
        issuer.publish(new JWKSet(List.copyOf(FIRST.getKeys())));
        live(Duration.ofMinutes(6));
        assertThat(keys.known().orElseThrow()).isSameAs(before.orElseThrow());
        issuer.publish(SECOND);
        live(Duration.ofMinutes(6));
        assertThat(keys.known()).contains(SECOND);
    }

    @Test
    void floodOfUnknownKeysAsksOnceInHalfAMinute() {
        keys.look();
        int before = issuer.questions();
        for (int second = 0; second < 120; second++) {
            for (int i = 0; i < 100; i++) {
                assertThat(keys.askAgain()).contains(FIRST);
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(issuer.questions() - before).isEqualTo(4);
    }

    @Test
    void keyAddedByTheIssuerIsFoundByTheFirstTokenThatNamesIt() {
        keys.look();
        issuer.publish(SECOND);
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.askAgain()).contains(SECOND);
    }

    /** A token that came before the first keys has asked for them; the issuer may rotate directly after that. */
    @Test
    void questionForTheFirstKeysIsNotTheOneForAnAddedKey() {
        assertThat(keys.askAgain()).contains(FIRST);
        issuer.publish(SECOND);
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.askAgain()).contains(SECOND);
    }

    @Test
    void outageOfFourHoursIsSurvivedOnTheKeysKnownBefore() {
        TokenMint mint = new TokenMint("https://issuer.example", START);
        TokenRules rules = new TokenRules(
                "https://issuer.example",
                Set.of(TokenMint.AUDIENCE),
                Set.of(),
                PartyClaim.AZP,
                Set.of("RS256"),
                Duration.ofSeconds(30),
                Optional.empty(),
                Set.of(),
                false);
        TokenVerifier verifier = new TokenVerifier(rules, keys, clock);
        keys.look();
        issuer.goDown();
        int before = issuer.questions();
        for (int minute = 0; minute < 240; minute++) {
            live(Duration.ofMinutes(1));
            String exp = String.valueOf(clock.instant().getEpochSecond() + 300);
            assertThat(verifier.verify(mint.token(mint.claims().with("exp", exp))))
                    .isInstanceOf(Verification.Accepted.class);
            String unknown = sign(
                    header("RS256").with("kid", text("next")).toString(),
                    mint.claims().with("exp", exp).toString(),
                    "RS256",
                    TokenMint.OTHER_RSA.getPrivate());
            // it is unknown whether the issuer now has such a key
            assertThat(verifier.verify(unknown)).isEqualTo(new Verification.Refused(Refusal.KEYS_UNAVAILABLE));
        }
        assertThat(keys.isFailing()).isTrue();
        // at most one attempt in half a minute
        assertThat(issuer.questions() - before).isBetween(240, 481);
        issuer.comeBack();
        issuer.publish(SECOND);
        live(Duration.ofSeconds(31));
        assertThat(keys.isFailing()).isFalse();
        assertThat(keys.known()).contains(SECOND);
    }

    /** An answer, and no outage: the issuer has no key any more. */
    @Test
    void keySetWithoutKeysWithdrawsThoseKnownBefore() {
        keys.look();
        issuer.publish(new JWKSet());
        live(Duration.ofMinutes(5));
        assertThat(keys.known()).contains(new JWKSet());
        assertThat(keys.isFailing()).isFalse();
        issuer.goDown();
        live(Duration.ofMinutes(6));
        assertThat(keys.known()).contains(new JWKSet());
        issuer.comeBack();
        issuer.publish(SECOND);
        live(Duration.ofMinutes(1));
        assertThat(keys.known()).contains(SECOND);
    }

    @Test
    void outageBeyondTheToleranceEndsTheTrust() {
        keys.look();
        issuer.goDown();
        live(Duration.ofHours(24).minusSeconds(1));
        assertThat(keys.known()).contains(FIRST);
        live(Duration.ofSeconds(1));
        assertThat(keys.known()).isEmpty();
    }

    @Test
    void withoutAnyKeysTheIssuerIsAskedEveryFewSeconds() {
        issuer.goDown();
        keys.look();
        live(Duration.ofMinutes(1));
        assertThat(issuer.questions()).isEqualTo(13);
        assertThat(keys.known()).isEmpty();
        assertThat(keys.askAgain()).isEmpty();
        issuer.comeBack();
        live(Duration.ofSeconds(5));
        assertThat(keys.known()).contains(FIRST);
    }

    @Test
    @Timeout(10)
    void knownKeysAreGivenAtOnceWhileTheIssuerHangs() {
        keys.look();
        issuer.hang();
        clock.advance(Duration.ofMinutes(10));
        keys.look();
        assertThat(issuer.questions()).isEqualTo(2);
        for (int i = 0; i < 100_000; i++) {
            assertThat(keys.known().isPresent()).isTrue();
        }
        keys.look();
        assertThat(issuer.questions())
                .as("no second question while one is open")
                .isEqualTo(2);
        // a request waits no longer than its limit
        assertThat(keys.askAgain()).isEmpty();
        issuer.publish(SECOND);
        issuer.answerAll();
        assertThat(keys.known()).contains(SECOND);
    }
}
