package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.Members;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The properties of MicroProfile JWT 2.1, set in the server's environment and missing in the file; on a Turkish server,
 * where the upper case of {@code i} is another letter than in the names of the environment.
 */
@ArquillianTest
final class MicroProfilePropertiesIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final TokenMint MINT = MicroProfilePlatform.MINT;

    private final Platform platform = MicroProfilePlatform.get();
    private final Web web = new Web(platform);

    @BeforeEach
    void propertiesAreInForce() {
        platform.configure(MicroProfilePlatform.SILENT);
        Eventually.within(
                Duration.ofSeconds(20),
                "the properties are in force, and the issuer's keys are known",
                () -> web.get(WellKnown.METADATA).body().contains("\"" + MicroProfilePlatform.URL + "\"")
                        && status(MINT.token()) == 200);
    }

    private int status(String token) {
        return web.get(WHOAMI, token).status();
    }

    private static Members since(Duration issued, Duration left) {
        long now = Instant.now().getEpochSecond();
        return MINT.claims()
                .with("iat", String.valueOf(now - issued.toSeconds()))
                .with("exp", String.valueOf(now + left.toSeconds()));
    }

    @Test
    void issuerAudiencesKeysAndAlgorithmAreThoseOfTheProperties() {
        Answer answer = web.get(WHOAMI, MINT.token());
        assertThat(answer.json().getString("credential_id")).isEqualTo(MINT.issuer());
        assertThat(answer.json().getString("authentication")).isEqualTo("oidc");
        assertThat(status(MINT.token(MINT.claims().with("aud", "\"another\"")))).isEqualTo(200);
        assertThat(status(MINT.token(MINT.claims().with("aud", "\"a third\"")))).isEqualTo(401);
        assertThat(status(MINT.token(MINT.claims().with("iss", "\"https://else.example\""))))
                .isEqualTo(401);
        assertThat(status(MINT.tokenBy("ES256"))).isEqualTo(401);
    }

    @Test
    void skewAndAgeAreThoseOfTheProperties() {
        Duration hour = Duration.ofHours(1);
        assertThat(status(MINT.token(since(Duration.ofSeconds(60), Duration.ofSeconds(-2)))))
                .isEqualTo(200);
        assertThat(status(MINT.token(since(Duration.ofSeconds(60), Duration.ofSeconds(-15)))))
                .isEqualTo(401);
        assertThat(status(MINT.token(since(Duration.ofSeconds(540), hour)))).isEqualTo(200);
        assertThat(status(MINT.token(since(Duration.ofSeconds(620), hour)))).isEqualTo(401);
    }

    @Test
    void tokenIsTakenFromTheCookieThatThePropertiesName() {
        String token = MINT.token();
        assertThat(web.send(web.to(WHOAMI).header("Cookie", MicroProfilePlatform.COOKIE + "=" + token))
                        .status())
                .isEqualTo(200);
        assertThat(web.send(web.to(WHOAMI).header("Cookie", "Bearer=" + token)).status())
                .isEqualTo(401);
    }

    /** Otherwise a section that is off would still affect keys. */
    @Test
    void whileSingleSignOnIsOffWhatLooksLikeATokenIsAKeyLikeAnyOther() {
        platform.configure(Platform.standardYaml()
                .replaceFirst(
                        "    keys:\n",
                        "    keys:\n      - {key: \"\\${KEY_LIKE_A_TOKEN}\", name: odd-service, roles: [viewer]}\n"));
        Eventually.within(
                Duration.ofSeconds(20),
                "single sign-on is off",
                () -> status(MicroProfilePlatform.KEY_LIKE_A_TOKEN) == 200 && status(MINT.token()) == 401);
        Answer answer = web.get(WHOAMI, MicroProfilePlatform.KEY_LIKE_A_TOKEN);
        assertThat(answer.json().getString("name")).isEqualTo("odd-service");
        assertThat(answer.json().getString("authentication")).isEqualTo("api_key");
        assertThat(web.get(WHOAMI, MINT.token()).header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"container tests\", error=\"invalid_token\"");
        assertThat(web.get(WellKnown.METADATA).status()).isEqualTo(404);
    }
}
