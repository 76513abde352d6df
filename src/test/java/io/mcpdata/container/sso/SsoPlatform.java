package io.mcpdata.container.sso;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One platform with single sign-on for all tests of this package: a server start is dear. */
final class SsoPlatform {

    static final FakeIssuer ISSUER = new FakeIssuer();

    /** Nobody listens on this port: an issuer that never was there. */
    static final String ABSENT_ISSUER = "http://127.0.0.1:1";

    private static @Nullable Platform shared;

    private SsoPlatform() {}

    static synchronized Platform get() {
        Platform known = shared;
        if (known == null) {
            known = Platform.start(Platform.Options.standard().withYaml(yaml("https://set.later.example", "")));
            configure(known, "");
            shared = known;
        }
        return known;
    }

    /** Puts the configuration in force with these issuers besides the standard ones, and waits until it is. */
    static void configure(Platform platform, String moreIssuers) {
        String url = platform.server().baseUrl();
        platform.configure(yaml(url, moreIssuers));
        Web web = new Web(platform);
        String expected = url + "/.well-known/oauth-protected-resource";
        Eventually.within(
                Duration.ofSeconds(20),
                "the new configuration is in force",
                () -> web.get("/api/v1/whoami").header("WWW-Authenticate").contains(expected)
                        && moreIssuers
                                .lines()
                                .filter(line -> line.contains("issuer:"))
                                .allMatch(line -> web.get("/.well-known/oauth-protected-resource")
                                        .body()
                                        .contains(line.replaceAll(".*issuer: *", "")
                                                .strip())));
    }

    private static String yaml(String publicUrl, String moreIssuers) {
        String oidc = """
                auth:
                  oidc:
                    enabled: true
                    issuers:
                      - issuer: %s
                        audience: mcp-data-platform
                        required_scopes: [openid, mcp]
                      - issuer: %s
                        audience: mcp-data-platform
                """.formatted(ISSUER.url(), ABSENT_ISSUER) + moreIssuers;
        return Platform.standardYaml()
                .replaceFirst("auth:\n", java.util.regex.Matcher.quoteReplacement(oidc))
                .replaceFirst("server:\n", "server:\n  public_url: " + publicUrl + "\n");
    }
}
