package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtShapeTest {

    private static String withHeader(String header) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + ".e30.c2ln";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"none\"}",
                "{\"alg\":null}",
                "{\"typ\":\"JWT\",\"alg\":1}",
                "{\"\\u0061lg\":\"RS256\"}",
                " {\"alg\":\"RS256\"} "
            })
    void objectWithAnAlgorithmAndTwoMorePartsLooksLikeAToken(String header) {
        assertThat(JwtShape.isIn(withHeader(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"typ\":\"JWT\"}",
                "{\"a\":{\"alg\":1}}",
                "[\"alg\"]",
                "\"alg\"",
                "alg",
                "{\"alg\"",
                "{alg:1}"
            })
    void otherFirstPartDoesNot(String header) {
        assertThat(JwtShape.isIn(withHeader(header))).isFalse();
    }

    @Test
    void headerNestedTooDeepForAParserDoesNot() {
        assertThat(JwtShape.isIn(withHeader("[".repeat(1_400)))).isFalse();
        assertThat(JwtShape.isIn(withHeader("{\"alg\":" + "[".repeat(1_400)))).isFalse();
    }

    @Test
    void otherNumberOrKindOfPartsDoesNot() {
        String good = withHeader("{\"alg\":\"RS256\"}");
        String[] parts = good.split("\\.", -1);
        for (String text : new String[] {
            "",
            "..",
            "key",
            "mcpdp_abc",
            parts[0],
            parts[0] + ".e30",
            parts[0] + ".e30.",
            parts[0] + "..c2ln",
            ".e30.c2ln",
            good + ".x",
            good + "=",
            " " + good,
            good + " "
        }) {
            assertThat(JwtShape.isIn(text)).as(text).isFalse();
        }
    }

    @Test
    void headerTooLongToLookAtIsATokenThatWillBeRefused() {
        assertThat(JwtShape.isIn("A".repeat(3000) + ".e30.c2ln")).isTrue();
    }
}
