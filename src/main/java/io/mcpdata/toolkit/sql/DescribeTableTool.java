package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code sql_describe_table}: columns, types, comments, keys and own words of one table or several. */
final class DescribeTableTool implements ToolHandler {

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    DescribeTableTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.configuration = configuration;
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
        if (arguments.containsKey("table") == arguments.containsKey("tables")) {
            throw new ToolException("invalid_arguments", "Give either table or tables.");
        }
        List<String> asked = arguments.containsKey("table")
                ? List.of(arguments.getString("table"))
                : arguments.getJsonArray("tables").getValuesAs(JsonString::getString);
        String schema = arguments.getString("schema", "");
        TableDescription description =
                new TableDescription(connection.name(), CallerWords.of(configuration, connections, invocation));
        List<JsonObject> found = queries.by(invocation)
                .schema(connection, invocation.cancellation(), tables -> described(tables, schema, asked, description));
        if (invocation.sampleRows() > 0) {
            SampleValues samples = new SampleValues(
                    queries.by(invocation),
                    connection,
                    connections.profile(
                            connection, new SqlCaller(CallerFacts.of(invocation), invocation.cancellation())),
                    invocation.cancellation());
            found = found.stream()
                    .map(table -> samples.in(table, invocation.sampleRows()))
                    .toList();
        }
        return new ToolResponse(
                CallToolResult.structured(arguments.containsKey("table") ? found.get(0) : several(found)), -1);
    }

    private static List<JsonObject> described(
            SqlSchema all, String schema, List<String> asked, TableDescription description) throws SQLException {
        TableLookup lookup = new TableLookup(all);
        List<TableName> tables = new ArrayList<>();
        for (String name : asked) {
            TableName table = lookup.find(schema, name);
            if (!tables.contains(table)) {
                tables.add(table);
            }
        }
        List<JsonObject> found = new ArrayList<>();
        for (TableName table : tables) {
            found.add(description.of(all, table));
        }
        return found;
    }

    /** With the conditions of the joins that foreign keys between these tables suggest. */
    private static JsonObject several(List<JsonObject> found) {
        JsonArrayBuilder tables = Json.array();
        List<String> joins = new ArrayList<>();
        List<String> names = found.stream().map(DescribeTableTool::qualified).toList();
        for (JsonObject table : found) {
            tables.add(table);
            for (JsonObject key : table.getJsonArray("foreignKeys").getValuesAs(JsonObject.class)) {
                if (names.contains(key.getString("table"))) {
                    joins.add(condition(qualified(table), key));
                }
            }
        }
        JsonObjectBuilder content = Json.object().add("tables", tables);
        return (joins.isEmpty() ? content : content.add("joins", Json.strings(joins))).build();
    }

    private static String qualified(JsonObject table) {
        return new TableName(table.getString("schema"), table.getString("name"), "", "").qualified();
    }

    private static String condition(String table, JsonObject key) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < key.getJsonArray("columns").size(); i++) {
            equal.add(table + "." + key.getJsonArray("columns").getString(i) + " = " + key.getString("table") + "."
                    + key.getJsonArray("tableColumns").getString(i));
        }
        return String.join(" AND ", equal);
    }
}
