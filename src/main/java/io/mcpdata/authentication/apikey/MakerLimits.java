package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.apikey.KeyChangeRefused.Reason;
import io.mcpdata.config.NetworkRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the credential that makes a key leaves to it: the key ends no later and comes from no wider network. Immutable.
 *
 * @param end empty if the credential does not end
 * @param networks empty for anywhere
 */
record MakerLimits(Optional<Instant> end, List<NetworkRange> networks) {

    private static final String NETWORKS = "allowed_networks";

    static MakerLimits of(KeyActor by) {
        PlatformCaller caller = by.caller();
        return by.rights().everything()
                ? new MakerLimits(Optional.empty(), List.of())
                : new MakerLimits(caller.expiresAt(), caller.allowedNetworks());
    }

    /**
     * The order, with the limits where it names none itself.
     *
     * @throws KeyChangeRefused if it asks for more
     */
    KeyRequest bounded(KeyRequest order) {
        Optional<Instant> last = order.expiresAt().or(() -> end);
        if (end.isPresent() && last.filter(end.get()::isBefore).isPresent()) {
            throw beyond("expires_at: found " + last.get() + "; expected " + end.get() + " or earlier", "expires_at");
        }
        Optional<Instant> first = order.notBefore();
        if (last.isPresent()
                && first.filter(begin -> !begin.isBefore(last.get())).isPresent()) {
            throw beyond(
                    "not_before: found " + first.get() + "; expected an instant before " + last.get(), "expires_at");
        }
        return order.limitedTo(last, within(order.allowedNetworks()));
    }

    /**
     * What takes the place of an older key. It ends at the end of the credential at the latest, but never before the old
     * one would have: a rotation takes nothing from the key's holder.
     *
     * @throws KeyChangeRefused if it would have to be less than the old key
     */
    KeyRequest successor(KeyRequest order, Optional<Instant> oldEnd) {
        if (end.isPresent() && oldEnd.filter(old -> !old.isAfter(end.get())).isEmpty()) {
            throw beyond(
                    "this key ends " + oldEnd.map(old -> "at " + old).orElse("never")
                            + ", and its successor would have to end at " + end.get(),
                    "expires_at");
        }
        if (order.allowedNetworks().isEmpty() && !networks.isEmpty()) {
            throw beyond(
                    "this key may come from anywhere, and its successor could only come from " + networks, NETWORKS);
        }
        Optional<Instant> last =
                order.expiresAt().map(asked -> end.filter(asked::isAfter).orElse(asked));
        return order.limitedTo(last, within(order.allowedNetworks()));
    }

    private List<NetworkRange> within(List<NetworkRange> asked) {
        if (asked.isEmpty() || networks.isEmpty()) {
            return asked.isEmpty() ? networks : asked;
        }
        asked.stream()
                .filter(network -> networks.stream().noneMatch(own -> own.contains(network)))
                .findFirst()
                .ifPresent(network -> {
                    throw beyond(
                            "allowed_networks: found " + network + "; expected networks that lie in one of " + networks,
                            NETWORKS);
                });
        return asked;
    }

    private static KeyChangeRefused beyond(String what, String rule) {
        return new KeyChangeRefused(
                Reason.BEYOND_CREDENTIAL,
                "A key ends no later and comes from no wider network than the credential that makes it; " + what
                        + ". Use a credential without this limit, or one with the permission platform:admin.",
                rule);
    }
}
