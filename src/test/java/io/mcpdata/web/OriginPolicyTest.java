package io.mcpdata.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.RequestOrigins;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginPolicyTest {

    private final List<AuditEvent> rows = new ArrayList<>();
    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.of("""
            server:
              public_url: https://mcp.example.com/data
              allowed_origins: ["https://app.example.com", "http://localhost:3000", "vscode-file://vscode-app",
                                "app://obsidian.md", "tauri://localhost", "moz-extension://2f1c9b7e-0b5f-4c1e-9d3a-77d0f6b7a111"]
              trusted_proxies: [10.0.0.0/8]
            """);
    private final OriginPolicy policy = new OriginPolicy(
            configuration, new RequestOrigins(configuration), new RefusalRows(rows::add, Clock.systemUTC()));

    private boolean isLetIn(InMemoryRequest request) {
        return policy.refusal(request.asRequest()).isEmpty();
    }

    private static InMemoryRequest host(String host) {
        return new InMemoryRequest().header("Host", host);
    }

    @Test
    void floodOfRefusedRequestsHasFewRows() {
        int flood = 5_000;
        for (int i = 0; i < flood; i++) {
            assertThat(isLetIn(host("evil.example.net"))).isFalse();
        }
        assertThat(rows).hasSizeBetween(20, 40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mcp.example.com", "MCP.Example.COM", "mcp.example.com:443", "mcp.example.com.", "localhost",
                        "localhost:8080",
                "LOCALHOST", "app.localhost:8080", "127.0.0.1:8080", "192.0.2.7", "[::1]:8080", "[2001:db8::1]"
            })
    void hostThatNoPageCanBeReboundToIsBelieved(String host) {
        assertThat(isLetIn(host(host))).isTrue();
        assertThat(rows).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.net",
                "mcp.example.com.evil.net",
                "evil-mcp.example.com",
                "localhost.evil.net",
                "evillocalhost",
                "127.0.0.1.evil.net",
                "127.0.0.1.nip.io:8080",
                "2130706433",
                "0x7f.0.0.1",
                "017700000001",
                "127.1",
                "[::1].evil.net",
                "[::1]evil.net:80",
                "[evil.net]",
                "user@127.0.0.1",
                "127.0.0.1@evil.net",
                "127.0.0.1#evil",
                "evil.net:80:80",
                "::1",
                "mcp.example.com evil.net",
                "mcp.example.com,evil.net",
                "mcp\u2024example.com",
                ":8080",
                "/"
            })
    void anyOtherHostIsRefusedAndAudited(String host) {
        assertThat(policy.refusal(host(host).asRequest()))
                .hasValueSatisfying(words -> assertThat(words).contains("Host").doesNotContain("evil"));
        assertThat(rows).extracting(AuditEvent::category).containsExactly("host_refused");
    }

    @Test
    void clientsThatAreNoBrowsersSendNoOrigin() {
        assertThat(isLetIn(host("localhost"))).isTrue();
        assertThat(isLetIn(new InMemoryRequest())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, https://app.example.com",
        "mcp.example.com, https://app.example.com:443",
        "mcp.example.com, HTTPS://APP.example.com",
        "mcp.example.com, https://mcp.example.com",
        "mcp.example.com, https://mcp.example.com:443",
        "localhost:8080, http://localhost:3000",
        "localhost:8080, http://localhost:8080",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080",
        "127.0.0.1, http://127.0.0.1:80",
        "localhost:8080, vscode-file://vscode-app",
        "localhost:8080, app://obsidian.md",
        "localhost:8080, tauri://localhost",
        "localhost:8080, moz-extension://2f1c9b7e-0b5f-4c1e-9d3a-77d0f6b7a111",
    })
    void ownAndAllowedOriginsAreAccepted(String host, String origin) {
        assertThat(isLetIn(host(host).header("Origin", origin))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, null",
        "mcp.example.com, ''",
        "mcp.example.com, *",
        "mcp.example.com, https://evil.example.net",
        "mcp.example.com, https://app.example.com.evil.net",
        "mcp.example.com, https://evil.net/https://app.example.com",
        "mcp.example.com, http://app.example.com",
        "mcp.example.com, https://app.example.com:8443",
        "mcp.example.com, https://app.example.com/",
        "mcp.example.com, 'https://app.example.com https://evil.net'",
        "mcp.example.com, mcp.example.com",
        "localhost:8080, http://localhost:8081",
        "localhost:8080, http://127.0.0.1:8080",
        "localhost:8080, http://localhost",
        "localhost:8080, vscode-file://other-app",
        "localhost:8080, app://obsidian.md:80",
        "localhost:8080, tauri://localhost:8080",
        "localhost:8080, APP://",
        "127.0.0.1:8080, file://",
    })
    void foreignOriginIsRefusedAndAudited(String host, String origin) {
        assertThat(policy.refusal(host(host).header("Origin", origin).asRequest()))
                .hasValueSatisfying(words -> assertThat(words).startsWith("The Origin \"" + origin + "\" "));
        assertThat(rows).extracting(AuditEvent::category).containsExactly("origin_refused");
    }

    @Test
    void refusedOriginIsNamedInPrintableWordsOfBoundedLength() {
        assertThat(policy.refusal(host("localhost")
                        .header("Origin", "https://\u001b[31m\u202e\r\n" + "x".repeat(5_000))
                        .asRequest()))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("The Origin \"https://?[31m???xxx")
                        .matches("[\\x20-\\x7e]{1,256}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "file://", "file:///home/ada/page.html"})
    void originThatEveryLocalFileHasCannotBeListedAndTheAnswerSaysSo(String origin) {
        assertThat(policy.refusal(host("localhost").header("Origin", origin).asRequest()))
                .hasValueSatisfying(words -> assertThat(words).contains("cannot be allowed", "every local file"));
    }

    @Test
    void severalHostsOrOriginsAreRefusedBecauseEachReaderWouldPickItsOwn() {
        assertThat(isLetIn(host("localhost").header("Host", "evil.net"))).isFalse();
        assertThat(isLetIn(host("localhost").header("Host", "localhost"))).isFalse();
        assertThat(isLetIn(host("localhost")
                        .header("Origin", "http://localhost:3000")
                        .header("Origin", "https://evil.net")))
                .isFalse();
        assertThat(rows).extracting(AuditEvent::category).containsOnly("headers_doubled");
    }

    @Test
    void hostBehindATrustedProxyIsTheProxysBusiness() {
        assertThat(isLetIn(host("backend:8080").from("10.0.0.1"))).isTrue();
        assertThat(isLetIn(host("backend:8080").from("192.0.2.7"))).isFalse();
        assertThat(isLetIn(host("backend:8080").from("10.0.0.1").header("Origin", "https://mcp.example.com")))
                .isTrue();
    }

    @Test
    void pageReboundToTheProxyIsStillAForeignPage() {
        assertThat(isLetIn(host("evil.net").from("10.0.0.1").header("Origin", "http://evil.net")))
                .isFalse();
    }

    @Test
    void withoutAPublicUrlNoNameButLoopbackIsBelieved() {
        configuration.change("server: {}");
        assertThat(isLetIn(host("mcp.example.com"))).isFalse();
        assertThat(isLetIn(host("localhost:8080"))).isTrue();
    }

    @Test
    void callerRefusedForItsHostIsToldHowToFixIt() {
        assertThat(policy.refusal(host("evil.net").asRequest()))
                .hasValueSatisfying(words -> assertThat(words).contains("use server.public_url, or set it to"));
        configuration.change("server: {}");
        assertThat(policy.refusal(host("mcp.example.com").asRequest()))
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("server.public_url is not set", "set it to the address that clients use"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /healthz, true",
        "HEAD, /healthz, true",
        "GET, /readyz, true",
        "POST, /healthz, false",
        "GET, /healthz/, false",
        "GET, /healthz;x, false",
        "GET, /%68ealthz, false",
        "GET, /api/v1/whoami, false",
        "GET, /sse, false",
        "GET, /platform.schema.json, false"
    })
    void probesAloneAreAnsweredUnderAnyName(String method, String path, boolean letIn) {
        assertThat(isLetIn(host("mcp.data.svc.cluster.local:8080").asking(method, path)))
                .isEqualTo(letIn);
        assertThat(isLetIn(host("mcp.data.svc.cluster.local:8080")
                        .header("Origin", "http://mcp.data.svc.cluster.local:8080")
                        .asking(method, path)))
                .isFalse();
    }

    @Test
    void refusalStandsEvenIfItCannotBeAudited() {
        RefusalRows failing = new RefusalRows(
                event -> {
                    throw new AuditUnavailableException("down", new IllegalStateException());
                },
                Clock.systemUTC());
        OriginPolicy unheard = new OriginPolicy(configuration, new RequestOrigins(configuration), failing);
        assertThat(unheard.refusal(host("evil.net").asRequest())).isPresent();
    }

    @Test
    void auditRowKnowsWhereTheRequestCameFrom() {
        isLetIn(host("evil.net").from("203.0.113.9").header("User-Agent", "bad/1"));
        assertThat(rows.get(0).origin().clientAddress()).isEqualTo("203.0.113.9");
        assertThat(rows.get(0).origin().userAgent()).isEqualTo("bad/1");
    }
}
