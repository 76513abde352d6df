package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.apikey.KeyChangeRefused.Reason;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may make which key. Thread-safe. */
final class KeyRules {

    private static final int MOST_KEYS = 10_000;

    private final ActiveConfiguration configuration;
    private final int mostKeys;

    KeyRules(ActiveConfiguration configuration) {
        this(configuration, MOST_KEYS);
    }

    /** @param mostKeys how many living keys there may be */
    KeyRules(ActiveConfiguration configuration, int mostKeys) {
        this.configuration = configuration;
        this.mostKeys = mostKeys;
    }

    /** @param living the keys there are already, those that have ended left out */
    void mayMake(KeyOrder order, List<StoredKey> living, KeyManager by) {
        mayGrant(order.roles(), by);
        mayBeOneMore(living.size());
        // two keys of one name are one identity to sessions and audit rows
        boolean another = Stream.concat(
                        configuration.config().apiKeys().keys().stream(),
                        living.stream().map(StoredKey::key))
                .filter(key -> key.name().equals(order.name()))
                .map(ApiKeyConfig::roles)
                .anyMatch(roles -> !by.mayGrant(roles));
        if (another) {
            throw new KeyChangeRefused(
                    Reason.NAME_OF_ANOTHER,
                    "There is a key of this name with roles that you may not grant; choose another name.");
        }
    }

    /** @param living how many keys there are besides the one to be made */
    void mayBeOneMore(int living) {
        if (living >= mostKeys) {
            throw new KeyChangeRefused(
                    Reason.TOO_MANY_KEYS, "There are " + mostKeys + " keys already; revoke those nobody uses.");
        }
    }

    void mayRotate(StoredKey old, Instant now, KeyManager by) {
        mayGrant(old.key().roles(), by);
        KeyStatus status = KeyStatus.of(old, now);
        if (status == KeyStatus.REVOKED || status == KeyStatus.EXPIRED) {
            throw new KeyChangeRefused(Reason.KEY_ENDED, "This key is " + status.label() + "; create a new one.");
        }
        old.replacedBy().ifPresent(successor -> {
            throw new KeyChangeRefused(
                    Reason.KEY_ENDED, "This key was rotated before, and key " + successor + " has taken its place.");
        });
    }

    /** The key, if it is one that can be changed here. */
    StoredKey stored(String keyId, Optional<StoredKey> found) {
        boolean ofFile = configuration.config().apiKeys().keys().stream()
                .anyMatch(key -> key.digest().id().equals(keyId));
        if (found.isEmpty() && ofFile) {
            throw new KeyChangeRefused(
                    Reason.KEY_OF_FILE,
                    "This key is read-only here: it stands in the configuration file. Change its entry under"
                            + " auth.api_keys.keys there; the file is read again within seconds.");
        }
        return found.orElseThrow(() -> new KeyChangeRefused(Reason.KEY_UNKNOWN, "There is no key with this id."));
    }

    private static void mayGrant(List<String> roles, KeyManager by) {
        List<String> missing =
                roles.stream().filter(role -> !by.grantable().contains(role)).toList();
        if (!missing.isEmpty()) {
            throw new KeyChangeRefused(
                    Reason.ROLES_NOT_HELD,
                    "You may not grant: " + String.join(", ", missing) + ". A key carries only roles that its creator"
                            + " holds; with the permission platform:admin, any role that a persona lists.");
        }
    }
}
