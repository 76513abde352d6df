package io.mcpdata.authentication.apikey;

import io.mcpdata.config.Secret;

/** A new key with its value, which is shown once to the caller who made it and stored nowhere. */
public record CreatedKey(Secret value, StoredKey stored) {}
