package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * An API key as presented, already digested: the key itself goes no further than the mechanism. The store that refuses
 * it notes why here, because the container's validation result has no room for a reason; the reason goes into the audit
 * row and never to the client. Lives within one request and one thread.
 */
public final class ApiKeyCredential implements Credential {

    private final KeyDigest digest;
    private final String clientAddress;
    private String refusal = "unknown_key";
    private String name = "";

    /** @param clientAddress where the request came from, for keys that are bound to networks */
    public ApiKeyCredential(KeyDigest digest, String clientAddress) {
        this.digest = digest;
        this.clientAddress = clientAddress;
    }

    public KeyDigest digest() {
        return digest;
    }

    public String clientAddress() {
        return clientAddress;
    }

    /** Notes why the key of this name is refused: {@code expired_key}, {@code wrong_network}, ... */
    public void refuse(String category, String keyName) {
        this.refusal = category;
        this.name = keyName;
    }

    String refusal() {
        return refusal;
    }

    /** The name of the refused key, empty if the key is unknown. */
    String name() {
        return name;
    }
}
