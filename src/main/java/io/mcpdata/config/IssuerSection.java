package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One issuer of {@code auth.oidc}. Where the file is silent, the properties of MicroProfile JWT 2.1 (section
 * "Configuration") are asked.
 */
final class IssuerSection {

    private static final List<String> KEYS = List.of(
            "issuer",
            "jwks_uri",
            "public_key",
            "audience",
            "client_id",
            "role_claim_path",
            "role_prefix",
            "algorithms",
            "required_scopes",
            "clock_skew",
            "max_token_age",
            "outage_tolerance",
            "allow_http");

    /** Signatures that nobody can forge who knows no more than the public key; a test holds this and the verifier's list together. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration OUTAGE = Duration.ofHours(24);

    private final Section section;
    private final Function<String, Optional<String>> properties;

    IssuerSection(Section section, Function<String, Optional<String>> properties) {
        this.section = section;
        this.properties = properties;
    }

    static String[] keysAnd(String... more) {
        return Stream.concat(Stream.of(more), KEYS.stream()).toArray(String[]::new);
    }

    /** Empty if it cannot be used; what is wrong is reported. */
    Optional<IssuerConfig> read() {
        Optional<String> issuer = section.text("issuer").or(() -> properties.apply("mp.jwt.verify.issuer"));
        if (issuer.filter(text -> text.matches("[\\x21-\\x7e]{1,512}")).isEmpty()) {
            section.error(
                    section.isGiven("issuer") ? "issuer" : "",
                    section.isGiven("issuer")
                            ? "an issuer that is blank, or has white space or more than 512 characters"
                            : "no issuer",
                    "issuer: exactly what the tokens' iss says, such as https://auth.example.com/realms/data");
            return Optional.empty();
        }
        Set<String> audiences = audiences();
        if (audiences.isEmpty()) {
            section.error(
                    section.isGiven("audience") ? "audience" : "",
                    "no audience",
                    "audience: what the tokens' aud names when they are meant for this platform");
        }
        return keys(issuer.get()).map(keys -> config(issuer.get(), keys, audiences));
    }

    private IssuerConfig config(String issuer, KeyLocation keys, Set<String> audiences) {
        return new IssuerConfig(
                issuer,
                keys,
                audiences,
                section.text("client_id").filter(text -> !text.isBlank()),
                roleClaims(),
                section.text("role_prefix").orElse(""),
                algorithms(),
                Set.copyOf(section.oneOrMore("required_scopes", "a scope without spaces", IssuerSection::scope)),
                skew(),
                maxAge(),
                section.duration("outage_tolerance", OUTAGE));
    }

    private Set<String> audiences() {
        List<String> configured = section.isGiven("audience")
                ? section.oneOrMore("audience", "an audience", IssuerSection::filled)
                : properties
                        .apply("mp.jwt.verify.audiences")
                        .map(text -> Stream.of(text.split(","))
                                .map(String::strip)
                                .filter(audience -> !audience.isEmpty())
                                .toList())
                        .orElse(List.of());
        return new LinkedHashSet<>(configured);
    }

    private List<String> roleClaims() {
        List<String> paths = section.oneOrMore("role_claim_path", "the name of a claim or a path to one", text -> {
            boolean good = !text.isBlank() && !text.startsWith(".") && !text.endsWith(".");
            return require(text, good);
        });
        return paths.isEmpty() ? List.of("groups") : paths;
    }

    private Set<String> algorithms() {
        if (section.isGiven("algorithms")) {
            List<String> listed = section.oneOrMore(
                    "algorithms",
                    "asymmetric signature algorithms out of "
                            + String.join(", ", ALGORITHMS.stream().sorted().toList()),
                    text -> require(text, ALGORITHMS.contains(text)));
            return listed.isEmpty() ? ALGORITHMS : Set.copyOf(listed);
        }
        return properties
                .apply("mp.jwt.verify.publickey.algorithm")
                .map(text -> {
                    if (!ALGORITHMS.contains(text)) {
                        section.error("", "mp.jwt.verify.publickey.algorithm with another value", "RS256 or ES256");
                    }
                    return Set.of(text);
                })
                .orElse(ALGORITHMS);
    }

    private Duration skew() {
        if (section.text("clock_skew").filter("0s"::equals).isPresent()) {
            return Duration.ZERO;
        }
        Duration skew = section.isGiven("clock_skew")
                ? section.duration("clock_skew", SKEW)
                : seconds("mp.jwt.verify.clock.skew").orElse(SKEW);
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            section.error(
                    section.isGiven("clock_skew") ? "clock_skew" : "", "a skew of " + skew, "at most ten minutes");
        }
        return skew;
    }

    private Optional<Duration> maxAge() {
        return section.isGiven("max_token_age")
                ? Optional.of(section.duration("max_token_age", OUTAGE))
                : seconds("mp.jwt.verify.token.age");
    }

    private Optional<Duration> seconds(String property) {
        return properties.apply(property).flatMap(text -> {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            section.error("", property + " with another value", "a number of seconds");
            return Optional.empty();
        });
    }

    private Optional<KeyLocation> keys(String issuer) {
        if (section.isGiven("jwks_uri") && section.isGiven("public_key")) {
            section.error("public_key", "both jwks_uri and public_key", "one of them, or neither for discovery");
            return Optional.empty();
        }
        if (section.isGiven("public_key")) {
            return section.text("public_key").map(KeyLocation.Inline::new);
        }
        if (section.isGiven("jwks_uri")) {
            return section.text("jwks_uri").flatMap(text -> address("jwks_uri", text));
        }
        Optional<String> inline = properties.apply("mp.jwt.verify.publickey");
        if (inline.isPresent()) {
            return inline.map(KeyLocation.Inline::new);
        }
        Optional<String> location = properties.apply("mp.jwt.verify.publickey.location");
        if (location.isPresent()) {
            return address("", location.get());
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return web(section.isGiven("issuer") ? "issuer" : "", base + "/.well-known/openid-configuration")
                .map(KeyLocation.Discovery::new);
    }

    private Optional<KeyLocation> address(String key, String text) {
        if (text.startsWith("file:")) {
            try {
                return Optional.of(new KeyLocation.LocalFile(Path.of(URI.create(text))));
            } catch (IllegalArgumentException e) {
                section.error(key, "an unusable file URL", "a URL such as file:///etc/mcp-data-platform/keys.json");
                return Optional.empty();
            }
        }
        return web(key, text).map(KeyLocation.KeySet::new);
    }

    /** Who can change what travels in the clear can make keys of his own the issuer's. */
    private Optional<URI> web(String key, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            section.error(key, "no URL", "an https URL, or jwks_uri or public_key besides an issuer that is none");
            return Optional.empty();
        }
        boolean http = "http".equals(uri.getScheme());
        if (uri.getHost() == null || !http && !"https".equals(uri.getScheme()) || uri.getRawFragment() != null) {
            section.error(
                    key, "no usable URL", "an https URL, or jwks_uri or public_key besides an issuer that is none");
            return Optional.empty();
        }
        if (http && !isLoopback(uri.getHost())) {
            if (!section.flag("allow_http", false)) {
                section.error(
                        key,
                        "an address without TLS: whoever is on the way could put keys of his own in place",
                        "https, or allow_http: true where the way is safe");
                return Optional.empty();
            }
            section.warning("allow_http", "keys fetched without TLS", "https, unless nobody else is on the way");
        }
        return Optional.of(uri);
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static String scope(String text) {
        return require(text, text.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+"));
    }

    private static String filled(String text) {
        return require(text, !text.isBlank() && text.equals(text.strip()));
    }

    private static String require(String text, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return text;
    }
}
