package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * The random token of a session that was opened with a key in the query: what the client presents on {@code POST} in
 * place of the key.
 *
 * @param clientAddress where the request came from, for keys that are bound to networks
 */
public record SessionTokenCredential(String sessionId, KeyDigest token, String clientAddress) implements Credential {}
