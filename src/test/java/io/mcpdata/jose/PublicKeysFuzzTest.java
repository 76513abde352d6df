package io.mcpdata.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.Set;

/** Every text that an issuer, a file or a configuration may give as its keys. */
final class PublicKeysFuzzTest {

    private static final int MOST_KEYS = 100;

    @FuzzTest(maxDuration = "10m")
    void textGivesPublicKeysOrAReasonAndIsNotQuoted(byte[] input) {
        String text = new String(input, UTF_8);
        try {
            PublishedKeys published = PublicKeys.parse(text);
            JWKSet keys = published.keys();
            assertThat(keys.getKeys()).hasSizeBetween(0, MOST_KEYS).noneMatch(JWK::isPrivate);
            assertThat(published.warnings())
                    .allSatisfy(warning -> assertThat(warning.found()).hasSizeLessThan(2_000));
            SigningKeys.anyFits(keys, Set.of("RS256", "PS512", "ES256", "EdDSA"));
        } catch (UnusableKeysException refused) {
            String words = refused.found();
            assertThat(words).isNotEmpty();
            assertThat(text.length() > words.length() && words.contains(text)).isFalse();
        }
    }
}
