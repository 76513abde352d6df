package io.mcpdata.config;

/**
 * Section {@code database}: the PostgreSQL database that several servers share as the platform store.
 *
 * @param source a pool of the server, or a URL of PostgreSQL
 * @param instance the name of this server among those that share the database
 */
public record DatabaseConfig(ConnectionSource source, String instance) implements ConfigRecord {

    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?";

    /** Whether the text can be the name of a server. */
    public static boolean isName(String text) {
        return text.matches(NAME);
    }
}
