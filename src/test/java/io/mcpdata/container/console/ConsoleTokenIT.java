package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.sso.SsoPlatform;
import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console with a token of single sign-on. */
@ArquillianTest
final class ConsoleTokenIT extends InBrowser {

    /** How long after its end a token is still accepted, because clocks differ. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private final Platform platform = SsoPlatform.get();
    private final TokenMint mint = new TokenMint(SsoPlatform.ISSUER.url(), Instant.now());
    private ConsolePage console;

    @BeforeAll
    static void awaitKeysOfTheIssuer() {
        Web web = new Web(SsoPlatform.get());
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer's keys are known",
                () -> web.get("/api/v1/whoami", new TokenMint(SsoPlatform.ISSUER.url(), Instant.now()).token())
                                .status()
                        == 200);
    }

    @BeforeEach
    void openConsole() {
        console = new ConsolePage(browser, platform);
        console.open();
    }

    private String tokenOf(String role, Instant end) {
        return mint.token(mint.claims()
                .with("preferred_username", "\"ada\"")
                .with("groups", "[\"" + role + "\"]")
                .with("iat", String.valueOf(end.minusSeconds(3600).getEpochSecond()))
                .with("exp", String.valueOf(end.getEpochSecond())));
    }

    @Test
    void callerOfATokenIsShown() {
        String token = tokenOf("auditor", Instant.now().plusSeconds(600));
        console.signIn(token);
        browser.await("document.querySelector('#sign-out')");

        assertThat(browser.evaluate("document.querySelector('#who').innerText")).contains("ada");
        assertThat(console.pagesOffered()).isEqualTo("Overview, Audit, You");
        console.go("account", "Permissions");
        assertThat(browser.text())
                .contains("Single sign-on", "auditor", "audit:read", mint.issuer(), TokenMint.AUDIENCE);
        assertThat(browser.evaluate("document.documentElement.outerHTML").contains(token))
                .as("the page shows the token")
                .isFalse();
    }

    @Test
    void expiredTokenIsToldAtSignIn() {
        console.signIn(tokenOf("auditor", Instant.now().minusSeconds(3600)));

        browser.awaitText("This token expired at ");
        assertThat(browser.text())
                .contains("The credential presented is not valid here.", "Request id", ConsolePage.SIGN_IN);
        assertThat(console.pagesOffered()).isEmpty();
    }

    /** Also without any input: a page that is left open shows nothing more. */
    @ParameterizedTest
    @ValueSource(strings = {"audit", "live"})
    void tokenThatExpiresMeanwhileSignsOutWithTheReason(String page) {
        console.signIn(tokenOf("admin", Instant.now().plusSeconds(6).minus(CLOCK_SKEW)));
        browser.await("document.querySelector('#sign-out')");
        console.go(page, "Outcome");

        browser.awaitText("You were signed out.");
        assertThat(browser.text()).contains("Your token expired at ", "Request id", ConsolePage.SIGN_IN);
        assertThat(console.pagesOffered()).isEmpty();
        assertThat(browser.evaluate("document.querySelectorAll('main table').length"))
                .isEqualTo("0");
    }
}
