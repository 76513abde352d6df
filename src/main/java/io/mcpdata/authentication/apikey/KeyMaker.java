package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.AuthenticationMethod;

/**
 * Who made a key.
 *
 * @param name what people read; users of many identity providers choose theirs
 * @param identity as in audit rows: key id, or issuer and subject; empty for keys of before this was kept
 * @param credentialId key id or issuer of the credential that made it; empty as the identity
 */
public record KeyMaker(String name, String identity, String credentialId) {

    private static final String BY_KEY = AuthenticationMethod.API_KEY.label() + ":";

    static KeyMaker of(KeyActor manager) {
        return new KeyMaker(
                manager.subject().caller(),
                manager.subject().identity(),
                manager.subject().credentialId());
    }

    /** Two keys of one name are one maker, so that the maker stays the same when its key is rotated. */
    boolean is(KeyActor manager) {
        boolean sameName = identity.startsWith(BY_KEY)
                && manager.caller().method() == AuthenticationMethod.API_KEY
                && name.equals(manager.subject().caller());
        return sameName
                || !identity.isEmpty() && identity.equals(manager.subject().identity());
    }
}
