import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How long {@code demo/run} takes to its greeting, which has the first answer, against Payara Micro with an empty WAR. Run in
 * the project's directory, without being compiled first, after {@code demo/run} was started and stopped once:
 *
 * <pre>java bench/DemoStart.java [rounds]</pre>
 *
 * A round starts the bare server as it comes, with the options of the demo's JVM, and the demo. Figures of one machine and one
 * moment: compare only what one run printed.
 */
final class DemoStart {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path work;
    private final Path empty;

    private DemoStart(Path work) throws IOException {
        this.work = work;
        this.empty = work.resolve("empty.war");
        try (OutputStream file = Files.newOutputStream(empty);
                JarOutputStream war = new JarOutputStream(file)) {
            war.putNextEntry(new JarEntry("index.html"));
            war.write("empty".getBytes(StandardCharsets.UTF_8));
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Path work = Files.createTempDirectory("demo-start");
        try {
            new DemoStart(work).measure(rounds);
        } finally {
            delete(work);
        }
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        List<Double> asItComes = new ArrayList<>();
        List<Double> options = new ArrayList<>();
        List<Double> demo = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            asItComes.add(bare(List.of()));
            options.add(bare(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m")));
            demo.add(demo());
            System.out.printf(
                    "round %d: bare server %.1f s, with the demo's JVM options %.1f s, demo %.1f s%n",
                    round, asItComes.get(round - 1), options.get(round - 1), demo.get(round - 1));
        }
        System.out.printf(
                "medians: demo / bare server %.2f, demo / bare server with the demo's JVM options %.2f%n",
                median(demo) / median(asItComes), median(demo) / median(options));
    }

    /** Until the page of the empty WAR is answered. */
    private double bare(List<String> jvm) throws IOException, InterruptedException {
        int port = freePort();
        Path root = work.resolve("payara");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(
                List.of("-jar", "target/servers/payara-micro.jar", "--nocluster", "--port", String.valueOf(port)));
        command.addAll(List.of("--rootdir", root.toString(), "--deploy", empty.toString(), "--contextroot", "/"));
        long begin = System.nanoTime();
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("bare.log").toFile())
                .start();
        try {
            while (!answers("http://127.0.0.1:" + port + "/index.html")) {
                if (!server.isAlive() || System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw new IllegalStateException(
                            "the bare server did not start: " + Files.readString(work.resolve("bare.log")));
                }
                Thread.sleep(50);
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            stop(server);
            delete(root);
        }
    }

    private static boolean answers(String address) throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private double demo() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process demo = new ProcessBuilder("demo/run", "--port", String.valueOf(freePort()))
                .redirectErrorStream(true)
                .start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("The demo is running")) {
                    return (System.nanoTime() - begin) / 1e9;
                }
            }
            throw new IllegalStateException("the demo did not start: " + output);
        } finally {
            stop(demo);
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
