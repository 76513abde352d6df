package io.mcpdata.mcp.transport;

import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import java.time.Clock;
import java.util.function.Predicate;

/** Whether the credential behind a stream is still good: unexpired, and vouched for by the recheck of its kind. Thread-safe. */
final class Credentials {

    private final Iterable<CredentialRecheck> rechecks;
    private final Clock clock;

    Credentials(Iterable<CredentialRecheck> rechecks, Clock clock) {
        this.rechecks = rechecks;
        this.clock = clock;
    }

    boolean areExpired(PlatformCaller caller) {
        return caller.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent();
    }

    /** False too if nobody speaks for credentials of this kind. */
    boolean areStillValid(PlatformCaller caller) {
        return areVouchedFor(caller, recheck -> recheck.stillValid(caller));
    }

    /** The same, and they may be used from this address. */
    boolean areValidFrom(PlatformCaller caller, String clientAddress) {
        return areVouchedFor(caller, recheck -> recheck.validFrom(caller, clientAddress));
    }

    private boolean areVouchedFor(PlatformCaller caller, Predicate<CredentialRecheck> valid) {
        boolean vouchedFor = false;
        for (CredentialRecheck recheck : rechecks) {
            if (recheck.method() == caller.method()) {
                if (!valid.test(recheck)) {
                    return false;
                }
                vouchedFor = true;
            }
        }
        return vouchedFor && !areExpired(caller);
    }
}
