package io.mcpdata.config;

import java.util.Optional;

/** The data source of a connection. */
public sealed interface ConnectionSource {

    /** A word for the operator and for {@code list_connections}: {@code jndi}, {@code url} or {@code demo}. */
    String kind();

    /** A pool of the server, by its JNDI name. */
    record Jndi(String name) implements ConnectionSource {
        @Override
        public String kind() {
            return "jndi";
        }
    }

    /** A pool of the platform. The URL may contain credentials, so it is a secret too. */
    record Url(Secret url, Optional<String> username, Optional<Secret> password) implements ConnectionSource {
        @Override
        public String kind() {
            return "url";
        }
    }

    /** The embedded demo warehouse, created at start with fixed rows. */
    record Demo(String dataset) implements ConnectionSource {
        @Override
        public String kind() {
            return "demo";
        }
    }
}
