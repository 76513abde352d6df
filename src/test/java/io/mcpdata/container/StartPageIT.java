package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public page at the address that people open in a browser. */
@ArquillianTest
final class StartPageIT {

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void browserWithoutACredentialIsToldHowToConnect() {
        Answer page = web.get("/");

        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.header("Content-Type"))
                .containsIgnoringCase("text/html")
                .containsIgnoringCase("utf-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.header("WWW-Authenticate")).isEmpty();
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.body())
                .contains("<h1>container tests</h1>")
                .contains(" " + platform.server().baseUrl() + "/mcp <span>--header</span> ")
                .endsWith("</html>\n");
        for (String secret : platform.keys().secrets()) {
            assertThat(page.body().contains(secret))
                    .as("the page shows a secret")
                    .isFalse();
        }
    }

    @Test
    void pageIsTheSameForEveryCallerAndHeadHasItsHeaders() {
        String page = web.get("/").body();

        assertThat(web.get("/", platform.key("admin")).body()).isEqualTo(page);
        assertThat(web.get("/", "a-key-of-no-entry").body()).isEqualTo(page);
        Answer head = web.send(web.to("/").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "//", "/.", "/api/v1/whoami", "/sse", "/mcp"})
    void everyOtherAddressStillNeedsACaller(String path) {
        assertThat(web.get(path).status()).isNotEqualTo(200);
    }

    @Test
    void otherMethodsStillNeedACaller() {
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            assertThat(web.send(web.to("/").method(method, BodyPublishers.noBody()))
                            .status())
                    .as(method)
                    .isEqualTo(401);
        }
    }

    @Test
    void foreignPageMayNotReadIt() {
        assertThat(web.send(web.to("/").header("Origin", "https://evil.example.net"))
                        .status())
                .isEqualTo(403);
    }
}
