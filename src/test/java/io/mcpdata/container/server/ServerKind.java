package io.mcpdata.container.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one of the supported servers is started: with the files of {@code server-config} and an operator's command. A
 * difference between the servers that a test could see is a fault of the product, so tests know nothing more.
 */
public interface ServerKind {

    String name();

    /** Prepares the directory of this start, and returns the command. */
    List<String> prepare(Launch launch) throws IOException;

    /** Environment besides the operator's own. */
    default Map<String, String> environment(Launch launch) {
        return Map.of();
    }

    /** Whether the JVM can write the classes of this server to an archive: it cannot where there is an agent. */
    default boolean archivesClasses() {
        return true;
    }

    /** Deletes the files of this start that no test reads, after the server's end. */
    default void tidy(Launch launch) throws IOException {}

    /** The access log of this start, which the operator's files switch on. */
    Path accessLogs(Launch launch);

    /**
     * Undeploys the WAR of the running server and deploys it again.
     *
     * @param java the server's process
     */
    void redeploy(Launch launch, ProcessHandle java) throws IOException;

    /** Log files that the server writes in addition to its output. */
    default List<Path> serverLogs(Launch launch) {
        return List.of();
    }

    /** The server under test, chosen by the Maven profile. */
    static ServerKind underTest() {
        return named(Setup.fromMaven().server());
    }

    /** A server that Maven has unpacked. */
    static ServerKind named(String name) {
        Setup setup = Setup.fromMaven();
        return switch (name) {
            case "payara" -> PayaraMicro.six(setup);
            case "payara7" -> PayaraMicro.seven(setup);
            case "wildfly" -> new WildFly(setup);
            case "liberty" -> new OpenLiberty(setup);
            default -> throw new IllegalStateException("no driver for the server " + name);
        };
    }
}
