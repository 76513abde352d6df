package io.mcpdata.container.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Information about the server's Java process from outside, by the JDK's {@code jcmd}. */
public final class Diagnosis {

    /** States of a connection in the tables of Linux. */
    private static final String ESTABLISHED = "01";

    private static final String HALF_CLOSED = "08";

    private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*?)\" ");

    private final RunningServer server;

    public Diagnosis(RunningServer server) {
        this.server = server;
    }

    /** The names of all threads. */
    public List<String> threads() {
        return THREAD.matcher(jcmd("Thread.print"))
                .results()
                .map((MatchResult thread) -> thread.group(1))
                .toList();
    }

    /** What every thread of the server does that is not idle. */
    public String busyThreads() {
        return Stream.of(jcmd("Thread.print").split("\n\n"))
                .filter(thread -> thread.contains("io.mcpdata") || thread.contains("State: RUNNABLE"))
                .filter(thread -> thread.contains("\tat "))
                .collect(Collectors.joining("\n\n"));
    }

    /** What is sent and not read yet on the connections of the server, by the kernel: state, addresses, bytes. */
    public String unreadBytes() {
        String port = String.format(":%04X", server.port());
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)))
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words[1].endsWith(port) || words[2].endsWith(port))
                .filter(words -> words[3].equals(ESTABLISHED) || words[3].equals(HALF_CLOSED))
                .map(words -> words[1] + " to " + words[2] + " state " + words[3] + " written:unread " + words[4])
                .filter(line -> !line.endsWith("00000000:00000000"))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the classes that are loaded to a file of the JVM; no file if the JVM cannot. */
    void archiveClasses(Path file) {
        jcmd("VM.cds", "dynamic_dump", file.toString());
    }

    public void collectGarbage() {
        jcmd("GC.run");
    }

    /** The live objects on the heap, after a garbage collection. */
    public long liveBytes() {
        String total = jcmd("GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    /** How many instances of each loaded class of this name live: one number for every class loader that has it. */
    public List<Integer> instancesPerLoader(String className) {
        return instancesPerLoader(Set.of(className)).getOrDefault(className, List.of());
    }

    /** The same for more classes, all in one moment; nothing for those of which none lives. */
    public Map<String, List<Integer>> instancesPerLoader(Set<String> classNames) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length >= 4 && classNames.contains(words[3]))
                .collect(Collectors.groupingBy(
                        words -> words[3],
                        TreeMap::new,
                        Collectors.mapping(words -> Integer.valueOf(words[1]), Collectors.toList())));
    }

    private String jcmd(String... command) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                String.valueOf(server.java().pid())));
        words.addAll(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
