package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused by their head, byte by byte: no HTTP client sends them. */
@ArquillianTest
final class RequestHeadIT {

    private static final String HOST = "\r\nHost: 127.0.0.1\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String SECOND = "GET /healthz HTTP/1.1" + HOST + "\r\n";
    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";

    @ArquillianResource
    private Platform platform;

    /** Java's own HTTP client offers HTTP/2 with every request, also with one that has a body. */
    @Test
    void bodyOfARequestThatOffersHttp2IsRead() {
        Web web = Web.preferringHttp2(platform);
        try (McpConversation conversation = McpConversation.begin(web, platform.key("viewer"))) {
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
        }
        assertThat(web.post("/api/v1/keys", platform.key("admin"), "{}").status())
                .isEqualTo(400);
    }

    /**
     * Some servers refuse some of these themselves, and some read the body in chunks; none serves the bytes behind it
     * as a request.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 99\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 99",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: Chunked",
                "Content-Length: 15\r\nContent-Length: 15",
                "Content-Length: 15\r\nContent-Length: 99",
                "Content-Length: 15, 15",
                "Content-Length: +15",
            })
    void bytesBehindABodyWhoseEndIsNotClearAreNoSecondRequest(String framing) throws IOException {
        for (String first : firstRequests()) {
            String answer = RawHttp.untilClosed(platform.server(), first + framing + "\r\n\r\n" + CHUNKS + SECOND);

            assertThat(answer).as(first + framing).contains("HTTP/1.1 4").doesNotContain("HTTP/1.1 2");
            assertThat(answer.split("HTTP/1\\.1 ", -1))
                    .as("answers to " + first + framing)
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void compressedBodyIsRefused(String coding) throws IOException {
        String framing = "Content-Encoding: " + coding + "\r\nContent-Length: 15\r\nConnection: close\r\n\r\n";
        for (String first : firstRequests()) {
            assertThat(RawHttp.untilClosed(platform.server(), first + framing + CHUNKS))
                    .as(first)
                    .startsWith("HTTP/1.1 415")
                    .contains("application/problem+json", "Content-Encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /WEB-INF/web.xml",
                "GET /META-INF/MANIFEST.MF",
                "OPTIONS *",
                "BREW /sse",
                "GET /no-such-place"
            })
    void pagesOfTheServersOwnAreProblemDocuments(String line) throws IOException {
        String bearer = "Authorization: Bearer " + platform.key("viewer") + "\r\n";
        for (String credential : List.of("", bearer)) {
            assertThat(RawHttp.untilClosed(
                            platform.server(), line + " HTTP/1.1" + HOST + credential + "Connection: close\r\n\r\n"))
                    .as(line)
                    .startsWith("HTTP/1.1 4")
                    .contains("application/problem+json")
                    .doesNotContain("<html", "HTML");
        }
    }

    private List<String> firstRequests() {
        String bearer = "Authorization: Bearer " + platform.key("viewer") + "\r\n";
        return List.of(
                "POST /register HTTP/1.1" + HOST + JSON,
                "POST /messages?sessionId=none HTTP/1.1" + HOST + JSON,
                "POST /messages?sessionId=none HTTP/1.1" + HOST + JSON + bearer);
    }
}
