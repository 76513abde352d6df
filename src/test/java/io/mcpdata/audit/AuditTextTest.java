package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditTextTest {

    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-canary_canary";

    private static String safe(String text) {
        return AuditText.safe(text, 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curl/8.5.0",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
                "{\"sql\":\"SELECT name, token_count FROM customers WHERE id = 7\"}",
                "tools.deny[*_delete_*]",
                "io.mcpdata.config.Glob",
                "192.0.2.7",
                "2001:db8::1",
                "gr\u00fc\u00dfe \u65e5\u672c",
                "https://app.example.com/path?x=1",
            })
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(safe(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer canary-4711",
                "bEaReR \t canary-4711",
                "Authorization: Bearer canary-4711",
                "Authorization: Basic canary-4711",
                "{\"authorization\":\"Basic canary-4711\"}",
                "/sse?api_key=canary-4711&x=1",
                "X-API-Key: canary-4711",
                "{\"api_key\": \"canary-4711 canary\"}",
                "{\"apiKey\":\"canary-4711\"}",
                "{\"sql\":\"SELECT 1 WHERE password = \\\"canary 4711\\\"\"}",
                "password='canary 4711' rest",
                "PASSWORD=canary-4711",
                "pwd: canary-4711",
                "client_secret=canary-4711",
                "access_token=canary-4711",
                "jdbc:postgresql://reader:canary-4711@db/lake",
                "https://canary-4711@host/",
                "mcpdp_canary4711canary",
                "xmcpdp_canary-4711",
                "MCPDP_canary4711",
                JWT,
                "token:" + JWT + ";",
                "x" + JWT,
                "eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOjF9.",
            })
    void whatLooksLikeACredentialIsReplaced(String text) {
        assertThat(safe(text)).doesNotContain("canary").doesNotContain("eyJ").contains("[redacted]");
    }

    @Test
    void restOfTheTextIsKept() {
        assertThat(safe("GET /sse?api_key=abc&x=1 by mcpdp_abc, then"))
                .isEqualTo("GET /sse?api_key=[redacted]&x=1 by [redacted], then");
    }

    @Test
    void lineEndsEscapesAndHiddenCharactersAreSpelledOut() {
        assertThat(safe("a\r\nb")).isEqualTo("a\\u000d\\u000ab");
        assertThat(safe("\u001b[31mred\u009b0m")).isEqualTo("\\u001b[31mred\\u009b0m");
        assertThat(safe("a\u202eb\u2066c\u200bd\u200ee\u061cf\ufeffg\u00adh\u2028i\u2029j"))
                .isEqualTo("a\\u202eb\\u2066c\\u200bd\\u200ee\\u061cf\\ufeffg\\u00adh\\u2028i\\u2029j");
        assertThat(safe("\udb40\udc41")).isEqualTo("\\u{e0041}");
        assertThat(safe("a\u0000\ud800b\ue000")).isEqualTo("a\\u0000\\ud800b\\ue000");
        assertThat(safe("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @Test
    void lengthIsBoundedAfterEverythingIsSpelledOut() {
        assertThat(AuditText.safe("x".repeat(64), 64)).isEqualTo("x".repeat(64));
        assertThat(AuditText.safe("x".repeat(65), 64)).isEqualTo("x".repeat(63) + "\u2026");
        assertThat(AuditText.safe("\n".repeat(64), 64)).hasSize(64);
    }

    @Test
    void cutGoesThroughNoCharacter() {
        assertThat(AuditText.safe("x".repeat(62) + "\ud83d\ude00z", 64)).isEqualTo("x".repeat(62) + "\u2026");
    }

    @Test
    void credentialAtTheCutIsNotKeptInPart() {
        for (int before = 7_000; before < 9_400; before += 7) {
            assertThat(AuditText.safe("a ".repeat(before / 2) + JWT + " mcpdp_canary Bearer canary", 8_192))
                    .doesNotContain("canary")
                    .doesNotContain("eyJzdWIi");
        }
    }

    @Test
    void manyRedactionsDoNotPullAHalfCredentialIntoSight() {
        String text = "mcpdp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ".repeat(17) + JWT;
        assertThat(AuditText.safe(text, 256)).doesNotContain("eyJ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJ",
                "eyJ.",
                "bearer",
                "bearer ",
                "api_key=",
                "//",
                "//a:",
                "\"",
                "token token",
                "mcpdp_",
                "a_",
                "\\"
            })
    void hostileTextOfManyMegabytesTakesNoTime(String part) {
        String text = part.repeat(4_000_000 / part.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(AuditText.safe(text, 8_192)).hasSizeLessThanOrEqualTo(8_192));
    }

    @Test
    void identitiesThatLookLikeCredentialsStayApart() {
        assertThat(AuditText.encoded("oidc:https://issuer.example repo:org/secret:main\n", 1024))
                .isEqualTo("oidc:https://issuer.example repo:org/secret:main\\u000a");
        assertThat(AuditText.encoded("x".repeat(2_000), 1024)).hasSize(1024).endsWith("\u2026");
    }
}
