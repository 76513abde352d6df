package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code sql_describe_table}: columns, types, comments and keys of one table. */
final class DescribeTableTool implements ToolHandler {

    private static final String UNKNOWN = "No such table. sql_list_tables names those there are.";

    private final Connections connections;
    private final SqlQueries queries;

    DescribeTableTool(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_describe_table");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        String table = arguments.getString("table");
        String schema = arguments.getString("schema", "");
        JsonObject description = queries.by(invocation)
                .schema(connection, invocation.cancellation(), tables -> description(tables, schema, table));
        return new ToolResponse(CallToolResult.structured(description), -1);
    }

    private static JsonObject description(SqlSchema all, String schema, String table) throws SQLException {
        List<TableName> found = schema.isEmpty() ? all.named(null, table) : all.named(schema, table);
        int dot = table.indexOf('.');
        if (found.isEmpty() && schema.isEmpty() && dot > 0) {
            found = all.named(table.substring(0, dot), table.substring(dot + 1));
        }
        if (found.isEmpty() && all.hiddenBy().isPresent()) {
            throw ToolException.denied("table_denied", all.hiddenBy().get(), UNKNOWN);
        }
        return all.describe(one(found, all.current()));
    }

    /** The only table, or the one in the connection's own schema. */
    private static TableName one(List<TableName> found, String currentSchema) {
        if (found.isEmpty()) {
            throw new ToolException("table_unknown", UNKNOWN);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        return found.stream()
                .filter(table -> table.schema().equals(currentSchema))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        "table_ambiguous",
                        "Several tables have that name: "
                                + found.stream().map(TableName::qualified).collect(Collectors.joining(", "))
                                + ". Give the schema too."));
    }
}
