import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the WAR, starts it on Payara Micro with the demo's keys, and prints how to use it when the server is ready.
 * {@code demo/run} compiles and starts this program in the project's directory.
 */
final class Demo {

    /** Everything of one port, so that demos on several ports do not meet. */
    private final Path work;

    private final Options options;

    private Demo(Options options) {
        this.options = options;
        this.work = Path.of("target", "demo", String.valueOf(options.port()));
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            new Demo(Options.of(arguments)).run();
        } catch (Stop e) {
            System.err.println("demo/run: " + e.getMessage());
            System.exit(e.status());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("demo/run: " + e);
            System.exit(Stop.FAILURE);
        }
    }

    private void run() throws IOException, InterruptedException {
        options.checkPort();
        new Build(work.getParent()).run();
        Path data = Optional.ofNullable(System.getenv("DEMO_DATA_DIR"))
                .map(Path::of)
                .orElse(work.resolve("data"));
        Files.createDirectories(work);
        Files.createDirectories(data);
        Map<String, String> keys = Keys.of(data.resolve("keys.env"), options.freshKeys());
        Server server = new Server(options, work, data.toAbsolutePath(), keys);
        try (Progress progress = new Progress("Starting Payara Micro", "about 15 seconds; log: " + server.log())) {
            server.start();
        }
        List<String> warnings = server.warnings();
        if (!warnings.isEmpty()) {
            System.out.println("\nWarnings about " + options.config() + ":");
            warnings.forEach(warning -> System.out.println("  " + warning));
        }
        if (server.usesSharedData()) {
            System.out.println(
                    "\nThis configuration has no server.data_dir, so its audit trail and the keys made at run time are in"
                            + "\n  " + Path.of(System.getProperty("user.home"), ".mcp-data-platform")
                            + "\ntogether with those of every other configuration without it. 'data_dir: ${DATA_DIR}' under 'server:' keeps"
                            + "\nthem in " + data + ".");
        }
        new Greeting(options, server.log(), data.resolve("keys.env")).print(keys);
        server.greeted();
        server.awaitEnd();
    }
}
