package io.mcpdata.config;

import java.util.Optional;

/** Where a connection's rows come from. */
public sealed interface ConnectionSource {

    /** A word for the operator and for {@code list_connections}: {@code jndi}, {@code url} or {@code demo}. */
    String kind();

    /** A pool of the server's, by its JNDI name. */
    record Jndi(String name) implements ConnectionSource {
        @Override
        public String kind() {
            return "jndi";
        }
    }

    /** A pool of our own. The URL may carry credentials of its own, so it is a secret too. */
    record Url(Secret url, Optional<String> username, Optional<Secret> password) implements ConnectionSource {
        @Override
        public String kind() {
            return "url";
        }
    }

    /** The embedded demo warehouse, made deterministically at start. */
    record Demo(String dataset) implements ConnectionSource {
        @Override
        public String kind() {
            return "demo";
        }
    }
}
