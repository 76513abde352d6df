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
 * Where the keys of one issuer are. What is on this machine is read and tried at once, so that a broken key is a mistake
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

    /** Whether anything says where the keys are, so that nobody has to ask the issuer. */
    boolean isGiven() {
        return section.isGiven("jwks_uri")
                || section.isGiven("public_key")
                || text().isPresent()
                || address().isPresent();
    }

    /** Where they are said to be; empty if that cannot be used, and what is wrong is reported. */
    Optional<KeyLocation> given() {
        boolean byAddress = section.isGiven("jwks_uri");
        boolean inline = section.isGiven("public_key");
        if (byAddress && inline) {
            section.error("public_key", "both jwks_uri and public_key", "one of them, or neither for discovery");
            return Optional.empty();
        }
        // what the file says about the one silences the property about the other
        if (byAddress) {
            return address().flatMap(this::addressed);
        }
        Optional<Setting> text = text();
        return inline || text.isPresent()
                ? text.flatMap(this::inline)
                : address().flatMap(this::addressed);
    }

    /** Where this issuer's own discovery document is; empty if it can have none, which is reported. */
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
        // a list without one that is known is a mistake of its own, and told already
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

    /** Who can change what travels in the clear can make keys of his own the issuer's. */
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
}
