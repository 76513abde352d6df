package io.mcpdata.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcpdata.jose.SigningKeys;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One issuer of {@code auth.oidc}. For settings missing in the file, the properties of MicroProfile JWT 2.1 (section
 * "Configuration") are used.
 */
final class IssuerSection {

    private static final List<String> KEYS = List.of(
            "issuer",
            "jwks_uri",
            "public_key",
            "audience",
            "client_id",
            "authorized_party_claim",
            "role_claim_path",
            "role_member_names",
            "role_prefix",
            "algorithms",
            "required_scopes",
            "clock_skew",
            "max_token_age",
            "key_refresh",
            "outage_tolerance",
            "allow_http",
            "allow_id_tokens");

    /** The names of {@link SigningKeys#ALGORITHMS}. */
    static final Set<String> ALGORITHMS =
            SigningKeys.ALGORITHMS.stream().map(JWSAlgorithm::getName).collect(Collectors.toUnmodifiableSet());

    private static final String ALGORITHMS_EXPECTED = "asymmetric signature algorithms out of "
            + String.join(", ", ALGORITHMS.stream().sorted().toList());

    private static final String ISSUER_EXPECTED =
            "issuer: exactly what the tokens' iss says, such as https://auth.example.com/realms/data";

    private static final KeyLocation NO_KEYS = new KeyLocation.Inline("");
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration ANY = Duration.ofHours(24);
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(5);
    private static final Duration LONGEST_REFRESH = Duration.ofHours(24);

    private final Section section;
    private final Function<String, Optional<String>> properties;

    IssuerSection(Section section, Function<String, Optional<String>> properties) {
        this.section = section;
        this.properties = properties;
    }

    static String[] keysAnd(String... more) {
        return Stream.concat(Stream.of(more), KEYS.stream()).toArray(String[]::new);
    }

    /** Empty if the issuer cannot be used; its faults are reported. */
    Optional<IssuerConfig> read() {
        Optional<Setting> issuer = setting("issuer", "mp.jwt.verify.issuer");
        if (issuer.isEmpty() && !section.isGiven("issuer")) {
            section.error("", "no issuer", ISSUER_EXPECTED);
        }
        Optional<Setting> usable = issuer.filter(setting -> setting.text().matches("[\\x21-\\x7e]{1,512}"));
        if (issuer.isPresent() && usable.isEmpty()) {
            issuer.get()
                    .error("an issuer that is blank, or has white space or more than 512 characters", ISSUER_EXPECTED);
        }
        Set<String> audiences = audiences();
        PartyClaim party =
                ConfigComponent.choice(PartyClaim.class, IssuerConfig.class, "authorized_party_claim", section);
        if (audiences.isEmpty() && (section.isGiven("audience") || party == PartyClaim.AZP)) {
            section.error(
                    section.isGiven("audience") ? "audience" : "",
                    "no audience",
                    "audience: what the tokens' aud names when they are meant for this platform");
        }
        Set<String> algorithms = algorithms();
        KeyLocationReader reader = new KeyLocationReader(section, properties, algorithms);
        Optional<KeyLocation> keys = reader.isGiven() ? reader.given() : usable.flatMap(reader::discovered);
        // read even if the issuer cannot be used, so that all faults are reported at once
        IssuerConfig config =
                config(usable.map(Setting::text).orElse(""), keys.orElse(NO_KEYS), audiences, party, algorithms);
        return usable.isPresent() && keys.isPresent() ? Optional.of(config) : Optional.empty();
    }

    private Optional<Setting> setting(String key, String property) {
        return Setting.of(section, key, property, properties);
    }

    private IssuerConfig config(
            String issuer, KeyLocation keys, Set<String> audiences, PartyClaim party, Set<String> algorithms) {
        Duration refresh = keyRefresh();
        return new IssuerConfig(
                issuer,
                keys,
                audiences,
                clients(party),
                party,
                roleClaims(),
                ConfigComponent.flag(IssuerConfig.class, "role_member_names", section),
                rolePrefix(),
                algorithms,
                Set.copyOf(several("required_scopes", "a scope without spaces", IssuerSection::scope)),
                skew(),
                maxAge(),
                refresh,
                outageTolerance(refresh),
                allowIdTokens());
    }

    /** An empty list would mean "no restriction" where the operator means "nothing". */
    private List<String> several(String key, String expected, Function<String, String> conversion) {
        if (section.isGiven(key) && section.isEmpty(key)) {
            section.error(key, "an empty list", expected + ", or no " + key);
        }
        return section.oneOrMore(key, expected, conversion);
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

    private Set<String> clients(PartyClaim party) {
        if (party == PartyClaim.CLIENT_ID && !section.isGiven("client_id")) {
            section.error(
                    "authorized_party_claim",
                    "client_id, but no key client_id",
                    "client_id: the ids of the clients whose tokens are accepted");
        }
        return new LinkedHashSet<>(several("client_id", "the client's id", IssuerSection::filled));
    }

    private List<String> roleClaims() {
        List<String> paths = several("role_claim_path", "the name of a claim or a path to one", text -> {
            boolean good = !Padding.isAround(text) && !text.isEmpty() && !text.startsWith(".") && !text.endsWith(".");
            return require(text, good);
        });
        return paths.isEmpty() ? List.of("groups") : paths;
    }

    /** A name can contain spaces, but not begin with them. */
    private String rolePrefix() {
        String prefix = section.text("role_prefix").orElse("");
        if (!prefix.equals(prefix.stripLeading()) || prefix.matches("(?s).*\\p{Cntrl}.*")) {
            section.error("role_prefix", Padding.found("a prefix"), Padding.expected("the prefix"));
        }
        return prefix;
    }

    private Set<String> algorithms() {
        if (section.isGiven("algorithms")) {
            return Set.copyOf(
                    several("algorithms", ALGORITHMS_EXPECTED, text -> require(text, ALGORITHMS.contains(text))));
        }
        Optional<Setting> property = setting("algorithms", "mp.jwt.verify.publickey.algorithm");
        property.filter(setting -> !ALGORITHMS.contains(setting.text()))
                .ifPresent(setting -> setting.error("another value", "RS256 or ES256"));
        return property.map(setting -> Set.of(setting.text())).orElse(ALGORITHMS);
    }

    private Duration skew() {
        if (section.text("clock_skew").filter("0s"::equals).isPresent()) {
            return Duration.ZERO;
        }
        Optional<Duration> property =
                section.isGiven("clock_skew") ? Optional.empty() : seconds("mp.jwt.verify.clock.skew", 0);
        Duration skew = property.orElseGet(() -> duration("clock_skew"));
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            section.error(
                    section.isGiven("clock_skew") ? "clock_skew" : "", "a skew of " + skew, "at most ten minutes");
        }
        return skew;
    }

    private Optional<Duration> maxAge() {
        return section.isGiven("max_token_age")
                ? Optional.of(section.duration("max_token_age", ANY))
                : seconds("mp.jwt.verify.token.age", 1);
    }

    private Duration keyRefresh() {
        Duration refresh = duration("key_refresh");
        if (refresh.compareTo(SHORTEST_REFRESH) < 0 || refresh.compareTo(LONGEST_REFRESH) > 0) {
            section.error("key_refresh", "a time of " + refresh, "from 5s to 24h");
        }
        return refresh;
    }

    /** If it were shorter, valid keys would expire between two requests. */
    private Duration outageTolerance(Duration refresh) {
        Duration tolerance = duration("outage_tolerance");
        if (tolerance.compareTo(refresh) <= 0) {
            section.error(
                    section.isGiven("outage_tolerance") ? "outage_tolerance" : "key_refresh",
                    "an outage_tolerance that is no longer than key_refresh (default 5m)",
                    "a longer one, or a shorter key_refresh");
        }
        return tolerance;
    }

    /** An ID token tells a client who has logged in, and every client of the issuer gets one. */
    private boolean allowIdTokens() {
        boolean allowed = ConfigComponent.flag(IssuerConfig.class, "allow_id_tokens", section);
        if (allowed) {
            section.warning(
                    "allow_id_tokens",
                    "ID tokens accepted as access tokens: every application that users log in to has one",
                    "false, and clients that send their access token");
        }
        return allowed;
    }

    private Duration duration(String key) {
        return ConfigComponent.duration(IssuerConfig.class, key, section);
    }

    private Optional<Duration> seconds(String property, int least) {
        return properties.apply(property).flatMap(text -> {
            if (text.matches("\\d{1,9}") && Long.parseLong(text) >= least) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            section.error("", "another value in " + property, "a number of seconds from " + least);
            return Optional.empty();
        });
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
