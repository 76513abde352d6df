package io.mcpdata.admin;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.apikey.KeyListing;
import io.mcpdata.authentication.apikey.KeyStatus;
import io.mcpdata.config.ApiKeyConfig;
import java.util.List;
import java.util.Optional;

/**
 * Whose access an answer describes.
 *
 * @param kind {@code caller}, {@code roles}, {@code key} or {@code token}
 * @param caller empty if the credential is refused before its roles are known
 * @param refused why the credential is refused now; empty if it is accepted
 */
record AccessSubject(String kind, Optional<PlatformCaller> caller, Optional<String> refused) {

    static AccessSubject caller(PlatformCaller caller) {
        return new AccessSubject("caller", Optional.of(caller), Optional.empty());
    }

    static AccessSubject roles(List<String> roles) {
        return new AccessSubject("roles", Optional.of(caller("", "", roles)), Optional.empty());
    }

    static AccessSubject key(KeyListing listing) {
        ApiKeyConfig key = listing.key();
        PlatformCaller caller = caller(key.name(), key.digest().id(), key.roles());
        return new AccessSubject(
                "key",
                Optional.of(caller),
                listing.status() == KeyStatus.ACTIVE
                        ? Optional.empty()
                        : Optional.of("The key is " + listing.status().label().replace('_', ' ') + "."));
    }

    static AccessSubject token(PlatformCaller caller) {
        return new AccessSubject("token", Optional.of(caller), Optional.empty());
    }

    /**
     * @param category the word that the audit row of a refused login has
     * @param rule the finding; empty if the category says it
     */
    static AccessSubject refusedToken(String category, String rule) {
        return new AccessSubject(
                "token", Optional.empty(), Optional.of(category + (rule.isEmpty() ? "" : ": " + rule)));
    }

    private static PlatformCaller caller(String name, String id, List<String> roles) {
        return new PlatformCaller(name, AuthenticationMethod.API_KEY, id, roles, null);
    }
}
