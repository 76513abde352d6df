import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The JDK's classes that an earlier start of the server read and checked, in an archive of the JVM (class data sharing): a
 * start with it takes a fifth less processor time. The first server writes it at its end. An archive that does not fit is
 * ignored by the JVM.
 */
final class ClassData {

    private final Path archive;
    private final Path written;
    private final boolean exists;

    /** @param work the directory of this port, beside those of the other ports */
    ClassData(Path work) throws IOException {
        this.archive = work.resolveSibling("classes-" + Runtime.version() + ".jsa");
        this.written = work.resolve("classes.jsa");
        this.exists = Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(Build.PAYARA)) > 0;
    }

    /** For the JVM of the server. */
    List<String> options() {
        return exists
                ? List.of("-XX:SharedArchiveFile=" + archive)
                : List.of("-XX:ArchiveClassesAtExit=" + written, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** After the server ended by itself or as it was asked to. */
    void keep() throws IOException {
        if (!exists && Files.exists(written)) {
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
