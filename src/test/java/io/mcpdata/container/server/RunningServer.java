package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server process with the WAR in it. Stops with the JVM that started it, at the latest. */
public final class RunningServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(180);
    private static final long LONGEST_STOP_SECONDS = 45;
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private final ServerKind kind;
    private final Launch launch;
    private final Process process;
    private final Duration startedIn;
    private final Thread lastResort;

    private RunningServer(ServerKind kind, Launch launch, Process process, long startedAt) {
        this.kind = kind;
        this.launch = launch;
        this.process = process;
        this.lastResort = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            awaitAnswer();
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
        this.startedIn = Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Starts the server and returns when the application answers, ready or not. */
    public static RunningServer start(ServerKind kind, Launch launch) {
        try {
            Files.createDirectories(launch.directory());
            Launch complete = kind.archivesClasses() ? ClassArchive.with(launch) : launch;
            ProcessBuilder command = new ProcessBuilder(kind.prepare(complete))
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(launch.log().toFile());
            Map<String, String> environment = command.environment();
            environment.put("JAVA_HOME", launch.java().toString());
            environment.putAll(kind.environment(complete));
            environment.putAll(launch.environment());
            long startedAt = System.nanoTime();
            RunningServer server = new RunningServer(kind, launch, command.start(), startedAt);
            ClassArchive.started(server, complete);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the same server once more, at the same port and with the same files, after this one has ended. */
    public RunningServer startAgain() {
        return start(kind, launch);
    }

    /** Undeploys the WAR and deploys it again. */
    public void redeploy() {
        try {
            kind.redeploy(launch, java());
        } catch (IOException | RuntimeException e) {
            kill();
            throw new IllegalStateException("redeployment failed:\n" + tail(), e);
        }
        awaitAnswer();
    }

    public String name() {
        return kind.name();
    }

    /** Without a slash at its end, context root included. */
    public String baseUrl() {
        String root = launch.contextRoot();
        return origin() + (root.equals("/") ? "" : root);
    }

    public String origin() {
        return "http://127.0.0.1:" + launch.port();
    }

    public int port() {
        return launch.port();
    }

    public Duration startedIn() {
        return startedIn;
    }

    public Process process() {
        return process;
    }

    /** Everything the server wrote, its own log files included. */
    public String log() {
        return read(launch.log())
                + kind.serverLogs(launch).stream().map(RunningServer::read).collect(Collectors.joining());
    }

    /**
     * The log from this character on, as soon as it contains each of these expressions: servers write their logs some time
     * after the answers that the lines are about.
     */
    public String awaitLog(int from, String... expressions) {
        List<Pattern> wanted = Stream.of(expressions).map(Pattern::compile).toList();
        Eventually.within(
                LONGEST_WRITE,
                "the log contains " + String.join(", ", expressions),
                () -> wanted.stream()
                        .allMatch(each -> each.matcher(log().substring(from)).find()));
        return log().substring(from);
    }

    /** The whole log, as soon as it contains these words. */
    public String awaitLog(String words) {
        return awaitLog(0, Pattern.quote(words));
    }

    /** What each log has before these words; nothing of a log that has them nowhere. */
    public String logBefore(String words) {
        awaitLog(words);
        return Stream.concat(Stream.of(launch.log()), kind.serverLogs(launch).stream())
                .map(RunningServer::read)
                .filter(log -> log.contains(words))
                .map(log -> log.substring(0, log.indexOf(words)))
                .collect(Collectors.joining("\n"));
    }

    /** Every line of every access log. */
    public String accessLog() {
        Path logs = kind.accessLogs(launch);
        if (Files.isRegularFile(logs)) {
            return read(logs);
        }
        try (Stream<Path> files = Files.walk(logs)) {
            return String.join(
                    "\n",
                    files.filter(Files::isRegularFile).map(RunningServer::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java process: what was started, or what the start script started. */
    public ProcessHandle java() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** Resident memory of the Java process in MiB, -1 where the system does not tell. */
    public long residentMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + java().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    /** SIGTERM, as an operator's service manager sends it; does not wait. */
    public void terminate() {
        process.destroy();
    }

    /**
     * SIGTERM to every process, as systemd sends it by default; start scripts forward theirs, so that it arrives twice.
     */
    public void terminateEveryProcess() {
        ProcessHandle java = java();
        terminate();
        java.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether the process ended within the time. */
    public boolean awaitExit(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        terminate();
        if (!awaitExit(Duration.ofSeconds(LONGEST_STOP_SECONDS))) {
            kill();
            awaitExit(Duration.ofSeconds(5));
        }
        try {
            kind.tidy(launch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Thread.currentThread() != lastResort) {
            try {
                Runtime.getRuntime().removeShutdownHook(lastResort);
            } catch (IllegalStateException shuttingDown) {
                return;
            }
        }
    }

    private void awaitAnswer() {
        // a server that is still starting never answers an offer of HTTP/2, nor any later request on that connection
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        HttpRequest alive = HttpRequest.newBuilder(URI.create(baseUrl() + "/healthz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name() + " ended before it answered:\n" + tail());
            }
            try {
                if (client.send(alive, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                Thread.sleep(100);
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(name() + " did not answer in time:\n" + tail());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
