package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChallengeTest {

    @Test
    void missingCredentialCarriesNoErrorCode() {
        assertThat(Challenge.CREDENTIAL_MISSING.header(ServerConfig.DEFAULT))
                .contains("Bearer realm=\"mcp-data-platform\"");
    }

    @Test
    void refusedCredentialIsAnInvalidToken() {
        assertThat(Challenge.CREDENTIAL_REFUSED.header(ServerConfig.DEFAULT))
                .contains("Bearer realm=\"mcp-data-platform\", error=\"invalid_token\"");
    }

    @Test
    void missingPermissionIsNamedAsScope() {
        assertThat(Challenge.insufficientScope(ServerConfig.DEFAULT, "audit:read"))
                .isEqualTo("Bearer realm=\"mcp-data-platform\", error=\"insufficient_scope\", scope=\"audit:read\"");
    }

    @Test
    void serverNameCannotBreakOutOfTheHeader() {
        ServerConfig hostile = new ServerConfig(
                "a\"\r\nSet-Cookie: x\\", Optional.empty(), List.of(), List.of(), ServerConfig.DEFAULT.dataDirectory());
        assertThat(Challenge.CREDENTIAL_MISSING.header(hostile)).contains("Bearer realm=\"aSet-Cookie: x\"");
    }

    @Test
    void tooManyAttemptsSayWhenToComeBackAndDoNotChallenge() {
        Challenge challenge = Challenge.tooManyAttempts(Duration.ofMillis(1_200));
        assertThat(challenge.status()).isEqualTo(429);
        assertThat(challenge.retryAfter()).isEqualTo(2);
        assertThat(challenge.header(ServerConfig.DEFAULT)).isEmpty();
    }
}
