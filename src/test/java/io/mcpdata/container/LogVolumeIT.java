package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.Web;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** What a start writes to a server's logs, and what clients can write by refused requests and by disconnecting. */
@ArquillianTest
final class LogVolumeIT {

    /** In the formats of the three servers' logs. */
    private static final Pattern WARNING =
            Pattern.compile("^(?:WARNING|SEVERE): |\\[(?:WARNING|ERROR) *]|\\d (?:WARN|ERROR) |mWARNING|mSEVERE"
                    + "|^\\[[^]]*] [0-9a-f]{8} \\S+ +[WE] ");

    private static final int MANY = 20;
    private static final String HOST = "\r\nHost: 127.0.0.1\r\n";
    /** One audit line for each refusal, and the servers' own lines between them, but no stack trace. */
    private static final int CHARACTERS_FOR_EACH = 600;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    /** The files of server-config switch off those that say nothing about the platform; docs/deploy explains them. */
    @Test
    void startWritesNoWarningButThoseAboutTheConfiguration() {
        String start = platform.server().logBefore("configuration in force");
        assertThat(start.lines().filter(line -> WARNING.matcher(line).find()))
                .as("one of the test configuration, at least")
                .isNotEmpty()
                .allMatch(line -> line.contains(": platform.yaml:") || line.contains(" platform.yaml:"));
    }

    @Test
    void clientsThatLeaveInMidMessageWriteNoStackTraces() throws Exception {
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            String bearer = "Authorization: Bearer " + platform.key("viewer") + "\r\n";
            for (String begun : List.of(
                    "POST " + viewer.endpoint() + " HTTP/1.1" + HOST + bearer,
                    "POST /messages?sessionId=none HTTP/1.1" + HOST + bearer,
                    "POST /api/v1/keys HTTP/1.1" + HOST + "Authorization: Bearer " + platform.key("admin") + "\r\n",
                    "POST /messages?sessionId=none HTTP/1.1" + HOST,
                    "POST /register HTTP/1.1" + HOST)) {
                for (String framing :
                        List.of("Content-Length: 900\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n384\r\n")) {
                    assertLittleIsLogged(
                            begun.lines().findFirst().orElseThrow() + " " + framing,
                            () -> RawHttp.vanish(
                                    platform.server(),
                                    begun + "Content-Type: application/json\r\n" + framing + "{\"jsonrpc\":\"2.0\","));
                }
            }
        }
    }

    @Test
    void addressesThatCannotBeReadWriteNoStackTracesAndNoKeys() throws Exception {
        String key = Keys.random();
        for (String line : List.of(
                "GET /%zz HTTP/1.1",
                "GET /" + key + "%2 HTTP/1.1",
                "GET http://" + key + "@127.0.0.1/%zz HTTP/1.1",
                "GET http://user:" + key + "@127.0.0.1:99999/%zz HTTP/1.1",
                "GET /%00" + key + " HTTP/1.1",
                "GET /../../" + key + " HTTP/1.1",
                "GET /.well-known/%ff%fe" + key + " HTTP/1.1",
                "GET " + key + " HTTP/1.1",
                "GET /readyz HTTP/1.1\r\nCookie: a=" + key + "\u0001; $x=1",
                "GET /readyz?api_key=" + key + "%zz HTTP/1.1")) {
            assertLittleIsLogged(
                    line.replace(key, "KEY"),
                    () -> RawHttp.untilClosed(platform.server(), line + HOST + "Connection: close\r\n\r\n"));
            assertThat(platform.server().log().contains(key))
                    .as("the log has the key of " + line.replace(key, "KEY"))
                    .isFalse();
        }
    }

    @Test
    void keyInAPathParameterIsRefusedAndNotInTheLog() throws IOException {
        String bearer = "Authorization: Bearer " + platform.key("viewer") + "\r\n";
        String key = Keys.random();
        for (String path : List.of(
                "/sse;api_key=",
                "/sse;%61PI_KEY=",
                "/sse%3Bapi_key=",
                "/api;token=" + key + "/v1/whoami;x=",
                "/healthz;key=")) {
            for (String credential : List.of(bearer, "")) {
                assertThat(RawHttp.untilClosed(
                                platform.server(),
                                "GET " + path + key + " HTTP/1.1" + HOST + credential + "Connection: close\r\n\r\n"))
                        .as(path.replace(key, "KEY"))
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json", "semicolon")
                        .doesNotContain(key);
            }
        }
        assertThat(platform.server().log().contains(key))
                .as("the log has the key")
                .isFalse();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** The lines that the server logs meanwhile, and in the moment after: about one line for many requests. */
    private void assertLittleIsLogged(String what, Step step) throws IOException, InterruptedException {
        String before = platform.server().log();
        for (int i = 0; i < MANY; i++) {
            step.run();
        }
        Thread.sleep(500);
        String after = platform.server().log();
        assertThat(traceLines(after) - traceLines(before))
                .as("lines of stack traces: " + what)
                .isZero();
        assertThat(after.length() - before.length())
                .as("characters of the log: " + what)
                .isLessThan(MANY * CHARACTERS_FOR_EACH);
    }

    private static int traceLines(String log) {
        return log.split("\n\\s+at ", -1).length - 1;
    }
}
