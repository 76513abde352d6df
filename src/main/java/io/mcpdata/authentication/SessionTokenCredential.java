package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;

/**
 * The random token of a session that was opened with a key in the query. The client presents it on {@code POST} in place
 * of the key.
 */
public final class SessionTokenCredential extends PresentedCredential {

    private final String sessionId;

    /** @param clientAddress where the request came from, for keys that are bound to networks */
    public SessionTokenCredential(String sessionId, KeyDigest token, String clientAddress) {
        super(token, clientAddress, "unknown_session_token");
        this.sessionId = sessionId;
    }

    public String sessionId() {
        return sessionId;
    }
}
