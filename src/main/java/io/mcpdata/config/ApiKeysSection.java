package io.mcpdata.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Section {@code auth.api_keys}. A key is digested the moment it is read and never put into a message. */
final class ApiKeysSection {

    private static final int SHORTEST = 16;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Set<KeyDigest> seen = new HashSet<>();

    ApiKeysConfig read(Section section, Set<String> knownRoles) {
        section.only("enabled", "query_parameter", "keys");
        List<ApiKeyConfig> keys = new ArrayList<>();
        for (Section key : section.sections("keys")) {
            key(key, knownRoles).ifPresent(keys::add);
        }
        return new ApiKeysConfig(section.flag("enabled", false), section.flag("query_parameter", true), keys);
    }

    private Optional<ApiKeyConfig> key(Section key, Set<String> knownRoles) {
        key.only(
                "key",
                "key_sha256",
                "name",
                "roles",
                "description",
                "email",
                "expires_at",
                "not_before",
                "allowed_networks");
        Optional<String> name =
                key.text("name").filter(text -> text.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,126}[\\x21-\\x7e])?"));
        if (name.isEmpty()) {
            key.error("name", "no usable name", "1 to 128 printable characters, not padded: the identity of this key");
        }
        List<String> roles = key.list("roles", "a role", text -> {
            if (text.isBlank() || !text.equals(text.strip())) {
                throw new IllegalArgumentException("blank or padded");
            }
            return text;
        });
        if (roles.isEmpty()) {
            key.error("roles", "no role", "a list with at least one role");
        } else if (roles.stream().noneMatch(knownRoles::contains)) {
            key.warning("roles", "no role that a persona lists", "a role of a persona; this key gets 403 everywhere");
        }
        Optional<KeyDigest> digest = digest(key);
        if (name.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ApiKeyConfig(
                name.get(),
                digest.get(),
                roles,
                key.text("description"),
                key.text("email"),
                key.instant("not_before"),
                key.instant("expires_at"),
                key.list("allowed_networks", "an address or network such as 10.0.0.0/8", NetworkRange::parse)));
    }

    private Optional<KeyDigest> digest(Section key) {
        if (key.has("key") == key.has("key_sha256")) {
            key.error(
                    "",
                    key.has("key") ? "both key and key_sha256" : "neither key nor key_sha256",
                    "exactly one of them");
            return Optional.empty();
        }
        Optional<KeyDigest> digest = key.has("key")
                ? key.secret("key").flatMap(value -> plain(key, value))
                : key.secret("key_sha256").flatMap(value -> digested(key, value));
        return digest.filter(value -> {
            boolean fresh = seen.add(value);
            if (!fresh) {
                key.error("", "the key " + value.id() + " a second time", "a value of its own for each key");
            }
            return fresh;
        });
    }

    private static Optional<KeyDigest> plain(Section key, Secret secret) {
        String value = secret.reveal();
        if (value.isEmpty()) {
            key.error("key", "an empty key", "a key; is the variable set to nothing?");
        } else if (!value.equals(value.strip())) {
            key.error(
                    "key",
                    "a key with whitespace around it",
                    "the key alone; check the variable for spaces or a line end");
        } else if (!value.matches("[\\x21-\\x7e]+")) {
            key.error("key", "a key with characters that no header can carry", "printable ASCII without spaces");
        } else if (value.length() < SHORTEST) {
            key.error("key", "a key of " + value.length() + " characters", "at least " + SHORTEST + " characters");
        } else {
            if (key.isLiteral("key")) {
                key.warning("key", "a literal key in the file", "${VARIABLE}, so that the file holds no secret");
            }
            if (value.chars().distinct().count() < 8) {
                key.warning(
                        "key", "a key of few different characters", "a random key, such as openssl rand -base64 32");
            }
            return Optional.of(KeyDigest.of(value));
        }
        return Optional.empty();
    }

    private static Optional<KeyDigest> digested(Section key, Secret secret) {
        if (!SHA_256.matcher(secret.reveal()).matches()) {
            key.error("key_sha256", "something else", "the SHA-256 of the key in 64 hexadecimal digits");
            return Optional.empty();
        }
        return Optional.of(new KeyDigest(secret.reveal().toLowerCase(Locale.ROOT)));
    }
}
