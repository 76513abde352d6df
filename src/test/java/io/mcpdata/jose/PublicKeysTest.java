package io.mcpdata.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.testing.RocaKey;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicKeysTest {

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static List<JWK> keys(String text) throws UnusableKeysException {
        return PublicKeys.parse(text).keys().getKeys();
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static RSAKey.Builder rsa(KeyPair pair, String keyId) {
        return TokenMint.rsaKey(pair).keyID(keyId);
    }

    private static RSAKey privateKey(KeyPair pair, String keyId) {
        return rsa(pair, keyId).privateKey((RSAPrivateKey) pair.getPrivate()).build();
    }

    @Test
    void keySetIsReadWithoutItsSymmetricKeys() throws UnusableKeysException {
        assertThat(keys(TokenMint.keys().toString(false)))
                .hasSize(TokenMint.keys().size() - 1)
                .noneMatch(key -> key.getKeyType().getValue().equals("oct"));
        assertThat(PublicKeys.parse(TokenMint.keys().toString(false)).warnings())
                .isEmpty();
    }

    @Test
    void privateKeyIsRefusedWhereverItsPublicHalfStandsAndIsNotQuoted() throws UnusableKeysException {
        RSAKey both = privateKey(TokenMint.RSA, "published");
        PublishedKeys published = PublicKeys.parse(set(
                rsa(TokenMint.RSA, "twin").build().toJSONString(),
                both.toJSONString(),
                rsa(TokenMint.OTHER_RSA, "good").build().toJSONString()));
        assertThat(published.keys().getKeys()).extracting(JWK::getKeyID).containsExactly("good");
        assertThat(published.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.found()).contains("a private key").contains("kid \"published\"");
            assertThat(warning.toString())
                    .doesNotContain(both.getPrivateExponent().toString())
                    .doesNotContain(both.getModulus().toString());
        });
        assertThat(keys(both.toJSONString())).isEmpty();
        assertThat(keys(TokenMint.encode(TokenMint.bytes(both.toJSONString())))).isEmpty();
    }

    /** A private key without some of its members is still private. */
    @Test
    void privateKeyThatCannotBeReadIsRefusedAsWell() throws UnusableKeysException {
        String open = rsa(TokenMint.RSA, "torn").build().toJSONString();
        for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "oth")) {
            PublishedKeys published = PublicKeys.parse(
                    set(open.replace("torn", "twin"), open.replace("{", "{\"" + member + "\":\"AA\",")));
            assertThat(published.keys().getKeys()).as(member).isEmpty();
            assertThat(published.warnings()).as(member).hasSize(1);
        }
        assertThat(keys(open.replace("{", "{\"d\":null,"))).hasSize(1);
    }

    @Test
    void privateKeyInPemSpoilsTheKeysBesideIt() throws UnusableKeysException {
        PublishedKeys published = PublicKeys.parse(
                pem(TokenMint.RSA) + "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThat(published.keys().getKeys()).isEmpty();
        assertThat(published.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.found()).contains("a private key"));
    }

    @Test
    void keyWhosePrivateKeyCanBeComputedIsRefusedInEveryForm() throws UnusableKeysException {
        KeyPair weak = RocaKey.pair(2048, 701, new Random(3));
        for (String text : List.of(
                set(
                        rsa(weak, "weak").build().toJSONString(),
                        rsa(TokenMint.RSA, "good").build().toJSONString()),
                pem(weak) + pem(TokenMint.RSA))) {
            PublishedKeys published = PublicKeys.parse(text);
            assertThat(published.keys().getKeys()).hasSize(1).noneMatch(key -> "weak".equals(key.getKeyID()));
            assertThat(published.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.found())
                            .contains("CVE-2017-15361")
                            .containsAnyOf("kid \"weak\"", "one without kid"));
        }
    }

    @Test
    void ofMoreThanAHundredKeysTheRestIsLeftOutWithAWarning() throws UnusableKeysException {
        String[] many = IntStream.range(0, 137)
                .mapToObj(i -> rsa(TokenMint.RSA, "k" + i).build().toJSONString())
                .toArray(String[]::new);
        PublishedKeys published = PublicKeys.parse(set(many));
        assertThat(published.keys().getKeys()).hasSize(100);
        assertThat(published.warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.found()).contains("137 keys").contains("first 100"));
        assertThat(PublicKeys.parse(set(Arrays.copyOf(many, 100))).warnings()).isEmpty();
        assertThat(PublicKeys.parse(pem(TokenMint.P256).repeat(101)).warnings()).hasSize(1);
    }

    @Test
    void warningNamesKeysWithoutWhatSteersATerminalAndOnlySoMany() throws UnusableKeysException {
        String[] many = IntStream.range(0, 30)
                .mapToObj(i -> privateKey(TokenMint.RSA, "\u009b31m\n" + "x".repeat(500) + i)
                        .toJSONString())
                .toArray(String[]::new);
        assertThat(PublicKeys.parse(set(many)).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.found())
                        .matches("[\\x20-\\x7e]+")
                        .contains("and 20 more")
                        .hasSizeLessThan(1_200));
    }

    @Test
    void badKeyDoesNotSpoilTheOthers() throws UnusableKeysException {
        String good = TokenMint.rsaKey(TokenMint.RSA).keyID("good").build().toJSONString();
        String set =
                "{\"keys\":[{\"kty\":\"RSA\"},{\"kty\":\"XX\"},{},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},"
                        + good + "]}";
        assertThat(keys(set)).extracting(JWK::getKeyID).containsExactly("good");
    }

    @Test
    void pemMayHoldSeveralKeysOfBothKinds() throws UnusableKeysException {
        assertThat(keys(pem(TokenMint.RSA) + pem(TokenMint.P384)))
                .extracting(key -> key.getKeyType().getValue())
                .containsExactly("RSA", "EC");
    }

    @Test
    void keyInBase64UrlIsRead() throws UnusableKeysException {
        String jwk = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        assertThat(keys(TokenMint.encode(TokenMint.bytes(jwk)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[{}]}", "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"})
    void documentWithoutAUsableKeyIsReadAndHasNone(String text) throws UnusableKeysException {
        assertThat(keys(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[null]}",
                "{\"keys\":null,\"kty\":\"oct\"}",
                "[]",
                "<html>",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
            })
    void textThatIsNoDocumentWithKeysIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> PublicKeys.parse(text))
                .isInstanceOf(UnusableKeysException.class)
                .satisfies(error -> assertThat(text.length() > 5
                                && String.valueOf(error.getMessage()).contains(text))
                        .isFalse());
    }
}
