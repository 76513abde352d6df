package io.mcpdata.config;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.jose.PublicKeys;
import io.mcpdata.jose.PublishedKeys;
import io.mcpdata.jose.SigningKeys;
import io.mcpdata.jose.UnusableKeysException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the location of one issuer's keys. Local keys are loaded and checked at once, so that a broken key is a fault
 * of the configuration and not of every token. Lives while one file is read.
 */
final class KeyLocationReader {

    private static final String URL_EXPECTED = "an https URL, or jwks_uri or public_key besides an issuer that is none";
    private static final int LAST_PORT = 65_535;

    private final Section section;
    private final Function<String, Optional<String>> properties;
    private final Set<String> algorithms;

    KeyLocationReader(Section section, Function<String, Optional<String>> properties, Set<String> algorithms) {
        this.section = section;
        this.properties = properties;
        this.algorithms = algorithms;
    }

    /** Whether the configuration gives the location, so that the issuer need not be asked. */
    boolean isGiven() {
        return section.isGiven("jwks_uri")
                || section.isGiven("public_key")
                || text().isPresent()
                || address().isPresent();
    }

    /** The configured location; empty if it cannot be used, and the fault is reported. */
    Optional<KeyLocation> given() {
        boolean byAddress = section.isGiven("jwks_uri");
        boolean inline = section.isGiven("public_key");
        if (byAddress && inline) {
            section.error("public_key", "both jwks_uri and public_key", "one of them, or neither for discovery");
            return Optional.empty();
        }
        // a setting of the file for one of them disables the property for the other
        if (byAddress) {
            return address().flatMap(this::addressed);
        }
        Optional<Setting> text = text();
        return inline || text.isPresent()
                ? text.flatMap(this::inline)
                : address().flatMap(this::addressed);
    }

    /** The issuer's own discovery document; empty if it can have none, which is reported. */
    Optional<KeyLocation> discovered(Setting issuer) {
        if (issuer.text().contains("?")) {
            issuer.error("an issuer with a query, which has no discovery document", URL_EXPECTED);
            return Optional.empty();
        }
        String base = issuer.text().endsWith("/")
                ? issuer.text().substring(0, issuer.text().length() - 1)
                : issuer.text();
        return web(issuer.saying(base + "/.well-known/openid-configuration")).map(KeyLocation.Discovery::new);
    }

    private Optional<Setting> text() {
        return Setting.of(section, "public_key", "mp.jwt.verify.publickey", properties);
    }

    private Optional<Setting> address() {
        return Setting.of(section, "jwks_uri", "mp.jwt.verify.publickey.location", properties);
    }

    private Optional<KeyLocation> inline(Setting setting) {
        try {
            return fitting(setting, PublicKeys.parse(setting.text()))
                    ? Optional.of(new KeyLocation.Inline(setting.text()))
                    : Optional.empty();
        } catch (UnusableKeysException e) {
            setting.error(e.found(), keysExpected());
            return Optional.empty();
        }
    }

    private Optional<KeyLocation> addressed(Setting setting) {
        return setting.text().startsWith("file:")
                ? inFile(setting)
                : web(setting).map(KeyLocation.KeySet::new);
    }

    private Optional<KeyLocation> inFile(Setting setting) {
        Path file;
        try {
            file = Path.of(URI.create(setting.text()));
        } catch (IllegalArgumentException e) {
            setting.error("an unusable file URL", "a URL such as file:///etc/mcp-data-platform/keys.json");
            return Optional.empty();
        }
        try {
            return fitting(setting, PublicKeys.read(file))
                    ? Optional.of(new KeyLocation.LocalFile(file))
                    : Optional.empty();
        } catch (UnusableKeysException e) {
            setting.error(
                    e.found() + " at this address", "a file that the server's user may read, with " + keysExpected());
            return Optional.empty();
        }
    }

    private boolean fitting(Setting setting, PublishedKeys published) {
        JWKSet keys = published.keys();
        // a list without a known algorithm is a fault of its own, and already reported
        boolean fit = !keys.isEmpty() && (algorithms.isEmpty() || SigningKeys.anyFits(keys, algorithms));
        if (fit) {
            published.warnings().forEach(warning -> setting.warning(warning.found(), warning.expected()));
        } else if (published.warnings().isEmpty()) {
            String found = keys.isEmpty() ? "no usable public key" : "no key that fits one of the algorithms";
            setting.error(found, keysExpected());
        } else {
            published
                    .warnings()
                    .forEach(warning -> setting.error(warning.found(), warning.expected() + ": " + keysExpected()));
        }
        return fit;
    }

    private String keysExpected() {
        return "a public key or certificate in PEM, a JWK or a JWK set, for "
                + String.join(", ", algorithms.stream().sorted().toList())
                + "; RSA from 2048 bits, EC on the algorithm's curve";
    }

    /** An attacker who can change unencrypted traffic can replace the issuer's keys. */
    private Optional<URI> web(Setting setting) {
        URI uri;
        try {
            uri = URI.create(setting.text());
        } catch (IllegalArgumentException e) {
            setting.error("no URL", URL_EXPECTED);
            return Optional.empty();
        }
        boolean http = "http".equals(uri.getScheme());
        boolean usable =
                uri.getHost() != null && (http || "https".equals(uri.getScheme())) && uri.getRawFragment() == null;
        if (!usable || uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            setting.error("no usable URL", URL_EXPECTED);
            return Optional.empty();
        }
        if (uri.getRawUserInfo() != null) {
            setting.error("a URL with a user or password, which would stand in every log", "the URL without them");
            return Optional.empty();
        }
        if (http && !isLoopback(uri.getHost())) {
            if (!section.flag("allow_http", false)) {
                setting.error(
                        "an address without TLS: an attacker on the network could replace the keys",
                        "https, or allow_http: true if the network is trusted");
                return Optional.empty();
            }
            section.warning("allow_http", "keys fetched without TLS", "https, unless the network is trusted");
        }
        return Optional.of(uri);
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }
}
