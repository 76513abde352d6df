package io.mcpdata.config;

/**
 * Section {@code database}: the PostgreSQL database that several servers share as the platform store.
 *
 * @param source a pool of the server, or a URL of PostgreSQL
 * @param instance the name of this server among those that share the database
 */
public record DatabaseConfig(ConnectionSource source, String instance) implements ConfigRecord {}
