package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.CatalogTableConfig;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code sql_list_tables}: tables and views with their comments, and whether they are deprecated. */
final class ListTablesTool implements ToolHandler {

    private static final int MOST = 1_000;

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    ListTablesTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.configuration = configuration;
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
        ListedTables listed = queries.by(invocation).schema(connection, invocation.cancellation(), ListedTables::of);
        List<TableName> found = listed.tables().stream()
                .filter(table -> schema.isEmpty() || table.schema().equalsIgnoreCase(schema))
                .filter(table -> table.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        OwnWords words = CallerWords.of(configuration, connections, invocation);
        JsonArrayBuilder list = Json.array();
        found.stream().limit(MOST).forEach(table -> {
            Optional<CatalogTableConfig> own = words.table(connection.name(), table.schema(), table.name());
            JsonObjectBuilder line = Json.object();
            own.flatMap(words::deprecated).ifPresent(deprecated -> line.add("deprecated", deprecated));
            line.addAll(table.toJson());
            own.map(CatalogTableConfig::description)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> line.add("description", text));
            int partitions = listed.partitions().getOrDefault(table.qualified(), 0);
            list.add(partitions == 0 ? line : line.add("partitions", partitions));
        });
        JsonObjectBuilder content = Json.object()
                .add(
                        "database",
                        connections
                                .profile(
                                        connection,
                                        new SqlCaller(CallerFacts.of(invocation), invocation.cancellation()))
                                .toJson())
                .add("tables", list)
                .add("truncated", found.size() > MOST);
        if (found.size() > MOST) {
            Map<String, Integer> sizes = new LinkedHashMap<>();
            found.forEach(table -> sizes.merge(table.schema(), 1, Integer::sum));
            JsonObjectBuilder schemas = Json.object();
            sizes.forEach(schemas::add);
            content.add("schemas", schemas);
        }
        return new ToolResponse(CallToolResult.structured(content.build()), Math.min(found.size(), MOST));
    }
}
