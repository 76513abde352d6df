import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the WAR and fetches Payara Micro with Maven, unless they are newer than all sources. */
final class Build {

    static final Path WAR = Path.of("target", "mcp-data-platform.war");
    static final Path PAYARA = Path.of("target", "servers", "payara-micro.jar");

    /** Only the steps that make these two: the whole build would download the libraries of the tests too. */
    private static final List<String> GOALS =
            List.of("resources:resources", "compiler:compile", "war:war", "dependency:copy@payara-micro");

    private static final Pattern DOWNLOADED = Pattern.compile("Downloaded from .*\\(([0-9.]+) (B|kB|MB) at .*");
    private static final Map<String, Double> MEGABYTES = Map.of("B", 1e-6, "kB", 1e-3, "MB", 1.0);
    private static final int MOST_LINES = 15;

    private final Path log;
    private final Path stamp;

    /** @param work the directory for the log and for the time of the last build */
    Build(Path work) {
        this.log = work.resolve("build.log");
        this.stamp = work.resolve("built");
    }

    void run() throws IOException, InterruptedException {
        Files.createDirectories(stamp.getParent());
        // a second demo that is started meanwhile waits here, and then needs no build
        try (FileChannel file = FileChannel.open(
                        stamp.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (isDue()) {
                Instant begin = Instant.now();
                maven();
                Files.writeString(stamp, "the last build of demo/run\n");
                Files.setLastModifiedTime(stamp, FileTime.from(begin));
            }
        }
    }

    private boolean isDue() throws IOException {
        if (Files.notExists(WAR) || Files.notExists(PAYARA) || Files.notExists(stamp)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(stamp);
        if (Files.getLastModifiedTime(Path.of("pom.xml")).compareTo(built) > 0) {
            return true;
        }
        try (Stream<Path> sources = Files.walk(Path.of("src", "main"))) {
            return sources.anyMatch(source -> source.toFile().lastModified() > built.toMillis());
        }
    }

    private void maven() throws IOException, InterruptedException {
        String expectation = Files.exists(PAYARA)
                ? "some seconds"
                : "the first time about a minute, with 155 MB of downloads; later some seconds";
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        ProcessBuilder maven = new ProcessBuilder(windows ? "mvn.cmd" : "mvn", "-B", "-Dquick", "-DskipTests")
                .redirectErrorStream(true);
        maven.command().addAll(GOALS);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process;
        try {
            process = maven.start();
        } catch (IOException absent) {
            throw new Stop("Maven is missing; install Maven 3.8 or newer, so that mvn is on the PATH.");
        }
        process.getOutputStream().close();
        try (Progress progress = new Progress("Building the platform", expectation)) {
            follow(process, progress);
        }
        if (process.waitFor() != 0) {
            throw new Stop("the build failed:\n" + errors() + "Maven's whole output is in " + log);
        }
    }

    private void follow(Process maven, Progress progress) throws IOException {
        double megabytes = 0;
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(log))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                Matcher download = DOWNLOADED.matcher(line);
                if (download.find()) {
                    megabytes += Double.parseDouble(download.group(1)) * MEGABYTES.get(download.group(2));
                    progress.at(String.format(Locale.ROOT, "%.0f MB downloaded", megabytes));
                } else if (line.startsWith("[INFO] --- ")) {
                    progress.at(line.replaceAll("^\\[INFO] --- (?:maven-)?(\\w+).*", "Maven: $1"));
                }
            }
        }
    }

    private String errors() throws IOException {
        StringBuilder errors = new StringBuilder();
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line -> line.startsWith("[ERROR] "))
                    .limit(MOST_LINES)
                    .forEach(line -> errors.append("  ").append(line).append('\n'));
        }
        return errors.toString();
    }
}
