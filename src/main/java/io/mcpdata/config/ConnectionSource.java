package io.mcpdata.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The data source of a connection. */
public sealed interface ConnectionSource {

    /** A word for the operator and for {@code list_connections}: {@code jndi}, {@code url}, {@code demo} or {@code files}. */
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

    /**
     * Files that an embedded DuckDB reads as views.
     *
     * @param views the absolute path of the file by name of the view
     * @param memoryMegabytes how much memory all statements together may use, outside of the Java heap
     */
    record Files(Map<String, Path> views, int memoryMegabytes, int threads) implements ConnectionSource {
        public Files {
            views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        }

        @Override
        public String kind() {
            return "files";
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
