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

    private final String folder;
    private final List<String> names;

    private MigrationScripts(String folder, List<String> names) {
        this.folder = folder;
        this.names = names;
    }

    static MigrationScripts embedded() {
        return new MigrationScripts("", MigrationNames.EMBEDDED);
    }

    static MigrationScripts postgresql() {
        return new MigrationScripts("postgresql/", MigrationNames.POSTGRESQL);
    }

    /** The version of the tables that these scripts make. */
    int newestVersion() {
        return MigrationNames.version(names);
    }

    /** Null for a missing file: Flyway asks for a settings file beside every script. */
    @Override
    public @Nullable LoadableResource getResource(String name) {
        return names.contains(name) ? new Script(folder, name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return names.stream()
                .filter(name -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(name -> new Script(folder, name))
                .toList();
    }

    private static final class Script extends LoadableResource {

        private final String folder;
        private final String name;

        Script(String folder, String name) {
            this.folder = folder;
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream script = MigrationScripts.class.getResourceAsStream(folder + name);
            if (script == null) {
                throw new UncheckedIOException(new IOException("the WAR lacks its migration " + folder + name));
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
