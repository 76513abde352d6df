package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * The random token of a session that was opened with a key in the query: the client presents it on {@code POST} in
 * place of the key. Lives within one request and one thread.
 */
public final class SessionTokenCredential implements Credential {

    private final String sessionId;
    private final KeyDigest token;
    private final String clientAddress;
    private boolean undecided;

    /** @param clientAddress the request's address, for keys that are limited to networks */
    public SessionTokenCredential(String sessionId, KeyDigest token, String clientAddress) {
        this.sessionId = sessionId;
        this.token = token;
        this.clientAddress = clientAddress;
    }

    public String sessionId() {
        return sessionId;
    }

    public KeyDigest token() {
        return token;
    }

    public String clientAddress() {
        return clientAddress;
    }

    /** Records that the credential behind the session cannot be checked now. */
    public void leaveUndecided() {
        this.undecided = true;
    }

    boolean isUndecided() {
        return undecided;
    }
}
