package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * An API key as presented, already digested: the key itself goes no further than the mechanism.
 *
 * @param clientAddress where the request came from, for keys that are bound to networks
 */
public record ApiKeyCredential(KeyDigest digest, String clientAddress) implements Credential {}
