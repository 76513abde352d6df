package io.mcpdata.testing;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Confirms every key that was not revoked. */
public final class RecordingRecheck implements CredentialRecheck {

    private final Set<String> revoked = new HashSet<>();
    private final Map<String, String> networks = new HashMap<>();
    private boolean broken;

    public void revoke(String credentialId) {
        revoked.add(credentialId);
    }

    /** From now on the credential is valid from this address only. */
    public void bind(String credentialId, String address) {
        networks.put(credentialId, address);
    }

    public void breakDown() {
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

    @Override
    public boolean validFrom(PlatformCaller caller, String clientAddress) {
        return stillValid(caller)
                && networks.getOrDefault(caller.credentialId(), clientAddress).equals(clientAddress);
    }
}
