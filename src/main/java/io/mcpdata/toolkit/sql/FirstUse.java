package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Parses a statement and uses the first connection once, so that the first caller does not wait for class loading and a
 * new pool. Thread-safe.
 */
final class FirstUse implements Runnable {

    /** A database that does not answer delays readiness no longer than this. */
    static final Duration MOST = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(FirstUse.class.getName());
    private static final String STATEMENT = "SELECT 1";

    private final Connections connections;
    private final SqlQueries queries;
    private final long begun = System.nanoTime();
    private volatile boolean ended;

    FirstUse(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    /** Whether the first use has ended or has taken too long. */
    boolean isOver() {
        return ended || System.nanoTime() - begun > MOST.toNanos();
    }

    @Override
    public void run() {
        try {
            new SqlGuard().check(STATEMENT, SqlSyntax.of(Dialect.POSTGRESQL), FunctionRules.of(Set.of()));
            connections.all().stream()
                    // a connection with an identity is used for callers only
                    .filter(connection -> connection.identity().isEmpty())
                    .findFirst()
                    .ifPresent(this::use);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "the first use of the SQL tools failed; the first caller may wait longer", e);
        } finally {
            ended = true;
        }
    }

    private void use(ConnectionConfig connection) {
        try {
            queries.query(connection, new SqlStatement(STATEMENT, List.of()), 1, 1_000, new Cancellation());
        } catch (ToolException e) {
            LOG.log(
                    Level.DEBUG,
                    "the first use of connection {0} ended with {1}: {2}",
                    connection.name(),
                    e.category(),
                    e.getMessage());
        }
    }
}
