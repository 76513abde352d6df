package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StackTracesTest {

    private static final String OF_OURS = """
            10:00:00,000 ERROR [stderr] something went wrong
            java.lang.IllegalStateException: closed
            \tat java.base/java.lang.Thread.run(Thread.java:840)
            \tat %sio.mcpdata.background.ThreadRefusals.threads(ThreadRefusals.java:20)
            Caused by: java.sql.SQLException
            \t... 2 more
            10:00:01,000 INFO on it goes at io.mcpdata.Place
            """;

    private static final String OF_POOLS = """
            2026-11-28 04:20:55,284 WARN  [org.jboss.jca] (pool 85) IJ030022: Lock owned during cleanup: thread 6: java.lang.Throwable
            \tat java.base@17.0.15/sun.nio.ch.Net.poll(Native Method)
            \tat deployment.ROOT.war//io.mcpdata.toolkit.sql.SqlQueries.run(SqlQueries.java:111)
            2026-11-28 22:26:27,849 WARN  [org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory] (thread 2) IJ030061: Error resetting auto-commit for: java:/jdbc/sales: org.postgresql.util.PSQLException: This connection has been closed.
            \tat deployment.postgresql.jar//org.postgresql.jdbc.PgConnection.checkClosed(PgConnection.java:1050)
            \tat deployment.ROOT.war//io.mcpdata.toolkit.sql.BorrowedConnections.giveBack(BorrowedConnections.java:172)
            Nov 28, 2026 4:15:55 AM com.sun.gjc.spi.jdbc40.ConnectionHolder40 close
            SEVERE: jdbc.unable_to_set_client_info
            java.lang.reflect.UndeclaredThrowableException
            \tat com.sun.gjc.spi.jdbc40.ConnectionHolder40.close(ConnectionHolder40.java:596)
            \tat com.sun.gjc.spi.jdbc40.ConnectionHolder40.abort(ConnectionHolder40.java:682)
            \tat io.mcpdata.toolkit.sql.BorrowedConnection.abort(BorrowedConnection.java:93)
            """;

    private static final String OF_A_SERVER = """
            java.io.IOException: Broken pipe
            \tat org.glassfish.grizzly.Writer.write(Writer.java:1)
            """;

    @Test
    void tracesThroughTheProductAreFoundOnEveryServer() {
        for (String deployment : new String[] {"", "deployment.mcp-data-platform.war//"}) {
            assertThat(StackTraces.ofOurs(OF_A_SERVER + OF_OURS.formatted(deployment) + OF_A_SERVER + OF_POOLS))
                    .singleElement()
                    .asString()
                    .startsWith("java.lang.IllegalStateException: closed\n")
                    .endsWith("\t... 2 more");
        }
    }

    @Test
    void whatPoolsTellOfConnectionsWhoseDatabaseHangsIsNone() {
        assertThat(StackTraces.ofOurs(OF_POOLS + OF_A_SERVER)).isEmpty();
    }

    @Test
    void traceAtTheEndOfALogIsFound() {
        assertThat(StackTraces.ofOurs("SEVERE: x\n\tat io.mcpdata.Place.go(Place.java:1)"))
                .hasSize(1);
    }
}
