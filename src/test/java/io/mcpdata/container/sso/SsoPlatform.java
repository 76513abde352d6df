package io.mcpdata.container.sso;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One platform with single sign-on for all tests, because a server start is slow. */
public final class SsoPlatform {

    public static final FakeIssuer ISSUER = new FakeIssuer();

    /** The platform asks it for its keys every {@link #KEY_REFRESH}; tests change its answers. */
    static final FakeIssuer CHANGING_ISSUER = new FakeIssuer();

    /** An issuer whose ID tokens are accepted. */
    static final FakeIssuer ID_TOKEN_ISSUER = new FakeIssuer();

    /** An issuer whose tokens have the shapes of several providers. */
    static final FakeIssuer PROVIDERS = new FakeIssuer();

    /** Its discovery document is that of Entra ID for all tenants. */
    static final FakeIssuer MISTAKEN_ISSUER = new FakeIssuer();

    static {
        MISTAKEN_ISSUER.on(
                FakeIssuer.DISCOVERY,
                FakeIssuer.text("{\"issuer\":\"https://login.microsoftonline.com/{tenantid}/v2.0\"}"));
    }

    /** No server listens on this port: an issuer that never answered. */
    static final String ABSENT_ISSUER = "http://127.0.0.1:1";

    /** How often the documented example asks for keys here; its own value of five minutes is too long for a test. */
    static final Duration KEY_REFRESH = Duration.ofSeconds(5);

    /** How far the clocks may differ; the default is half a minute, and tests wait for it. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(3);

    private static final String ISSUERS = """
              oidc:
                enabled: true
                issuers:
                  - issuer: %s
                    audience: mcp-data-platform
                    required_scopes: [openid, mcp]
                  - issuer: %s
                    audience: mcp-data-platform
                  - issuer: %s
                    audience: mcp-data-platform
                    key_refresh: %ds
                  - issuer: %s
                    audience: mcp-data-platform
                    allow_id_tokens: true
                  - issuer: %s
                    audience: mcp-data-platform
                    client_id: [another, 7k3example]
                    authorized_party_claim: client_id
                    role_claim_path: ["cognito:groups", "urn:zitadel:iam:org:project:roles"]
                    role_member_names: true
                  - issuer: %s
                    audience: mcp-data-platform
            """.formatted(
                    ISSUER.url(),
                    ABSENT_ISSUER,
                    CHANGING_ISSUER.url(),
                    KEY_REFRESH.toSeconds(),
                    ID_TOKEN_ISSUER.url(),
                    PROVIDERS.url(),
                    MISTAKEN_ISSUER.url());

    /** May manage keys, and is not an administrator. */
    private static final String HELPDESK = """
              helpdesk:
                roles: [helpdesk]
                priority: 20
                permissions: ["mcp:connect", "keys:manage"]
            """;

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static @Nullable Platform shared;

    private SsoPlatform() {}

    public static synchronized Platform get() {
        Platform known = shared;
        if (known == null) {
            known = Platform.start(Platform.Options.standard().withYaml(yaml("https://set.later.example", ISSUERS)));
            configure(known);
            shared = known;
        }
        return known;
    }

    /** All of them, in the order of the configuration. */
    static List<String> issuers() {
        return List.of(
                ISSUER.url(),
                ABSENT_ISSUER,
                CHANGING_ISSUER.url(),
                ID_TOKEN_ISSUER.url(),
                PROVIDERS.url(),
                MISTAKEN_ISSUER.url());
    }

    /** Puts the configuration with the tests' own issuers in force, and waits for that. */
    static void configure(Platform platform) {
        configure(platform, platform.server().baseUrl());
    }

    /** The same where clients reach the platform at another address. */
    static void configure(Platform platform, String publicUrl) {
        configure(platform, publicUrl, ISSUERS, ISSUER.url());
    }

    /** The same with what docs/sso.md prints for Keycloak, this issuer in place of the printed one. */
    static void configureAsDocumented(Platform platform, String issuer) {
        String oidc = documented().replace("https://auth.example.com/realms/data", issuer);
        configure(
                platform,
                platform.server().baseUrl(),
                oidc + "    key_refresh: " + KEY_REFRESH.toSeconds() + "s\n    clock_skew: " + CLOCK_SKEW.toSeconds()
                        + "s\n",
                issuer);
    }

    private static void configure(Platform platform, String url, String oidc, String issuer) {
        platform.configure(yaml(url, oidc));
        Web web = new Web(platform);
        Eventually.within(Duration.ofSeconds(20), "the new configuration is in force", () -> {
            String metadata = web.get("/.well-known/oauth-protected-resource").body();
            return metadata.contains("\"" + url + "\"") && metadata.contains("\"" + issuer + "\"");
        });
    }

    private static String documented() {
        try {
            Matcher first = YAML.matcher(Files.readString(Path.of("docs/sso.md")));
            if (!first.find()) {
                throw new AssertionError("docs/sso.md has no example");
            }
            return first.group(1).replaceFirst("(?s).*auth:\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String yaml(String publicUrl, String oidc) {
        return Platform.standardYaml()
                .replaceFirst("auth:\n", Matcher.quoteReplacement("auth:\n" + oidc))
                .replaceFirst("\npersonas:\n", "\npersonas:\n" + HELPDESK)
                .replaceFirst("server:\n", "server:\n  public_url: " + publicUrl + "\n");
    }
}
