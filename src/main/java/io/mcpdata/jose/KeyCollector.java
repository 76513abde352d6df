package io.mcpdata.jose;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpdata.jose.PublishedKeys.Warning;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the usable keys of one document. A key whose private half may be public is refused and named in a warning;
 * other unusable keys are left out, as RFC 7517, section 5, requires. Not thread-safe; made for one document.
 */
final class KeyCollector {

    static final int MOST_KEYS = 100;

    /** Members of a JWK that only a private key has (RFC 7518, section 6; RFC 8037, section 2). */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth");

    private static final int MOST_NAMED = 10;
    private static final int LONGEST_NAME = 64;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final List<JWK> keys = new ArrayList<>();
    private final List<String> exposed = new ArrayList<>();
    private final Set<BigInteger> exposedNumbers = new HashSet<>();
    private final List<String> weak = new ArrayList<>();

    void add(Map<String, Object> json) {
        Map<String, Object> publicMembers = new HashMap<>(json);
        publicMembers.keySet().removeAll(PRIVATE_MEMBERS);
        Optional<JWK> key = publicKey(publicMembers);
        if (PRIVATE_MEMBERS.stream().anyMatch(member -> json.get(member) != null)) {
            exposed.add(name(json.get("kid")));
            key.ifPresent(half -> exposedNumbers.add(number(half)));
        } else {
            key.ifPresent(this::add);
        }
    }

    void add(JWK key) {
        if (key instanceof RSAKey rsa && RocaFingerprint.matches(number(rsa))) {
            weak.add(name(key.getKeyID()));
        } else {
            keys.add(key);
        }
    }

    /**
     * For a document with a private key in PEM: all keys are refused, without finding the public keys that belong to
     * it.
     */
    void refuseAll() {
        exposed.add("in PEM");
        keys.clear();
    }

    PublishedKeys published() {
        // the document may contain the same key a second time without its private half
        List<JWK> usable = keys.stream()
                .filter(key -> !exposedNumbers.contains(number(key)))
                .toList();
        List<Warning> warnings = new ArrayList<>();
        if (!exposed.isEmpty()) {
            warnings.add(new Warning(
                    "a private key where public keys belong, which is not used: " + listed(exposed),
                    "public keys only, and a new key pair in place of one that others could read"));
        }
        if (!weak.isEmpty()) {
            warnings.add(new Warning(
                    "an RSA key whose private key can be computed (ROCA, CVE-2017-15361), which is not used: "
                            + listed(weak),
                    "a new key pair, made by other hardware or newer firmware"));
        }
        if (usable.size() > MOST_KEYS) {
            warnings.add(new Warning(
                    usable.size() + " keys, of which the first " + MOST_KEYS + " are used",
                    "at most " + MOST_KEYS + " keys: take out those that no longer sign"));
        }
        return new PublishedKeys(new JWKSet(usable.stream().limit(MOST_KEYS).toList()), warnings);
    }

    private static Optional<JWK> publicKey(Map<String, Object> json) {
        try {
            JWK key = JWK.parse(json);
            // a symmetric key has no public half
            return key instanceof RSAKey || key instanceof ECKey || key instanceof OctetKeyPair
                    ? Optional.of(key.toPublicJWK())
                    : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** One number for all texts of the same key; the modulus of an RSA key. */
    private static BigInteger number(JWK key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().decodeToBigInteger();
        }
        return key instanceof ECKey ec
                ? ec.getX().decodeToBigInteger()
                : ((OctetKeyPair) key).getX().decodeToBigInteger();
    }

    private static String name(@Nullable Object keyId) {
        if (!(keyId instanceof String text)) {
            return "one without kid";
        }
        String cut = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "..." : text;
        return "kid \"" + UNSEEN.matcher(cut).replaceAll("?") + "\"";
    }

    private static String listed(List<String> names) {
        String first = String.join(", ", names.stream().limit(MOST_NAMED).toList());
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }
}
