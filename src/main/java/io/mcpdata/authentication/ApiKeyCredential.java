package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import jakarta.security.enterprise.credential.Credential;

/**
 * An API key as presented. The store that refuses it records the reason here, because the container's validation result
 * cannot carry one; the reason goes into the audit row and never to the client. Lives within one request and one
 * thread.
 */
public final class ApiKeyCredential implements Credential {

    private final Secret presented;
    private final KeyDigest digest;
    private final String clientAddress;
    private String refusal = "unknown_key";
    private String name = "";
    private boolean undecided;

    /** @param clientAddress the request's address, for keys that are limited to networks */
    public ApiKeyCredential(Secret presented, String clientAddress) {
        this.presented = presented;
        this.digest = KeyDigest.of(presented.reveal());
        this.clientAddress = clientAddress;
    }

    /** For checking its form only; the key itself is looked up by its digest. */
    public Secret presented() {
        return presented;
    }

    public KeyDigest digest() {
        return digest;
    }

    public String clientAddress() {
        return clientAddress;
    }

    /** Records why the key of this name is refused: {@code expired_key}, {@code wrong_network}, ... */
    public void refuse(String category, String keyName) {
        this.refusal = category;
        this.name = keyName;
    }

    /** Records that the key cannot be checked now: the client should retry with the same key. */
    public void leaveUndecided(String category) {
        this.refusal = category;
        this.undecided = true;
    }

    String refusal() {
        return refusal;
    }

    boolean isUndecided() {
        return undecided;
    }

    /** The name of the refused key, empty if the key is unknown. */
    String name() {
        return name;
    }
}
