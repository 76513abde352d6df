package io.mcpdata.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.InMemoryResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StartPageTest {

    private static final String KEYS = "auth: {api_keys: {enabled: true, keys: []}}\n";

    private final InMemoryResponse response = new InMemoryResponse();

    private boolean answers(InMemoryRequest request, String yaml) {
        return StartPage.answers(
                request.asRequest(),
                response.asResponse(),
                InMemoryActiveConfiguration.of(yaml).config());
    }

    private String page(String host, String yaml) {
        assertThat(answers(new InMemoryRequest().asking("GET", "/").header("Host", host), yaml))
                .isTrue();
        return response.body();
    }

    @Test
    void pageSaysHowToConnectToTheAddressThatTheClientUsed() {
        String page = page("localhost:9090", KEYS);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("Content-Type", "text/html;charset=UTF-8")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Frame-Options", "DENY");
        assertThat(page)
                .contains("<h1>mcp-data-platform</h1>")
                .contains(
                        "claude mcp add --transport http mcp-data-platform http://localhost:9090/app/mcp <span>--header</span> ")
                .contains("You need a key of this server.")
                .doesNotContain("{{");
    }

    @Test
    void publicUrlIsTheAddressIfThereIsOne() {
        assertThat(page("localhost", "server: {public_url: 'https://mcp.example.com/data/'}\n" + KEYS))
                .contains("https://mcp.example.com/data/mcp")
                .doesNotContain("localhost");
    }

    @Test
    void issuersOfTokensAreNamed() {
        assertThat(page("localhost", """
                        server: {public_url: 'https://mcp.example.com'}
                        auth: {oidc: {enabled: true, issuer: 'https://auth.example.com', audience: mcp-data-platform}}
                        """)).contains("You need an access token of https://auth.example.com.");
    }

    @Test
    void nameIsShownAsTextAndNotRead() {
        assertThat(page("localhost", "server: {name: '<b>A&B</b> $1 {{name}}'}\n" + KEYS))
                .contains("<h1>&lt;b&gt;A&amp;B&lt;/b&gt; $1 {{name}}</h1>");
    }

    /** The address is pasted into a shell. */
    @ParameterizedTest
    @ValueSource(strings = {"a$(id)", "a;id", "a`id`", "a\"b", "a b", "<script>"})
    void addressThatAHeaderMadeUpIsNotShown(String host) {
        assertThat(page(host, KEYS)).contains(" https://ADDRESS/mcp").doesNotContain(host);
    }

    @Test
    void policyAllowsOnlyTheStyleOfThePageAndNoScript() throws Exception {
        String page = page("localhost", KEYS);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(response.headers().get("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'sha256-" + digest
                        + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(page).doesNotContainIgnoringCase("<script").doesNotContain(" style=");
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "DELETE, /", "OPTIONS, /", "GET, /index.html", "GET, ''", "GET, //", "GET, /;a"})
    void otherRequestsAreNotAnswered(String method, String path) {
        assertThat(answers(new InMemoryRequest().asking(method, path).header("Host", "localhost"), KEYS))
                .isFalse();
    }

    @Test
    void headHasTheHeadersOfThePage() {
        assertThat(answers(new InMemoryRequest().asking("HEAD", "/").header("Host", "localhost"), KEYS))
                .isTrue();
        assertThat(response.headers()).containsKey("Content-Length");
    }
}
