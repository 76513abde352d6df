package io.mcpdata.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Section {@code auth.oidc}: one issuer, or a list of them under {@code issuers}. */
final class OidcSection {

    private static final String DEFAULT_COOKIE = "Bearer";
    private static final Pattern COOKIE_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    private final Set<String> seen = new HashSet<>();

    OidcConfig read(Section auth) {
        Section oidc = auth.section("oidc");
        boolean several = oidc.isGiven("issuers");
        if (several) {
            oidc.only("enabled", "issuers");
        } else {
            oidc.only(IssuerSection.keysAnd("enabled", "issuers"));
        }
        if (!auth.isGiven("oidc")) {
            return OidcConfig.OFF;
        }
        if (!oidc.isGiven("enabled")) {
            auth.error("oidc", "no enabled", "enabled: true, or enabled: false to leave single sign-on off");
            return OidcConfig.OFF;
        }
        if (!oidc.flag("enabled", false)) {
            return OidcConfig.OFF;
        }
        List<IssuerConfig> issuers = several ? listed(oidc) : single(oidc);
        return new OidcConfig(true, issuers, cookie(oidc));
    }

    private List<IssuerConfig> single(Section oidc) {
        return new IssuerSection(oidc, oidc::outside).read().map(List::of).orElse(List.of());
    }

    private List<IssuerConfig> listed(Section oidc) {
        List<IssuerConfig> issuers = new ArrayList<>();
        for (Section entry : oidc.sections("issuers")) {
            entry.only(IssuerSection.keysAnd());
            // with several issuers it is unknown which of them mp.jwt.verify.* belongs to
            new IssuerSection(entry, property -> Optional.empty())
                    .read()
                    .filter(issuer -> isFirst(entry, issuer))
                    .ifPresent(issuers::add);
        }
        if (issuers.isEmpty()) {
            oidc.error("issuers", "no usable issuer", "a list with at least one issuer");
        }
        return issuers;
    }

    private boolean isFirst(Section entry, IssuerConfig issuer) {
        boolean first = seen.add(issuer.issuer());
        if (!first) {
            entry.error("issuer", "an issuer a second time", "each issuer once");
        }
        return first;
    }

    private static Optional<String> cookie(Section oidc) {
        Optional<String> header = oidc.outside("mp.jwt.token.header");
        if (header.filter(name -> !name.equals("Cookie") && !name.equals("Authorization"))
                .isPresent()) {
            oidc.error("", "another value in mp.jwt.token.header", "Authorization or Cookie");
        }
        Optional<String> cookie = header.filter("Cookie"::equals)
                .map(name -> oidc.outside("mp.jwt.token.cookie").orElse(DEFAULT_COOKIE));
        if (cookie.filter(name -> !COOKIE_NAME.matcher(name).matches()).isPresent()) {
            oidc.error("", "no cookie's name in mp.jwt.token.cookie", "a name such as " + DEFAULT_COOKIE);
        }
        return cookie;
    }
}
