package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Keycloak with the shipped realm, and the configuration that docs/sso.md prints for it. */
@ArquillianTest
@OnOneServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KeycloakIT {

    private static final String WHOAMI = "/api/v1/whoami";

    private static Keycloak keycloak = start();

    private final Platform platform = SsoPlatform.get();
    private final Web web = new Web(platform);

    private static Keycloak start() {
        return Keycloak.start(home(), Path.of(System.getProperty("it.serverConfig"), "keycloak", "realm-data.json"));
    }

    /** The first start builds Keycloak, which takes long; later ones, of which two may run at once, copy the result. */
    private static Path home() {
        Path first = Path.of(System.getProperty("it.keycloak"));
        Setup setup = Setup.fromMaven();
        return Files.notExists(first.resolve("data"))
                ? first
                : Folders.freshCopy(first, setup.work().resolve(setup.server() + "-keycloak"));
    }

    @BeforeAll
    static void configure() {
        SsoPlatform.configureAsDocumented(SsoPlatform.get(), keycloak.issuer());
        Web web = new Web(SsoPlatform.get());
        String token = keycloak.serviceToken();
        Eventually.within(
                Duration.ofSeconds(30),
                "the realm's keys are known",
                () -> web.get(WHOAMI, token).status() == 200);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
        SsoPlatform.configure(SsoPlatform.get());
    }

    @Test
    void serviceComesInByClientCredentials() {
        Answer answer = web.get(WHOAMI, keycloak.serviceToken());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("name")).isEqualTo("service-account-mcp-data-platform-service");
        assertThat(answer.json().getString("persona")).isEqualTo("analyst");
        assertThat(answer.json().getString("credential_id")).isEqualTo(keycloak.issuer());
        assertThat(answer.json().getJsonArray("roles")).hasToString("[\"analyst\"]");
    }

    @Test
    void personComesInByAuthorizationCodeAndIsWhatTheRealmSays() {
        Keycloak.Login login = keycloak.login("vera", keycloak.person("vera", "dp_viewer"));
        Answer answer = web.get(WHOAMI, login.accessToken());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("name")).isEqualTo("vera");
        assertThat(answer.json().getString("persona")).isEqualTo("viewer");
        assertThat(web.get("/api/v1/keys", login.accessToken()).status()).isEqualTo(403);
    }

    @Test
    void refreshTokenIsNoAccessToken() {
        Keycloak.Login login = keycloak.login("rene", keycloak.person("rene", "dp_admin"));
        assertThat(web.get(WHOAMI, login.accessToken()).json().getString("persona"))
                .isEqualTo("admin");
        assertThat(web.get(WHOAMI, login.refreshToken()).status()).isEqualTo(401);
    }

    /** First, because a token with a key that is not known yet is asked about once in thirty seconds. */
    @Test
    @Order(1)
    void tokensBeforeAndAfterAKeyRotationAreGood() {
        String before = keycloak.serviceToken();
        assertThat(web.get(WHOAMI, before).status()).isEqualTo(200);
        keycloak.rotateKeys();
        String after = keycloak.serviceToken();
        assertThat(after.substring(0, after.indexOf('.'))).isNotEqualTo(before.substring(0, before.indexOf('.')));
        assertThat(web.get(WHOAMI, after).status()).isEqualTo(200);
        assertThat(web.get(WHOAMI, before).status()).isEqualTo(200);
    }

    /** Docs: within {@code key_refresh}, which is five seconds here, its streams too. */
    @Test
    void keyWithdrawnByTheRealmEndsItsTokensAndStreams() {
        String old = keycloak.serviceToken();
        assertThat(web.get(WHOAMI, old).status()).isEqualTo(200);
        keycloak.rotateKeys();
        String fresh = keycloak.serviceToken();
        assertThat(fresh.substring(0, fresh.indexOf('.'))).isNotEqualTo(old.substring(0, old.indexOf('.')));
        Eventually.within(
                SsoPlatform.KEY_REFRESH.plusSeconds(5),
                "the new key is known",
                () -> web.get(WHOAMI, fresh).status() == 200);
        try (EventStream stream = web.open(old);
                EventStream other = web.open(fresh)) {
            assertThat(stream.endpoint()).contains("sessionId=");
            assertThat(other.endpoint()).contains("sessionId=");
            keycloak.withdrawKeyOf(old);
            Eventually.within(
                    SsoPlatform.KEY_REFRESH.plusSeconds(5),
                    "the old key's token is refused",
                    () -> web.get(WHOAMI, old).status() == 401);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
            assertThat(other.endsWithin(Duration.ofSeconds(3))).isFalse();
        }
        assertThat(web.get(WHOAMI, fresh).status()).isEqualTo(200);
    }

    @Test
    void personWhoIsDisabledOrLogsOutIsGoneWithTheToken() {
        keycloak.setTokenLife(Duration.ofSeconds(8));
        try {
            String password = keycloak.person("dora", "dp_analyst");
            Keycloak.Login loggedOut = keycloak.login("dora", password);
            keycloak.logout(loggedOut.refreshToken());
            assertThat(keycloak.refresh(loggedOut.refreshToken())).isEqualTo(400);

            Keycloak.Login login = keycloak.login("dora", password);
            try (EventStream stream = web.open(login.accessToken())) {
                assertThat(stream.endpoint()).contains("sessionId=");
                keycloak.disable("dora");
                assertThat(keycloak.refresh(login.refreshToken())).isEqualTo(400);
                assertThat(stream.endsWithin(Duration.ofSeconds(15))).isTrue();
            }
            // the clocks may differ by the skew, and without a stream a token is accepted for that much longer
            Eventually.within(
                    Duration.ofSeconds(60),
                    "the token is refused",
                    () -> web.get(WHOAMI, login.accessToken()).status() == 401);
        } finally {
            keycloak.setTokenLife(Duration.ofMinutes(5));
        }
    }
}
