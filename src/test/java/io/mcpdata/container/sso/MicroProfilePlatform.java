package io.mcpdata.container.sso;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.DebugPort;
import io.mcpdata.container.server.Platform;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A platform at a context root, in Turkish, with the properties of MicroProfile JWT. Without single sign-on in its
 * configuration the properties have no effect. The contract matrix ends it.
 */
public final class MicroProfilePlatform {

    private static final DebugPort DEBUG = DebugPort.free();

    public static final String CONTEXT_ROOT = "/data";
    static final String COOKIE = "session-token";
    static final String URL = "https://mcp.example.com";

    /** Single sign-on without an issuer: the properties name one. */
    static final String SILENT = SsoPlatform.yaml(URL, "  oidc:\n    enabled: true\n");

    static final TokenMint MINT = new TokenMint(SsoPlatform.ISSUER.url(), Instant.now());
    static final String KEY_LIKE_A_TOKEN = MINT.token(MINT.claims().with("jti", "\"a key\""));

    private static @Nullable Platform shared;

    private MicroProfilePlatform() {}

    /** Where a debugger finds the server. */
    public static DebugPort debugPort() {
        return DEBUG;
    }

    /** The running server, or a new one. */
    public static synchronized Platform get() {
        Platform known = shared;
        if (known == null || !known.server().process().isAlive()) {
            known = Platform.start(Platform.Options.standard()
                    .at(CONTEXT_ROOT)
                    .withYaml(SILENT)
                    .withJvmOption(DEBUG.option())
                    .withJvmOption("-Duser.language=tr")
                    .withJvmOption("-Duser.country=TR")
                    .withEnvironment(Map.of(
                            "MP_JWT_VERIFY_ISSUER",
                            MINT.issuer(),
                            "MP_JWT_VERIFY_AUDIENCES",
                            "another," + TokenMint.AUDIENCE,
                            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                            MINT.issuer() + FakeIssuer.KEYS,
                            "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM",
                            "RS256",
                            "MP_JWT_VERIFY_CLOCK_SKEW",
                            "5",
                            "MP_JWT_VERIFY_TOKEN_AGE",
                            "600",
                            "MP_JWT_TOKEN_HEADER",
                            "Cookie",
                            "MP_JWT_TOKEN_COOKIE",
                            COOKIE,
                            "KEY_LIKE_A_TOKEN",
                            KEY_LIKE_A_TOKEN)));
            shared = known;
        }
        return known;
    }
}
