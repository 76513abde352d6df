package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObject;

/** {@code sql_query}: the rows of one read-only statement. */
final class QueryTool implements ToolHandler {

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    QueryTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_query");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        int rows = Math.min(arguments.getInt("max_rows", connection.maxRows()), connection.maxRows());
        JsonObject result = queries.by(invocation)
                .query(
                        connection,
                        SqlStatement.of(arguments),
                        rows,
                        configuration.config().limits().resultBytes(),
                        invocation.cancellation());
        return new ToolResponse(CallToolResult.structured(result), result.getInt("rowCount"));
    }
}
