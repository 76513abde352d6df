package io.mcpdata.mcp.session;

import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import java.time.Clock;

/** Whether the credential behind a stream is still good: unexpired, and vouched for by the recheck of its kind. Thread-safe. */
public final class Credentials {

    private final Iterable<CredentialRecheck> rechecks;
    private final Clock clock;

    public Credentials(Iterable<CredentialRecheck> rechecks, Clock clock) {
        this.rechecks = rechecks;
        this.clock = clock;
    }

    boolean areExpired(PlatformCaller caller) {
        return caller.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent();
    }

    /** Whether anybody can tell for sure now; nothing may be done for the caller otherwise. */
    public boolean mayCall(PlatformCaller caller) {
        for (CredentialRecheck recheck : rechecks) {
            if (recheck.method() == caller.method() && !recheck.mayCall(caller)) {
                return false;
            }
        }
        return true;
    }

    /** Whether they may still be used, from this address; false too if nobody speaks for credentials of this kind. */
    public boolean areValidFrom(PlatformCaller caller, String clientAddress) {
        boolean vouchedFor = false;
        for (CredentialRecheck recheck : rechecks) {
            if (recheck.method() == caller.method()) {
                if (!recheck.validFrom(caller, clientAddress)) {
                    return false;
                }
                vouchedFor = true;
            }
        }
        return vouchedFor && !areExpired(caller);
    }
}
