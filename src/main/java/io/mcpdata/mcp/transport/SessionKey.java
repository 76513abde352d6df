package io.mcpdata.mcp.transport;

import io.mcpdata.config.KeyDigest;
import java.util.Optional;

/**
 * How a session is found and, where its client cannot send headers, proven.
 *
 * @param id unguessable, yet no credential
 * @param token digest of the session's own token; empty if its caller presents a credential with every request
 */
record SessionKey(String id, Optional<KeyDigest> token) {}
