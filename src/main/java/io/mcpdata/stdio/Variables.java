package io.mcpdata.stdio;

import io.mcpdata.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The value of <code>${NAME}</code>, found as a server finds it: system property, then the environment under the name
 * itself, with {@code _} for characters that a variable's name cannot have, and that in capitals (MicroProfile Config
 * 3.1, "Default ConfigSources"). Immutable.
 */
final class Variables {

    private final Function<String, Optional<String>> environment;

    Variables(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * The variables of a file with one {@code NAME=value} a line, instead of this process's own.
     *
     * @throws CommandFailed if the file cannot be read or a line is something else; the message never quotes a line
     */
    static Variables ofFile(Path file) {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                String text = line.strip().replaceFirst("^export\\s+", "");
                if (!text.isEmpty() && !text.startsWith("#")) {
                    int equals = text.indexOf('=');
                    if (equals < 1) {
                        throw CommandFailed.usage(
                                file + ":" + number + ": expected NAME=value, a comment or an empty line");
                    }
                    values.put(text.substring(0, equals), unquoted(text.substring(equals + 1)));
                }
            }
        } catch (IOException e) {
            throw CommandFailed.usage(file + ": found no readable text file; expected lines of NAME=value");
        }
        return new Variables(name -> Optional.ofNullable(values.get(name)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("'") && value.endsWith("'")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /**
     * The same, with a value for {@code DATA_DIR} if there is none: the files of {@code server-config} set it on every
     * server.
     */
    Variables orOfServers() {
        String directory = ServerConfig.DEFAULT.dataDirectory().toString();
        return new Variables(name ->
                environment.apply(name).or(() -> Optional.of(directory).filter(value -> name.equals("DATA_DIR"))));
    }

    Optional<String> lookUp(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9]", "_");
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> environment.apply(name))
                .or(() -> environment.apply(plain))
                .or(() -> environment.apply(plain.toUpperCase(Locale.ROOT)));
    }
}
