package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.apikey.KeyChangeRefused.Reason;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which caller may make which key. Thread-safe. */
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

    /** @param named the keys of this name, ignoring case, including ended ones */
    void mayMake(KeyRequest order, List<StoredKey> named, Instant now, KeyActor by) {
        mayGrant(order.roles(), by);
        List<ApiKeyConfig> ofFile = configuration.config().apiKeys().keys().stream()
                .filter(key -> key.name().equalsIgnoreCase(order.name()))
                .toList();
        List<ApiKeyConfig> all = Stream.concat(ofFile.stream(), named.stream().map(StoredKey::key))
                .toList();
        if (all.stream().anyMatch(key -> !key.name().equals(order.name()))) {
            throw new KeyChangeRefused(
                    Reason.NAME_OF_ANOTHER,
                    "There is a key whose name differs from this one only in upper and lower case; choose another name.");
        }
        // for sessions and limits, two keys of one name are one identity
        if (all.stream().anyMatch(key -> !by.mayManage(key.roles()))) {
            throw new KeyChangeRefused(
                    Reason.NAME_OF_ANOTHER,
                    "There is or was a key of this name with roles that you may not grant; choose another name.");
        }
        if (isHeldToItsOwn(by)
                && (!ofFile.isEmpty()
                        || named.stream().anyMatch(key -> !key.createdBy().is(by)))) {
            throw new KeyChangeRefused(
                    Reason.NAME_OF_ANOTHER,
                    "There is or was a key of this name that you did not make, and a connection tells its database the"
                            + " caller (identity): this key could read the other one's rows. Choose another name, or ask a"
                            + " caller with the permission platform:admin.");
        }
        boolean shared = !ofFile.isEmpty() || named.stream().anyMatch(key -> isLiving(key, now));
        if (!shared && named.stream().anyMatch(key -> !key.createdBy().is(by))) {
            throw new KeyChangeRefused(
                    Reason.NAME_OF_ANOTHER,
                    "A key of this name, which another caller made, has ended. The name stays taken while that key is"
                            + " listed, 90 days long; choose another name.");
        }
    }

    /** Where a database knows callers, a key of the same name is the same caller there too. */
    private boolean isHeldToItsOwn(KeyActor by) {
        return !by.rights().everything()
                && configuration.config().connections().stream()
                        .anyMatch(connection -> connection.identity().isPresent());
    }

    private static boolean isLiving(StoredKey key, Instant now) {
        KeyStatus status = KeyStatus.of(key, now);
        return status != KeyStatus.REVOKED && status != KeyStatus.EXPIRED;
    }

    /** @param living how many keys there are besides the one to be made */
    void mayBeOneMore(int living) {
        if (living >= mostKeys) {
            throw new KeyChangeRefused(
                    Reason.TOO_MANY_KEYS, "There are " + mostKeys + " keys already; revoke unused ones.");
        }
    }

    void mayRotate(StoredKey old, KeyActor by) {
        mayGrant(old.key().roles(), by);
        if (isHeldToItsOwn(by) && !old.createdBy().is(by)) {
            throw new KeyChangeRefused(
                    Reason.RIGHTS_NOT_HELD,
                    "You did not make this key, and a connection tells its database the caller (identity): its successor"
                            + " could read its rows. Ask its maker, or a caller with the permission platform:admin.");
        }
    }

    void canBeRotated(StoredKey old, Instant now) {
        if (!isLiving(old, now)) {
            throw new KeyChangeRefused(
                    Reason.KEY_ENDED, "This key is " + KeyStatus.of(old, now).label() + "; create a new one.");
        }
        old.replacedBy().ifPresent(successor -> {
            throw new KeyChangeRefused(
                    Reason.KEY_ENDED, "This key was rotated before, and key " + successor + " has taken its place.");
        });
    }

    /** An administrator may revoke every key, also one with roles that no persona lists any more. */
    void mayRevoke(StoredKey stored, KeyActor by) {
        if (!by.rights().everything()) {
            mayGrant(stored.key().roles(), by);
        }
    }

    /** The key, if it can be changed at run time. */
    StoredKey stored(String keyId, Optional<StoredKey> found) {
        boolean ofFile = configuration.config().apiKeys().keys().stream()
                .anyMatch(key -> key.digest().id().equals(keyId));
        if (found.isEmpty() && ofFile) {
            throw new KeyChangeRefused(
                    Reason.KEY_OF_FILE,
                    "This key is read-only here: it is in the configuration file. Change its entry under"
                            + " auth.api_keys.keys there; the file is read again within seconds.");
        }
        return found.orElseThrow(() -> new KeyChangeRefused(Reason.KEY_UNKNOWN, "There is no key with this id."));
    }

    private static void mayGrant(List<String> roles, KeyActor by) {
        List<String> withheld = by.rights().withheld(roles);
        if (!withheld.isEmpty()) {
            throw new KeyChangeRefused(
                    Reason.ROLES_NOT_HELD,
                    "You may not grant: " + String.join(", ", withheld)
                            + ". You make, rotate and revoke only keys whose"
                            + " roles you hold; with the permission platform:admin, any role that a persona lists.");
        }
        List<String> beyond = by.rights().beyond(roles);
        if (!beyond.isEmpty()) {
            // the patterns of another persona name tools and connections that do not exist for this caller
            String shown = beyond.stream()
                    .map(what -> what.replaceFirst("\\[.*", ""))
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new KeyChangeRefused(
                    Reason.RIGHTS_NOT_HELD,
                    "These roles lead to a persona that grants more than yours, or of which that cannot be ruled out: "
                            + shown + ". Change the roles, or ask a caller with the permission platform:admin.",
                    String.join(", ", beyond));
        }
    }
}
