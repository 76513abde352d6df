package io.mcpdata.container.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes that the first server of a suite has read and verified, in an archive of the JVM (class data sharing): later
 * starts take a quarter less processor time. The archive is written from a running server before the next one starts, which
 * the JVM refuses with an agent. A JVM ignores an archive that does not fit.
 */
final class ClassArchive {

    private static final String RECORD = "-XX:+RecordDynamicDumpInfo";

    /** What does not go into an archive is nothing for the log of a server. */
    private static final String QUIET = "-Xlog:cds=off,cds+dynamic=off";

    private static @Nullable Path archive;
    private static @Nullable RunningServer recorded;

    private ClassArchive() {}

    /** The launch with the options for its JVM. An archive belongs to one version of Java: that of the setup. */
    static synchronized Launch with(Launch launch) throws IOException {
        Setup setup = Setup.fromMaven();
        if (!launch.java().equals(setup.java())) {
            return launch;
        }
        RunningServer first = recorded;
        if (archive == null && first != null && first.java().isAlive()) {
            Path file = setup.work().resolve(setup.server() + "-classes.jsa").toAbsolutePath();
            Files.deleteIfExists(file);
            new Diagnosis(first).archiveClasses(file);
            archive = Files.exists(file) ? file : null;
        }
        if (archive != null) {
            return launch.withJvmOptions(List.of(QUIET, "-XX:SharedArchiveFile=" + archive));
        }
        boolean agent = launch.jvmOptions().stream().anyMatch(option -> option.matches("-(agent|javaagent).*"));
        return agent ? launch : launch.withJvmOptions(List.of(QUIET, RECORD));
    }

    /** A server that answers. */
    static synchronized void started(RunningServer server, Launch launch) {
        if (launch.jvmOptions().contains(RECORD)) {
            recorded = server;
        }
    }
}
