package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadCheckTest {

    private final InMemoryRequest request = new InMemoryRequest();
    private final InMemoryResponse response = new InMemoryResponse();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 5",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: chunked;a=b",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding:",
                "Content-Length: 5|Content-Length: 5",
                "Content-Length: 5|Content-Length: 6",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length:",
                "Content-Length: 9999999999999999999",
            })
    void bodyWhoseEndIsNotClearIsRefusedAndTheConnectionClosed(String headers) {
        for (String header : headers.split("\\|")) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon), header.substring(colon + 1).replaceFirst("^ ", ""));
        }

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isTrue();
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers())
                .containsEntry("Connection", "close")
                .containsEntry("Content-Type", ProblemDetail.MEDIA_TYPE);
    }

    @Test
    void bodyWithALengthIsLetThroughOnAConnectionThatStays() {
        request.header("Content-Length", "5");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
        assertThat(response.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void connectionIsClosedBehindAMethodWithABodyThatShowsNoLength(String method) {
        request.asking(method, "/messages");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
        assertThat(response.headers()).containsEntry("Connection", "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
    void connectionStaysBehindAMethodWithoutABody(String method) {
        request.asking(method, "/messages");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
        assertThat(response.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%ff%fe", "/%zz", "/%2", "/a%00", "/a%0ab", "/%c3%28", "/%7f", "/%c2%80"})
    void pathThatIsNoTextIsRefused(String path) {
        request.asking("GET", path);

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isTrue();
        assertThat(response.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/a%20b", "/%C3%A4", "/a+b", "/.well-known/oauth-protected-resource/sse"})
    void pathThatIsTextIsLetThrough(String path) {
        request.asking("GET", path);

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
    }

    /** A server may have removed the Content-Length that was sent with it. */
    @Test
    void connectionIsClosedBehindEveryBodyInChunks() {
        request.header("Transfer-Encoding", "chunked");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
        assertThat(response.headers()).containsEntry("Connection", "close");
    }

    @Test
    void chunksNeedTheirVersionOfHttp() {
        request.header("Transfer-Encoding", "chunked").protocol("HTTP/1.0");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isTrue();
        assertThat(response.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sse;api_key=canary",
                "/sse;API_KEY=canary",
                "/sse;%61pi_key=canary",
                "/sse%3bapi_key=canary",
                "/sse%3Bapi_key=canary",
                "/api;token=canary/v1/whoami",
                "/;access_token=canary/sse",
                "/sse;jsessionid=1",
                "/sse;",
            })
    void pathParametersAreRefusedAndNotRepeated(String path) {
        request.asking("GET", path);

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isTrue();
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("semicolon").doesNotContain("canary");
        assertThat((String) request.asRequest().getAttribute("io.mcpdata.path"))
                .startsWith("/app/")
                .doesNotContain(";", "canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "x-gzip", "identity, gzip", ""})
    void compressedBodyIsRefused(String coding) {
        request.header("Content-Encoding", coding);

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isTrue();
        assertThat(response.status()).isEqualTo(415);
        assertThat(response.headers()).containsEntry("Accept-Encoding", "identity");
    }

    @Test
    void identityIsNoCompression() {
        request.header("Content-Encoding", "Identity").header("Content-Length", "5");

        assertThat(RequestHeadCheck.answers(request.asRequest(), response.asResponse()))
                .isFalse();
    }
}
