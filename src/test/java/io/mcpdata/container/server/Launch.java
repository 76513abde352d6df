package io.mcpdata.container.server;

import io.mcpdata.testing.FreePort;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One start of a server.
 *
 * @param contextRoot {@code /} or a path such as {@code /data}
 * @param directory this instance's own directory, for logs and all other files of the server
 * @param environment what an operator would export before the start
 * @param jvmOptions such as {@code -Xmx512m}
 * @param extras more files of {@code server-config} to apply, by name without ending
 * @param java the home of the Java to run on
 * @param libraries jars beside the application, such as the drivers of an operator
 */
public record Launch(
        Path war,
        String contextRoot,
        int port,
        Path directory,
        Map<String, String> environment,
        List<String> jvmOptions,
        List<String> extras,
        Path java,
        List<Path> libraries) {

    public Launch {
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        extras = List.copyOf(extras);
        libraries = List.copyOf(libraries);
    }

    Launch withJvmOptions(List<String> more) {
        List<String> options = Stream.concat(jvmOptions.stream(), more.stream()).toList();
        return new Launch(war, contextRoot, port, directory, environment, options, extras, java, libraries);
    }

    /** The value of {@code HTTPS_PORT} in the operator's environment, or a port that no test uses. */
    String httpsPort() {
        return environment.getOrDefault("HTTPS_PORT", String.valueOf(FreePort.next()));
    }

    /** The driver that the application carries too: what an operator takes from Maven Central. */
    Path postgresqlDriver() {
        try {
            return Path.of(org.postgresql.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a kind of server whose way with libraries no test needs. */
    void requireNoLibraries() {
        if (!libraries.isEmpty()) {
            throw new IllegalStateException("libraries beside the application are tried on Payara Micro alone");
        }
    }

    Path log() {
        return directory.resolve("server.log");
    }
}
