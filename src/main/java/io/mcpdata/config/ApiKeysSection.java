package io.mcpdata.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section {@code auth.api_keys}. */
final class ApiKeysSection {

    private static final String NAMED = KeyName.EXPECTED + ": the identity of this key";

    private final KeyValues values;
    private final RoleCheck roleCheck;

    ApiKeysSection(List<PersonaConfig> personas, boolean tokensAreJudged) {
        this.values = new KeyValues(tokensAreJudged);
        this.roleCheck = new RoleCheck(personas);
    }

    ApiKeysConfig read(Section section) {
        section.only("enabled", "query_parameter", "keys");
        if (section.hasItems("keys") && !section.isGiven("enabled")) {
            section.error("enabled", "nothing", "true or false: whether API keys are accepted");
        }
        List<ApiKeyConfig> keys = new ArrayList<>();
        for (Section key : section.sections("keys")) {
            key(key).ifPresent(keys::add);
        }
        boolean enabled = section.flag("enabled", false);
        if (enabled && !section.isGiven("keys")) {
            section.error("keys", "nothing", "a list of keys; [] if all of them are made at run time");
        }
        return new ApiKeysConfig(enabled, ConfigComponent.flag(ApiKeysConfig.class, "query_parameter", section), keys);
    }

    private Optional<ApiKeyConfig> key(Section key) {
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
        Optional<String> name = key.required("name", NAMED, KeyName::check);
        List<String> roles = roles(key);
        Optional<KeyDigest> digest = values.read(key);
        Optional<String> description = key.text("description");
        Optional<String> email = key.text("email");
        Optional<Instant> notBefore = key.instant("not_before");
        Optional<Instant> expiresAt = key.instant("expires_at");
        List<NetworkRange> networks = networks(key);
        if (notBefore.isPresent() && expiresAt.filter(notBefore.get()::isBefore).isEmpty() && expiresAt.isPresent()) {
            key.error("expires_at", "an end that is not after not_before", "an instant after not_before");
        }
        return name.flatMap(known -> digest.map(
                value -> new ApiKeyConfig(known, value, roles, description, email, notBefore, expiresAt, networks)));
    }

    private List<String> roles(Section key) {
        List<String> roles = key.list("roles", RoleName.EXPECTED, RoleName::check);
        if (!roles.isEmpty()) {
            roleCheck.warn(key, roles);
        } else if (!key.hasItems("roles")) {
            key.error("roles", "no role", "a list with at least one role");
        }
        return roles;
    }

    /** Networks that are allowed; empty, without such a key, for all. */
    static List<NetworkRange> networks(Section key) {
        if (key.isGiven("allowed_networks") && !key.hasItems("allowed_networks")) {
            // an operator could mean an empty list as "from nowhere", but it would mean "from anywhere"
            key.error("allowed_networks", "no network", "a list of networks, or no allowed_networks at all");
        }
        return key.list("allowed_networks", "an address or network such as 10.0.0.0/8", NetworkRange::parse);
    }
}
