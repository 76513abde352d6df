package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** {@code list_connections}: the connections that the persona allows, without their addresses. */
final class ListConnectionsTool implements ToolHandler {

    private final Connections connections;

    ListConnectionsTool(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("list_connections");
    }

    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        List<ConnectionConfig> usable = connections.all().stream()
                .filter(connection -> invocation.mayUse(connection.name()))
                .toList();
        JsonArrayBuilder list = Json.array();
        usable.forEach(connection -> list.add(line(connection)));
        return new ToolResponse(
                CallToolResult.structured(Json.object().add("connections", list).build()), usable.size());
    }

    private JsonObjectBuilder line(ConnectionConfig connection) {
        JsonObjectBuilder line = Json.object().add("name", connection.name());
        if (!connection.description().isEmpty()) {
            line.add("description", connection.description());
        }
        connections.known(connection).ifPresent(database -> line.add("database", database.toJson()));
        return line.add("maxRows", connection.maxRows())
                .add("timeoutSeconds", connection.timeout().toMillis() / 1000.0);
    }
}
