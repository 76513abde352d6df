package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** {@code sql_list_tables}: tables and views with their comments. */
final class ListTablesTool implements ToolHandler {

    private static final int MOST = 1_000;

    private final Connections connections;
    private final SqlQueries queries;

    ListTablesTool(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_list_tables");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        String schema = arguments.getString("schema", "");
        String part = arguments.getString("name_contains", "").toLowerCase(Locale.ROOT);
        List<TableName> found =
                queries.by(invocation).schema(connection, invocation.cancellation(), SqlSchema::tables).stream()
                        .filter(table -> schema.isEmpty() || table.schema().equalsIgnoreCase(schema))
                        .filter(table -> table.name().toLowerCase(Locale.ROOT).contains(part))
                        .toList();
        JsonArrayBuilder list = Json.array();
        found.stream().limit(MOST).forEach(table -> list.add(table.toJson()));
        JsonObject content = Json.object()
                .add(
                        "database",
                        connections
                                .profile(
                                        connection,
                                        new SqlCaller(CallerFacts.of(invocation), invocation.cancellation()))
                                .toJson())
                .add("tables", list)
                .add("truncated", found.size() > MOST)
                .build();
        return new ToolResponse(CallToolResult.structured(content), Math.min(found.size(), MOST));
    }
}
