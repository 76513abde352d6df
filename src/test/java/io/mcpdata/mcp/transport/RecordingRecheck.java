package io.mcpdata.mcp.transport;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import java.util.HashSet;
import java.util.Set;

/** Vouches for every key that was not revoked. */
final class RecordingRecheck implements CredentialRecheck {

    private final Set<String> revoked = new HashSet<>();
    private boolean broken;

    void revoke(String credentialId) {
        revoked.add(credentialId);
    }

    void breakDown() {
        broken = true;
    }

    @Override
    public AuthenticationMethod method() {
        return AuthenticationMethod.API_KEY;
    }

    @Override
    public boolean stillValid(PlatformCaller caller) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return !revoked.contains(caller.credentialId());
    }
}
