import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Payara Micro with the WAR, from its start to its end. */
final class Server {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private static final Pattern DATA_DIRECTORY = Pattern.compile("^[^#\\n]*\\bdata_dir\\s*:", Pattern.MULTILINE);

    /** Payara ends some records with two brackets. */
    private static final String END = "(?:]])?$";

    private final Options options;
    private final Path work;
    private final Path data;
    private final Map<String, String> keys;
    private final Client client;
    private final ClassData classes;
    private Process process;
    private volatile boolean greeted;
    private volatile boolean stopping;

    Server(Options options, Path work, Path data, Map<String, String> keys) throws IOException {
        this.options = options;
        this.work = work;
        this.data = data;
        this.keys = keys;
        this.client = new Client(options.port());
        this.classes = new ClassData(work);
    }

    Path log() {
        return work.resolve("server.log");
    }

    /** Returns when calls are answered. */
    void start() throws IOException, InterruptedException {
        forget(work.resolve("payara"));
        process = command().start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new Stop("the server did not start; its log says why: " + log());
            }
            HttpResponse<String> ready = client.get("/readyz", "");
            if (ready != null && ready.statusCode() == 200) {
                return;
            }
            // a page of Payara's own is not JSON
            boolean own =
                    ready != null && ready.statusCode() == 503 && ready.body().startsWith("{");
            if (own && !ready.body().contains("[\"starting\"]")) {
                throw new Stop(whyNotReady(ready.body()));
            }
            Thread.sleep(100);
        }
        throw new Stop("the server did not become ready in " + LONGEST_START.toMinutes()
                + " minutes; its log says why: " + log());
    }

    /** Deletes the configuration of an earlier run, which Payara would use again. */
    private static void forget(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private ProcessBuilder command() {
        Path settings = Path.of("server-config", "payara");
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(classes.options());
        arguments.addAll(List.of(
                // the quick compiler alone: a demo starts often and runs for a short time
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-jar",
                Build.PAYARA.toString(),
                "--nocluster",
                "--port",
                String.valueOf(options.port()),
                "--rootdir",
                work.resolve("payara").toAbsolutePath().toString(),
                "--prebootcommandfile",
                settings.resolve("pre-boot.asadmin").toString(),
                "--postbootcommandfile",
                settings.resolve("post-boot.asadmin").toString(),
                "--postdeploycommandfile",
                settings.resolve("post-deploy.asadmin").toString(),
                "--deploy",
                Build.WAR.toString(),
                "--contextroot",
                "/"));
        ProcessBuilder command =
                new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(log().toFile());
        command.environment().put("PLATFORM_CONFIG", options.config().toString());
        command.environment().put("DATA_DIR", data.toString());
        // files that were made from an earlier version of the demo's
        command.environment().put("DEMO_DATA_DIR", data.toString());
        command.environment().putAll(keys);
        return command;
    }

    private String whyNotReady(String readiness) throws IOException {
        List<String> problems = logged("configuration rejected: (.*?)");
        if (!problems.isEmpty()) {
            return "the configuration " + options.config() + " is not valid:\n  " + String.join("\n  ", problems);
        }
        List<String> store = logged("(the platform store .*?)");
        if (!store.isEmpty()) {
            boolean fixed = !Files.readString(options.config()).contains("DATA_DIR}");
            return store.get(store.size() - 1)
                    + (fixed ? "; 'data_dir: ${DATA_DIR}' is another directory for each port of the demo" : "");
        }
        return "the platform is not ready: " + readiness + "; the log says why: " + log();
    }

    /** What the platform found in a configuration that works but should be changed. */
    List<String> warnings() throws IOException {
        return logged("configuration warning: (.*?)");
    }

    /** Whether the configuration leaves the directory of the data to the platform, whose default is one for all ports. */
    boolean usesSharedData() throws IOException {
        return options.own()
                && !DATA_DIRECTORY.matcher(Files.readString(options.config())).find();
    }

    private List<String> logged(String record) throws IOException {
        return Pattern.compile(record + END, Pattern.MULTILINE)
                .matcher(Files.readString(log()))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** From now on the end of the server is reported. An error of the start was reported before. */
    void greeted() {
        greeted = true;
    }

    void awaitEnd() throws InterruptedException {
        int status = process.waitFor();
        // Ctrl-C also stops the server: that is no error
        Thread.sleep(200);
        if (!stopping) {
            throw new Stop("the server ended by itself with status " + status + "; its log says why: " + log());
        }
    }

    private void stop() {
        stopping = true;
        say("\nStopping ...");
        process.destroy();
        try {
            if (process.waitFor(40, TimeUnit.SECONDS)) {
                classes.keep();
            } else {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        } catch (IOException e) {
            say("The next start is not faster: " + e);
        }
        say("Stopped.");
    }

    private void say(String line) {
        if (greeted) {
            System.out.println(line);
        }
    }
}
