package io.mcpdata.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.InMemoryResponse;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.metrics.Metrics;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginCheckTest {

    private static final String PAGE = "https://app.example.com";

    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.of(
            "server: {public_url: 'https://mcp.example.com', allowed_origins: ['https://app.example.com']}");
    private final RequestOrigins origins = new RequestOrigins(configuration);
    private final OriginCheck check = new OriginCheck(
            configuration,
            new OriginPolicy(configuration, origins, new RefusalRows(event -> {}, Clock.systemUTC())),
            new PublicMetrics(configuration, origins, new Metrics()));
    private final InMemoryResponse response = new InMemoryResponse();

    private boolean answers(InMemoryRequest request) {
        return check.answers(request.header("Host", "mcp.example.com").asRequest(), response.asResponse());
    }

    private static InMemoryRequest question(String page) {
        return new InMemoryRequest()
                .asking("OPTIONS", "/sse")
                .header("Origin", page)
                .header("Access-Control-Request-Method", "GET");
    }

    @Test
    void listedPageMayReadEveryAnswer() {
        assertThat(answers(new InMemoryRequest().header("Origin", PAGE))).isFalse();
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", PAGE)
                .containsEntry("Vary", "Origin")
                .containsEntry(
                        "Access-Control-Expose-Headers",
                        "WWW-Authenticate, Retry-After, ETag, Mcp-Session-Id, MCP-Protocol-Version")
                .doesNotContainKey("Access-Control-Allow-Credentials");
    }

    /** A browser compares the header with what it sent, letter by letter. */
    @Test
    void originIsNamedAsTheBrowserWroteIt() {
        configuration.change(
                "server: {public_url: 'https://mcp.example.com', allowed_origins: ['https://App.example.com:443']}");
        assertThat(answers(new InMemoryRequest().header("Origin", PAGE))).isFalse();
        assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", PAGE);
    }

    @Test
    void questionOfAListedPageIsAnsweredWithoutACredential() {
        assertThat(answers(question(PAGE))).isTrue();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", PAGE)
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE")
                .containsEntry(
                        "Access-Control-Allow-Headers",
                        "Accept, Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-API-Key")
                .containsEntry("Access-Control-Max-Age", "7200")
                .containsEntry("Vary", "Origin, Access-Control-Request-Headers")
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void headersOfMcpThatAPageAsksForAreAllowedAndNoOthers() {
        answers(question(PAGE)
                .header(
                        "Access-Control-Request-Headers",
                        "mcp-session-id, Mcp-Name,authorization,x-evil,mcp-,mcp-a b,cookie,mcp-session-id"));
        assertThat(response.headers())
                .containsEntry(
                        "Access-Control-Allow-Headers",
                        "Accept, Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-API-Key, mcp-name, mcp-session-id");
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example.net", "https://app.example.com.evil.net", "http://app.example.com", "null"})
    void foreignPageIsRefusedAndMayReadNothing(String page) {
        assertThat(answers(question(page))).isTrue();
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-"));
    }

    @Test
    void ownPageAsksNoQuestionsAndNeedsNoLeave() {
        assertThat(answers(new InMemoryRequest().header("Origin", "https://mcp.example.com")))
                .isFalse();
        assertThat(answers(question("https://mcp.example.com"))).isFalse();
        assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-"));
    }

    @Test
    void withoutListedPagesNothingIsSaidToAny() {
        configuration.change("server: {public_url: 'https://mcp.example.com'}");
        assertThat(answers(new InMemoryRequest())).isFalse();
        assertThat(response.headers()).isEmpty();
        assertThat(answers(question(PAGE))).isTrue();
        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void plainOptionsIsNoQuestionOfABrowser() {
        assertThat(answers(new InMemoryRequest().asking("OPTIONS", "/sse").header("Origin", PAGE)))
                .isFalse();
    }

    @Test
    void secondLookAtTheSameRequestSaysTheSame() {
        HttpServletRequest request = new InMemoryRequest()
                .header("Host", "mcp.example.com")
                .header("Origin", PAGE)
                .asRequest();
        assertThat(check.answers(request, response.asResponse())).isFalse();
        assertThat(check.answers(request, response.asResponse())).isFalse();
        assertThat(response.headers()).containsEntry("Vary", "Origin");
    }
}
