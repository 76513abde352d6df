package io.mcpdata.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the values of keys: each is digested at once, never put into a message, and must be unique. */
final class KeyValues {

    private static final int SHORTEST = 16;
    private static final int FEW = 8;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Such as the output of sha256sum and openssl. */
    private static final Pattern AMONG_OTHER_TEXT =
            Pattern.compile(".*(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F]).*", Pattern.DOTALL);

    /** The output of sha256sum for empty input: the variable in front of the pipe is not set. */
    private static final Set<KeyDigest> OF_NOTHING =
            Set.of(KeyDigest.of(""), KeyDigest.of("\n"), KeyDigest.of("\r\n"), KeyDigest.of(" "));

    private final Map<KeyDigest, String> taken = new HashMap<>();
    private final boolean tokensAreJudged;

    /** @param tokensAreJudged whether a text that looks like a token is never looked up as a key */
    KeyValues(boolean tokensAreJudged) {
        this.tokensAreJudged = tokensAreJudged;
    }

    /** The digest; empty, and reported, if the value is missing, invalid or already used. */
    Optional<KeyDigest> read(Section key) {
        if (key.isGiven("key") == key.isGiven("key_sha256")) {
            key.error(
                    "",
                    key.isGiven("key") ? "both key and key_sha256" : "neither key nor key_sha256",
                    "exactly one of them");
            return Optional.empty();
        }
        Optional<KeyDigest> digest = key.isGiven("key")
                ? key.secret("key").flatMap(value -> plain(key, value))
                : key.secret("key_sha256").flatMap(value -> digested(key, value));
        return digest.filter(value -> isNew(key, value));
    }

    private boolean isNew(Section key, KeyDigest digest) {
        String other = taken.putIfAbsent(digest, key.path());
        if (other != null) {
            key.error("", "the same key value as in " + other, "a value of its own for each key");
        }
        return other == null;
    }

    private Optional<KeyDigest> plain(Section key, Secret secret) {
        String value = secret.reveal();
        if (value.isEmpty()) {
            key.error("key", "an empty key", "a key; is the variable set to nothing?");
        } else if (!value.equals(value.strip())) {
            key.error("key", Padding.found("a key"), Padding.expected("the key"));
        } else if (!value.matches("[\\x21-\\x7e]+")) {
            key.error("key", "a key with characters that no header can carry", "printable ASCII without spaces");
        } else if (value.length() < SHORTEST) {
            key.error("key", "a key of " + value.length() + " characters", "at least " + SHORTEST + " characters");
        } else if (tokensAreJudged && TokenShape.isIn(value)) {
            key.error("key", "a key in the shape of a token (JWT)", "any other key while auth.oidc is enabled");
        } else {
            warnOfWeakness(key, value);
            return Optional.of(KeyDigest.of(value));
        }
        return Optional.empty();
    }

    private static void warnOfWeakness(Section key, String value) {
        if (key.isLiteral("key")) {
            key.warning("key", "a literal key in the file", "${VARIABLE}, so that the file holds no secret");
        }
        if (value.chars().distinct().count() < FEW) {
            key.warning("key", "a key of few different characters", "a random key, such as openssl rand -base64 32");
        }
    }

    private static Optional<KeyDigest> digested(Section key, Secret secret) {
        String expected = "the SHA-256 of the key in 64 hexadecimal digits";
        String value = secret.reveal();
        if (SHA_256.matcher(value.strip()).matches() && Padding.isAround(value)) {
            key.error("key_sha256", Padding.found("a digest"), Padding.expected("the digest"));
            return Optional.empty();
        }
        if (AMONG_OTHER_TEXT.matcher(value).matches() && !SHA_256.matcher(value).matches()) {
            key.error(
                    "key_sha256",
                    "a digest with other text around it, such as the prefix sha256: or the file name of sha256sum",
                    expected);
            return Optional.empty();
        }
        if (!SHA_256.matcher(value).matches()) {
            key.error("key_sha256", "something else", expected);
            return Optional.empty();
        }
        KeyDigest digest = new KeyDigest(value.toLowerCase(Locale.ROOT));
        if (OF_NOTHING.contains(digest)) {
            key.error("key_sha256", "the SHA-256 of white space alone", expected);
            return Optional.empty();
        }
        return Optional.of(digest);
    }
}
