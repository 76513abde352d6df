package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AuditSectionTest {

    private static final String FROM_VARIABLE = "audit:\n  signing_key: ${SIGNING}";

    @TempDir
    Path directory;

    private static String key(String algorithm) {
        try {
            return SigningKeyPem.encode(KeyPairGenerator.getInstance(algorithm)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void signingKeyOfAVariableIsKeptAndNeverTold() {
        String pem = key("Ed25519");
        PlatformConfig config =
                Reading.of(FROM_VARIABLE, Map.of("SIGNING", pem)).config().orElseThrow();
        assertThat(config.audit().signingKey()).contains(new Secret(pem));
        assertThat(config.toString()).doesNotContain(pem.lines().toList().get(1));
        assertThat(ConfigJson.of(config).build().getJsonObject("audit")).doesNotContainKey("signing_key");
    }

    @Test
    void signingKeyOfAFileMayHaveTheLineEndsOfWindows() throws IOException {
        Path file = Files.writeString(
                directory.resolve("signing.pem"), key("Ed25519").replace("\n", "\r\n"));
        ConfigReading reading = Reading.of("audit: {signing_key: '${file:" + file + "}'}");
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config().orElseThrow().audit().signingKey()).isPresent();
    }

    @Test
    void literalSigningKeyIsAWarning() {
        String yaml = "audit:\n  signing_key: |\n" + key("Ed25519").indent(4);
        assertThat(Reading.errors(yaml)).isEmpty();
        assertThat(Reading.warnings(yaml))
                .containsExactly("platform.yaml:2: audit.signing_key: found a literal key in the file; expected"
                        + " ${file:/run/secrets/name} or ${VARIABLE}, so that the file holds no secret");
    }

    static Stream<Arguments> unusable() {
        String good = key("Ed25519");
        return Stream.of(
                Arguments.of(" ", "an empty key"),
                Arguments.of("canary-4711", "no PEM text of a private key in PKCS#8"),
                Arguments.of(good.replace("PRIVATE KEY", "PUBLIC KEY"), "a public key"),
                Arguments.of(
                        good.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
                        "a key that is encrypted with a password"),
                Arguments.of(key("EC"), "a damaged key, or one of another algorithm"),
                Arguments.of(key("Ed448"), "a damaged key, or one of another algorithm"),
                Arguments.of(good.replaceFirst("\n.{20}", "\n"), "a damaged key, or one of another algorithm"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void otherTextIsRefusedWithItsLineAndWithoutItsContent(String text, String found) {
        ConfigReading reading = Reading.of(FROM_VARIABLE, Map.of("SIGNING", text));
        assertThat(reading.config()).isEmpty();
        assertThat(reading.errors())
                .map(ConfigProblem::toString)
                .containsExactly("platform.yaml:2: audit.signing_key: found " + found + "; expected a private Ed25519"
                        + " key in PEM, as openssl genpkey -algorithm ed25519 makes it");
    }

    @Test
    void forwardFileIsAnAbsolutePath() {
        assertThat(Reading.config("audit: {forward: {file: /var/log/mcp/audit.jsonl}}")
                        .audit()
                        .forward()
                        .file())
                .contains(Path.of("/var/log/mcp/audit.jsonl"));
        assertThat(Reading.config("audit: {forward: null}").audit().forward().file())
                .isEmpty();
        assertThat(Reading.errors("audit:\n  forward: {file: audit.jsonl}"))
                .containsExactly(
                        "platform.yaml:2: audit.forward.file: found \"audit.jsonl\"; expected the absolute path"
                                + " of a file that the server's user may write");
        assertThat(Reading.errors("audit:\n  forward: {file: " + directory + "}"))
                .hasSize(1);
        assertThat(Reading.errors("audit:\n  forward: {files: /a}"))
                .containsExactly("platform.yaml:2: audit.forward.files: found an unknown key; expected one of file");
    }

    @Test
    void anotherSigningKeyTakesEffectAtTheNextStart() {
        Optional<Secret> before = Optional.of(new Secret("a"));
        AuditConfig standard = AuditConfig.DEFAULT;
        assertThat(ConfigDiff.between(
                        withSigningKey(standard, before), withSigningKey(standard, Optional.of(new Secret("b")))))
                .containsExactly("audit.signing_key changed; this takes effect at the next start");
    }

    private static PlatformConfig withSigningKey(AuditConfig audit, Optional<Secret> key) {
        PlatformConfig none = PlatformConfig.denyAll();
        return new PlatformConfig(
                none.server(),
                none.apiKeys(),
                none.personas(),
                none.connections(),
                new AuditConfig(
                        audit.enabled(),
                        audit.logToolCalls(),
                        audit.retentionDays(),
                        audit.mode(),
                        key,
                        audit.forward()),
                none.limits());
    }
}
