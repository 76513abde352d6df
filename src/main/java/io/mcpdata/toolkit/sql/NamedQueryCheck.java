package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.QueryConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prepares each named query on its database and logs a warning about one that cannot run. A database that is not
 * reachable says nothing about a query. Thread-safe.
 */
final class NamedQueryCheck {

    private static final Logger LOG = System.getLogger(NamedQueryCheck.class.getName());
    private static final Set<String> UNREACHABLE =
            Set.of("connection_unavailable", "connection_busy", "connection_unknown", "timeout", "cancelled");

    private final Connections connections;
    private final SqlQueries queries;

    NamedQueryCheck(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    void check(List<QueryConfig> all) {
        for (QueryConfig query : all) {
            problem(query).ifPresent(problem -> LOG.log(Level.WARNING, "query {0}: {1}", query.name(), problem));
        }
    }

    /** Why the query cannot run; empty if it can, or the database is not asked. */
    Optional<String> problem(QueryConfig query) {
        try {
            ConnectionConfig connection = connections.named(query.connection());
            if (connection.identity().isPresent()) {
                // a connection with an identity is used for callers only
                return Optional.empty();
            }
            Cancellation cancellation = new Cancellation();
            SqlStatement statement = NamedQueryValues.withoutValues(query);
            int markers = queries.markers(connection, statement, cancellation);
            if (markers != statement.markers()) {
                return Optional.of("the database reads " + markers + " parameters; expected " + statement.markers()
                        + ". Look for a :name in quotes or in a comment of this product");
            }
            return queries.look(connection, cancellation, metadata -> {
                try (PreparedStatement prepared = metadata.getConnection().prepareStatement(statement.sql())) {
                    // some drivers send the statement only when they are asked about its columns
                    return prepared.getMetaData() == null
                            ? Optional.of("the database knows no columns of the statement")
                            : Optional.<String>empty();
                }
            });
        } catch (ToolException e) {
            return UNREACHABLE.contains(e.category()) ? Optional.empty() : Optional.of(e.getMessage());
        }
    }
}
