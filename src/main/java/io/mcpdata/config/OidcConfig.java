package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * Section {@code auth.oidc}: single sign-on.
 *
 * @param issuers the identity providers whose tokens are accepted, each under its own rules
 * @param cookie a cookie that may carry the token instead of the {@code Authorization} header, as {@code
 *     mp.jwt.token.cookie} says
 */
public record OidcConfig(
        boolean enabled,
        List<IssuerConfig> issuers,
        @ConfigKey(told = false) Optional<String> cookie) implements ConfigRecord {

    public static final OidcConfig OFF = new OidcConfig(false, List.of(), Optional.empty());

    public OidcConfig {
        issuers = List.copyOf(issuers);
    }
}
