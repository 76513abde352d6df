package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console: public, each with its type, and only those. */
@ArquillianTest
final class ConsoleFilesIT {

    private static final Path SOURCES = Path.of("src", "main", "webapp", "console");

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @ParameterizedTest
    @CsvSource({
        "/console/, text/html, index.html",
        "/console/index.html, text/html, index.html",
        "/console/console.css, text/css, console.css",
        "/console/icon.svg, image/svg+xml, icon.svg",
        "/console/js/main.js, text/javascript, js/main.js",
    })
    void fileIsPublicAndHasItsTypeAndHeaders(String path, String type, String source) throws IOException {
        Answer file = web.get(path);

        assertThat(file.status()).as(file.body()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(Files.readString(SOURCES.resolve(source)));
        assertThat(file.header("Content-Type")).startsWith(type);
        assertThat(file.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ")
                .contains("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(file.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(file.header("Set-Cookie")).isEmpty();
        assertThat(file.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void everyFileIsAnsweredTheSameToEveryCaller() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String path = "/console/" + SOURCES.relativize(source);
                String content = Files.readString(source);
                assertThat(web.get(path).body()).as(path).isEqualTo(content);
                assertThat(web.get(path, platform.key("admin")).body()).isEqualTo(content);
                assertThat(web.get(path, "a-key-of-no-entry").body()).isEqualTo(content);
            }
        }
    }

    @Test
    void knownContentIsNotSentAgain() {
        Answer first = web.get("/console/js/main.js");
        String tag = first.header("ETag");

        Answer second = web.send(web.to("/console/js/main.js").header("If-None-Match", tag));
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(tag);
        assertThat(web.send(web.to("/console/js/main.js").header("If-None-Match", "\"other\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void headHasTheHeadersAndNoBody() {
        Answer head = web.send(web.to("/console/js/main.js").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).startsWith("text/javascript");
        assertThat(head.header("Content-Length"))
                .isEqualTo(web.get("/console/js/main.js").header("Content-Length"));
    }

    /** Also for servers that have a console of their own at this path. */
    @Test
    void addressWithoutTheSlashLeadsToThePage() {
        Answer moved = web.get("/console");

        assertThat(moved.status()).isEqualTo(308);
        assertThat(moved.header("Location")).isEqualTo("console/");
        assertThat(moved.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/no-such-file.js",
                "/console/js/",
                "/console/js",
                "/console/js/main.js/",
                "/console/JS/main.js",
                "/console/WEB-INF/web.xml",
                "/console/../WEB-INF/web.xml",
                "/console/js/../../WEB-INF/web.xml",
                "/console/..%2fWEB-INF/web.xml",
                "/console/%2e%2e/WEB-INF/web.xml",
                "/console/%2e%2e%2fWEB-INF%2fweb.xml",
                "/console/..%5cWEB-INF%5cweb.xml",
                "/console/..\\WEB-INF\\web.xml",
                "/console/..;/WEB-INF/web.xml",
                "/console/;/../WEB-INF/web.xml",
                "/console/%252e%252e/WEB-INF/web.xml",
                "/console/..%c0%afWEB-INF/web.xml",
                "/console/..%00/WEB-INF/web.xml",
                "/console/js/main.js%00.html",
                "/console//etc/passwd",
                "/console/../../../../../../etc/passwd",
                "/console/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/console/../META-INF/MANIFEST.MF",
                "/console/../api/v1/keys",
                "/console/..;/api/v1/keys",
                "/console/%2e%2e/api/v1/keys",
                "/console/;/../../api/v1/keys",
            })
    void noOtherFileAndNoEndpointIsReachedFromTheFolder(String path) throws IOException {
        String answer = RawHttp.untilClosed(
                platform.server(), "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .as(path)
                .startsWith("HTTP/1.1 4")
                .doesNotContain("<web-app", "root:", "Manifest-Version", "key_id", "<html", "Directory", "import ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
    void otherMethodsAreRefused(String method) {
        Answer refused = web.send(web.to("/console/").method(method, BodyPublishers.noBody()));

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void foreignPagesAndForeignNamesGetNothing() throws IOException {
        assertThat(web.send(web.to("/console/").header("Origin", "https://evil.example.net"))
                        .status())
                .isEqualTo(403);
        assertThat(RawHttp.answer(platform.server(), "evil.example.net", "GET /console/ HTTP/1.1"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void publicPageLinksTheConsole() {
        assertThat(web.get("/").body()).contains(platform.server().baseUrl() + "/console/\">console</a>");
    }

    /** A policy that forbids them does not help a browser that ignores it. */
    @Test
    void filesHaveNoCodeInMarkupAndNoOtherHost() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(source);
                for (String forbidden : List.of(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(",
                        "new Function",
                        "localStorage",
                        "sessionStorage",
                        "indexedDB",
                        "document.cookie",
                        "<style",
                        " style=",
                        "https://")) {
                    assertThat(content.contains(forbidden))
                            .as(source + " has " + forbidden)
                            .isFalse();
                }
                assertThat(content.lines()).as(source.toString()).hasSizeLessThan(250);
            }
        }
    }
}
