import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the demo was asked for.
 *
 * @param config absolute
 * @param own whether the configuration is another one than the demo's
 */
record Options(int port, Path config, boolean own, boolean freshKeys) {

    private static final Path DEMO_CONFIG = Path.of("demo", "platform.yaml");
    private static final int LAST_PORT = 65_535;

    static Options of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>();
        for (String argument : arguments) {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            rest.add(equals < 0 ? argument : argument.substring(0, equals));
            if (equals > 0) {
                rest.add(argument.substring(equals + 1));
            }
        }
        Options options = new Options(8080, DEMO_CONFIG.toAbsolutePath(), false, false);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            options = switch (option) {
                case "--port" -> options.at(port(rest.poll()));
                case "--config" -> options.with(config(rest.poll()));
                case "--fresh-keys" -> new Options(options.port, options.config, options.own, true);
                default -> throw Stop.usage("'" + option + "' is not an option.");
            };
        }
        return options;
    }

    private Options at(int newPort) {
        return new Options(newPort, config, own, freshKeys);
    }

    private Options with(Path newConfig) {
        return new Options(port, newConfig, !newConfig.equals(DEMO_CONFIG.toAbsolutePath()), freshKeys);
    }

    private static int port(String text) {
        if (text == null || !text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > LAST_PORT) {
            throw Stop.usage("--port takes a number from 1 to " + LAST_PORT + found(text));
        }
        return Integer.parseInt(text);
    }

    /** A relative path begins where the person is, and not in the project's directory. */
    private static Path config(String text) {
        if (text == null || text.isEmpty()) {
            throw Stop.usage("--config takes the path of a platform.yaml" + found(text));
        }
        Path file = Path.of(System.getProperty("demo.from", ""))
                .resolve(text)
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Stop.usage("there is no readable file " + text + "; --config takes the path of a platform.yaml.");
        }
        return file;
    }

    private static String found(String text) {
        return text == null ? ", and none is given." : ", not '" + text + "'.";
    }

    /** Whether another program listens on the port. */
    void checkPort() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException busy) {
            throw new Stop("port " + port + " is in use; stop the program that listens there, or choose another port:"
                    + " demo/run --port " + (port == LAST_PORT ? port - 1 : port + 1));
        }
    }
}
