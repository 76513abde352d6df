package io.mcpdata.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpdata.authentication.jwt.TokenMint;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicKeysTest {

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    @Test
    void keySetIsReadWithoutItsSymmetricKeys() throws UnusableKeysException {
        assertThat(PublicKeys.parse(TokenMint.keys().toString(false)).getKeys())
                .hasSize(TokenMint.keys().size() - 1)
                .noneMatch(key -> key.getKeyType().getValue().equals("oct"));
    }

    @Test
    void privateHalfOfAKeyIsDropped() throws UnusableKeysException {
        RSAKey both = TokenMint.rsaKey(TokenMint.RSA)
                .privateKey((RSAPrivateKey) TokenMint.RSA.getPrivate())
                .build();
        assertThat(PublicKeys.parse(both.toJSONString()).getKeys()).noneMatch(JWK::isPrivate);
    }

    @Test
    void badKeyDoesNotSpoilTheOthers() throws UnusableKeysException {
        String good = TokenMint.rsaKey(TokenMint.RSA).keyID("good").build().toJSONString();
        String set =
                "{\"keys\":[{\"kty\":\"RSA\"},{\"kty\":\"XX\"},{},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},"
                        + good + "]}";
        assertThat(PublicKeys.parse(set).getKeys()).extracting(JWK::getKeyID).containsExactly("good");
    }

    @Test
    void pemMayHoldSeveralKeysOfBothKinds() throws UnusableKeysException {
        assertThat(PublicKeys.parse(pem(TokenMint.RSA) + pem(TokenMint.P384)).getKeys())
                .extracting(key -> key.getKeyType().getValue())
                .containsExactly("RSA", "EC");
    }

    @Test
    void keyInBase64UrlIsRead() throws UnusableKeysException {
        String jwk = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        assertThat(PublicKeys.parse(TokenMint.encode(TokenMint.bytes(jwk))).getKeys())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "[]",
                "<html>",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"
            })
    void textWithoutAUsableKeyIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> PublicKeys.parse(text))
                .isInstanceOf(UnusableKeysException.class)
                .satisfies(error -> assertThat(text.length() > 5
                                && String.valueOf(error.getMessage()).contains(text))
                        .isFalse());
    }
}
