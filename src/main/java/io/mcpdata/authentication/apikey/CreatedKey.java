package io.mcpdata.authentication.apikey;

import io.mcpdata.config.Secret;

/** A new key, with its value: to be shown once to whoever made it, and kept nowhere. */
public record CreatedKey(Secret value, StoredKey stored) {}
