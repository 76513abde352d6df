package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.InMemoryActiveConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application of {@link InMemoryRequest} is at {@code /app}. */
final class PublicPathTest {

    private static final String PROXY = "10.0.0.1";

    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.of(
            "server: {public_url: 'https://apps.example.com/data', trusted_proxies: [10.0.0.0/8]}");
    private final PublicPath path = new PublicPath(configuration, new RequestOrigins(configuration));

    private String of(InMemoryRequest request) {
        return path.of(request.asRequest());
    }

    private static InMemoryRequest prefixed(String prefix) {
        return new InMemoryRequest().from(PROXY).header("X-Forwarded-Prefix", prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "https://apps.example.com/data, /data",
        "https://apps.example.com/data/, /data",
        "https://apps.example.com/a/b, /a/b",
        "https://apps.example.com/team/app, /team/app",
        "https://apps.example.com/app, /app",
        "https://apps.example.com/, /app",
        "https://apps.example.com, /app"
    })
    void pathOfThePublicUrlIsWhereClientsAre(String publicUrl, String expected) {
        configuration.change("server: {public_url: '" + publicUrl + "'}");
        assertThat(of(new InMemoryRequest())).isEqualTo(expected);
    }

    @Test
    void withoutAPublicUrlTheApplicationIsWhereItIs() {
        configuration.change("server: {}");
        assertThat(of(new InMemoryRequest())).isEqualTo("/app");
    }

    @ParameterizedTest
    @CsvSource({"/team, /team/app", "/team/, /team/app", "/app, /app", "/team/app, /team/app", "/x-app, /x-app/app"})
    void prefixOfATrustedProxyIsPutInFrontOnce(String prefix, String expected) {
        assertThat(of(prefixed(prefix))).isEqualTo(expected);
    }

    @Test
    void prefixOfAStrangerIsIgnored() {
        assertThat(of(new InMemoryRequest().from("192.0.2.7").header("X-Forwarded-Prefix", "/team")))
                .isEqualTo("/data");
    }

    /** With two slashes at the beginning, a client would send its key to another host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/a//b",
                "/a b",
                "/a?b",
                "/a#b",
                "/a\r\nb",
                "/a, /b",
                "a",
                "/",
                "",
                "/\u00e9",
                "/a\\b"
            })
    void prefixThatIsNoPathIsIgnored(String prefix) {
        assertThat(of(prefixed(prefix))).isEqualTo("/data");
    }

    @Test
    void severalOrLongPrefixesAreIgnored() {
        assertThat(of(prefixed("/a").header("X-Forwarded-Prefix", "/b"))).isEqualTo("/data");
        assertThat(of(prefixed("/" + "x".repeat(5_000)))).isEqualTo("/data");
    }
}
