package io.mcpdata.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations, listed by name: a class path scan finds nothing in WildFly's virtual file system, and a platform
 * without its tables must not start.
 */
final class MigrationScripts implements ResourceProvider {

    private static final List<String> NAMES = List.of(
            "V1__audit_event.sql",
            "V2__audit_event_reading.sql",
            "V3__api_key.sql",
            "V4__fewer_audit_indexes.sql",
            "V5__caller_identity.sql",
            "V6__audit_chain.sql");

    /** The version of the tables that these scripts make. */
    static String newestVersion() {
        String name = NAMES.get(NAMES.size() - 1);
        return name.substring(1, name.indexOf("__"));
    }

    /** Null for a missing file: Flyway asks for a settings file beside every script. */
    @Override
    public @Nullable LoadableResource getResource(String name) {
        return NAMES.contains(name) ? new Script(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(Script::new)
                .toList();
    }

    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream script = MigrationScripts.class.getResourceAsStream(name);
            if (script == null) {
                throw new UncheckedIOException(new IOException("the WAR lacks its migration " + name));
            }
            return new InputStreamReader(script, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
