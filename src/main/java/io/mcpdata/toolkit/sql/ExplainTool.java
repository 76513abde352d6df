package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** {@code sql_explain}: the database's plan for one read-only statement, which is not executed. */
final class ExplainTool implements ToolHandler {

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    ExplainTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_explain");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        JsonObject result = queries.by(invocation)
                .explain(
                        connection,
                        SqlStatement.of(arguments),
                        configuration.config().limits().resultBytes(),
                        invocation.cancellation());
        List<String> plan = result.getJsonArray("rows").stream()
                .map(row -> row.asJsonArray().stream().map(ExplainTool::text).collect(Collectors.joining(" | ")))
                .flatMap(String::lines)
                .toList();
        JsonObject content = Json.object().add("plan", Json.strings(plan)).build();
        return new ToolResponse(CallToolResult.structured(content), -1);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : value.toString();
    }
}
