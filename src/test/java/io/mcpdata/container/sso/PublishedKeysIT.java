package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.RocaKey;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An issuer that changes the keys it publishes while callers use its tokens. */
@ArquillianTest
@OnOneServer
@OnLiberty
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PublishedKeysIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final FakeIssuer ISSUER = SsoPlatform.CHANGING_ISSUER;
    private static final String USUAL = TokenMint.keys().toString(false);

    private final Platform platform = SsoPlatform.get();
    private final Web web = new Web(platform);
    private final TokenMint mint = new TokenMint(ISSUER.url(), Instant.now());

    @BeforeEach
    void usualKeysAreKnown() {
        publish(USUAL);
        awaitStatus("the usual keys are known", mint.token(), 200);
    }

    @AfterEach
    void publishUsualKeys() {
        publish(USUAL);
    }

    private static void publish(String keys) {
        ISSUER.on(FakeIssuer.KEYS, FakeIssuer.text(keys));
    }

    private void awaitStatus(String what, String token, int status) {
        Eventually.within(SsoPlatform.KEY_REFRESH.plusSeconds(10), what, () -> {
            boolean reached = web.get(WHOAMI, token).status() == status;
            // every refused token counts as a failed attempt
            return reached || pause();
        });
    }

    private static boolean pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static String set(JWK... keys) {
        return "{\"keys\":["
                + String.join(",", Stream.of(keys).map(JWK::toJSONString).toList()) + "]}";
    }

    private String fresh() {
        return mint.token(mint.claims().with("jti", "\"" + System.nanoTime() + "\""));
    }

    static List<String> setsWithoutAKeyThatSigns() {
        return List.of(
                "{\"keys\":[]}",
                set(TokenMint.rsaKey(TokenMint.RSA)
                        .keyID("encryption")
                        .keyUse(KeyUse.ENCRYPTION)
                        .build()),
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"rsa\",\"k\":\"c2VjcmV0\"}]}");
    }

    @ParameterizedTest
    @MethodSource("setsWithoutAKeyThatSigns")
    void keySetWithoutAKeyThatSignsEndsTokensAndStreamsOfTheWithdrawnKeys(String set) {
        String known = fresh();
        try (EventStream stream = web.open(known)) {
            assertThat(stream.endpoint()).contains("sessionId=");
            publish(set);
            awaitStatus("the token that was accepted before is refused", known, 401);
            assertThat(web.get(WHOAMI, fresh()).status()).isEqualTo(401);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
        platform.server().awaitLog("issuer " + ISSUER.url() + ": it answers without a key that signs tokens");
    }

    /** Last, because an issuer that fails is asked again after half a minute and no earlier. */
    @Test
    @Order(Integer.MAX_VALUE)
    void answerThatCannotBeReadIsAnOutageWhichKnownKeysSurvive() {
        ISSUER.on(FakeIssuer.KEYS, FakeIssuer.text("{\"keys\":["));
        Eventually.within(
                SsoPlatform.KEY_REFRESH.plusSeconds(10),
                "the outage is reported",
                () -> platform.server().log().contains("issuer " + ISSUER.url() + ": its keys cannot be fetched"));
        assertThat(web.get(WHOAMI, fresh()).status()).isEqualTo(200);
    }

    @Test
    void keysThatOthersCanKnowAreRefusedAndNamedAndTooManyAreCounted() {
        KeyPair weak = RocaKey.pair(2048, 701, new Random(11));
        RSAKey leaked = TokenMint.rsaKey(TokenMint.OTHER_RSA)
                .keyID("leaked")
                .privateKey((RSAPrivateKey) TokenMint.OTHER_RSA.getPrivate())
                .build();
        Stream<JWK> bad = Stream.of(
                leaked,
                TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("twin").build(),
                TokenMint.rsaKey(weak).keyID("weak").build());
        Stream<JWK> good = IntStream.range(0, 120)
                .mapToObj(
                        i -> TokenMint.rsaKey(TokenMint.RSA).keyID("good-" + i).build());
        publish(set(Stream.concat(bad, good).toArray(JWK[]::new)));
        RSAPrivateKey signing = (RSAPrivateKey) TokenMint.RSA.getPrivate();
        awaitStatus("the new keys are known", mint.tokenNaming("good-0", signing), 200);
        assertThat(web.get(WHOAMI, mint.tokenNaming("weak", weak.getPrivate())).status())
                .isEqualTo(401);
        for (String keyId : List.of("leaked", "twin")) {
            assertThat(web.get(WHOAMI, mint.tokenNaming(keyId, TokenMint.OTHER_RSA.getPrivate()))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(web.get(WHOAMI, mint.tokenNaming("good-99", signing)).status())
                .isEqualTo(200);
        assertThat(web.get(WHOAMI, mint.tokenNaming("good-100", signing)).status())
                .isEqualTo(401);
        String issuer = "issuer " + ISSUER.url() + ": .*";
        String log = platform.server()
                .awaitLog(
                        0,
                        issuer + "a private key.*kid \"leaked\"",
                        issuer + "CVE-2017-15361.*kid \"weak\"",
                        issuer + "120 keys, of which the first 100 are used");
        assertThat(log).doesNotContain(leaked.getPrivateExponent().toString());
    }
}
