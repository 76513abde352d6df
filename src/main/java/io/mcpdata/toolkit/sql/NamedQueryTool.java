package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.QueryConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** A statement of {@code queries} as a tool: the guard, the rules and the limits are those of {@code sql_query}. */
final class NamedQueryTool implements ToolHandler {

    private final QueryConfig query;
    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    NamedQueryTool(QueryConfig query, ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.query = query;
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return new Tool(
                query.name(),
                query.title().isEmpty() ? query.name() : query.title(),
                query.description(),
                NamedQuerySchema.of(query),
                ToolDescription.readOnly("sql_query").outputSchema(),
                ToolAnnotations.READ_ONLY);
    }

    @Override
    public Optional<String> connection() {
        return Optional.of(query.connection());
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        ConnectionConfig configured = connections.named(query.connection());
        int rows = Math.min(query.maxRows().orElse(configured.maxRows()), configured.maxRows());
        NamedQueryValues values = new NamedQueryValues(query, invocation.arguments(), CallerFacts.of(invocation));
        try {
            JsonObject result = queries.by(invocation)
                    .query(
                            limited(configured),
                            values.statement(),
                            rows,
                            configuration.config().limits().resultBytes(),
                            invocation.cancellation());
            return new ToolResponse(CallToolResult.structured(result), result.getInt("rowCount"));
        } catch (ToolException e) {
            throw values.withoutClaims(e);
        }
    }

    /** The query's own limit of time, if it is shorter. */
    private ConnectionConfig limited(ConnectionConfig connection) {
        Duration own = query.timeout().orElse(connection.timeout());
        return own.compareTo(connection.timeout()) < 0 ? connection.withTimeout(own) : connection;
    }
}
