package io.mcpdata.mcp.transport;

import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import java.time.Clock;

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
        boolean vouchedFor = false;
        for (CredentialRecheck recheck : rechecks) {
            if (recheck.method() == caller.method()) {
                if (!recheck.stillValid(caller)) {
                    return false;
                }
                vouchedFor = true;
            }
        }
        return vouchedFor && !areExpired(caller);
    }
}
