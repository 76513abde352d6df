package io.mcpdata.container.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one of the supported servers is started: with the files of {@code server-config} and the command that an operator
 * uses. A difference between the servers that a test would see is a bug of the product, so tests know nothing more.
 */
public interface ServerKind {

    String name();

    /** Makes what this start needs in its directory, and gives the command. */
    List<String> prepare(Launch launch) throws IOException;

    /** Environment besides the operator's own. */
    default Map<String, String> environment(Launch launch) {
        return Map.of();
    }

    /** Takes away what this start has left on the disk and no test looks at, after the server's end. */
    default void tidy(Launch launch) throws IOException {}

    /** Where the access log of this start is written, switched on as the operator's files say. */
    Path accessLogs(Launch launch);

    /** Takes the WAR off the running server, whose process this is, and puts it on again. */
    void redeploy(Launch launch, ProcessHandle java) throws IOException;

    /** Log files that the server writes besides what it prints. */
    default List<Path> serverLogs(Launch launch) {
        return List.of();
    }

    /** The server under test, chosen by the Maven profile. */
    static ServerKind underTest() {
        Setup setup = Setup.fromMaven();
        return switch (setup.server()) {
            case "payara" -> new PayaraMicro(setup);
            case "wildfly" -> new WildFly(setup);
            case "liberty" -> new OpenLiberty(setup);
            default -> throw new IllegalStateException("no driver for the server " + setup.server());
        };
    }
}
