package io.mcpdata.container.server;

import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server with a configuration and keys of its own. */
public final class Platform implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final RunningServer server;
    private final Keys keys;
    private final Path file;
    private final Path dataDirectory;
    private final String original;

    private Platform(RunningServer server, Keys keys, Path file, Path dataDirectory, String original) {
        this.server = server;
        this.keys = keys;
        this.file = file;
        this.dataDirectory = dataDirectory;
        this.original = original;
    }

    /**
     * The options of a start.
     *
     * @param yaml the configuration; it may use the variables of {@link Keys} and {@code DATA_DIR}
     * @param environment more variables
     * @param extras more files of {@code server-config} to apply, by name without ending
     * @param java the home of the Java to run on
     * @param libraries jars beside the application, such as the drivers of an operator
     * @param war the application, as packaged or with a toolkit of another team in it
     */
    public record Options(
            String contextRoot,
            String yaml,
            Map<String, String> environment,
            List<String> jvmOptions,
            List<String> extras,
            Path java,
            List<Path> libraries,
            Path war) {

        /**
         * Only the quick compiler and the simple collector: starts are most of the cost of these tests, and this saves
         * more than a third of each.
         */
        private static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

        public static Options standard() {
            Setup setup = Setup.fromMaven();
            return new Options("/", standardYaml(), Map.of(), JVM, List.of(), setup.java(), List.of(), setup.war());
        }

        public Options at(String newContextRoot) {
            return new Options(newContextRoot, yaml, environment, jvmOptions, extras, java, libraries, war);
        }

        public Options withYaml(String newYaml) {
            return new Options(contextRoot, newYaml, environment, jvmOptions, extras, java, libraries, war);
        }

        public Options withEnvironment(Map<String, String> more) {
            return new Options(contextRoot, yaml, more, jvmOptions, extras, java, libraries, war);
        }

        public Options withJvmOption(String option) {
            List<String> options = new ArrayList<>(jvmOptions);
            options.add(option);
            return new Options(contextRoot, yaml, environment, options, extras, java, libraries, war);
        }

        public Options withExtras(List<String> more) {
            return new Options(contextRoot, yaml, environment, jvmOptions, more, java, libraries, war);
        }

        public Options onJava(Path home) {
            return new Options(contextRoot, yaml, environment, jvmOptions, extras, home, libraries, war);
        }

        public Options withLibraries(List<Path> more) {
            return new Options(contextRoot, yaml, environment, jvmOptions, extras, java, more, war);
        }

        public Options withWar(Path other) {
            return new Options(contextRoot, yaml, environment, jvmOptions, extras, java, libraries, other);
        }
    }

    public static Platform start(Options options) {
        return start(options, Setup.fromMaven().server());
    }

    /** @param kind one of the servers that Maven has unpacked */
    static Platform start(Options options, String kind) {
        Setup setup = Setup.fromMaven();
        Path directory = setup.work().resolve(kind + "-" + COUNT.incrementAndGet());
        Path file = directory.resolve("platform.yaml");
        Keys keys = Keys.generate();
        Map<String, String> environment = new HashMap<>(keys.environment());
        environment.put("DATA_DIR", directory.resolve("data").toString());
        environment.put("PLATFORM_CONFIG", file.toString());
        environment.putAll(options.environment());
        try {
            Folders.delete(directory);
            Files.createDirectories(directory);
            Files.writeString(file, options.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Launch launch = new Launch(
                options.war(),
                options.contextRoot(),
                FreePort.next(),
                directory,
                environment,
                options.jvmOptions(),
                options.extras(),
                options.java(),
                options.libraries());
        RunningServer server = RunningServer.start(ServerKind.named(kind), launch);
        return new Platform(server, keys, file, Path.of(environment.get("DATA_DIR")), options.yaml());
    }

    /** Starts the same server once more, with the same keys and files, after this one has ended. */
    public Platform startAgain() {
        return new Platform(server.startAgain(), keys, file, dataDirectory, original);
    }

    /** The configuration that the shared server runs with. */
    public static String standardYaml() {
        try (InputStream yaml = Platform.class.getResourceAsStream("/io/mcpdata/container/platform.yaml")) {
            return new String(Objects.requireNonNull(yaml).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RunningServer server() {
        return server;
    }

    public Keys keys() {
        return keys;
    }

    public String key(String name) {
        return keys.of(name);
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    public Path configurationFile() {
        return file;
    }

    /** Puts a new version of the configuration in place at once, as an operator's deployment does. */
    public void configure(String yaml) {
        try {
            Path next = Files.writeString(file.resolveSibling("next.yaml"), yaml);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration this platform was started with. */
    public String originalYaml() {
        return original;
    }

    @Override
    public void close() {
        server.close();
    }
}
