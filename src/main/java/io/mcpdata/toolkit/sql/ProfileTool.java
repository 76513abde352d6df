package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code sql_profile}: figures about the columns of one table, computed by statements that the caller could run too. */
final class ProfileTool implements ToolHandler {

    static final int MOST_COLUMNS = 20;

    private final Connections connections;
    private final SqlQueries queries;

    ProfileTool(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("sql_profile");
    }

    /** It shows values of rows, so it needs what {@code sql_query} needs. */
    @Override
    public List<String> alsoNeeds() {
        return List.of("sql_query");
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        List<String> asked = arguments.containsKey("columns")
                ? arguments.getJsonArray("columns").getValuesAs(JsonString::getString)
                : List.of();
        DatabaseProfile profile =
                connections.profile(connection, new SqlCaller(CallerFacts.of(invocation), invocation.cancellation()));
        JsonObject content = figures(
                queries.by(invocation),
                connection,
                profile,
                arguments.getString("table"),
                asked,
                invocation.cancellation());
        return new ToolResponse(CallToolResult.structured(content), -1);
    }

    /**
     * @param queries of the caller
     * @param asked names of columns; empty for the first ones
     */
    static JsonObject figures(
            SqlQueries queries,
            ConnectionConfig connection,
            DatabaseProfile profile,
            String named,
            List<String> asked,
            Cancellation cancellation) {
        Columns columns = queries.schema(connection, cancellation, schema -> {
            TableName table = new TableLookup(schema).find("", named);
            Map<String, Integer> types = schema.columnTypes(table);
            Set<String> masked = types.keySet().stream()
                    .filter(name -> schema.masks(table, name))
                    .collect(Collectors.toSet());
            return new Columns(table, types, masked);
        });
        Map<String, Integer> chosen = asked.isEmpty() ? columns.first() : columns.named(asked);
        List<String> masked =
                chosen.keySet().stream().filter(columns.masked()::contains).toList();
        chosen.keySet().removeAll(masked);
        TableSql sql = TableSql.of(profile, columns.table().toJson().build());
        return new TableProfile(queries, connection, sql, cancellation)
                .of(chosen, masked, asked.isEmpty() ? columns.beyond() : List.of());
    }

    /** @param types those of all columns of the table, in its order */
    private record Columns(TableName table, Map<String, Integer> types, Set<String> masked) {

        Map<String, Integer> first() {
            Map<String, Integer> first = new LinkedHashMap<>();
            types.entrySet().stream().limit(MOST_COLUMNS).forEach(one -> first.put(one.getKey(), one.getValue()));
            return first;
        }

        List<String> beyond() {
            return types.keySet().stream().skip(MOST_COLUMNS).toList();
        }

        /** In the letters given, or else in any case. */
        Map<String, Integer> named(List<String> asked) {
            Map<String, Integer> named = new LinkedHashMap<>();
            for (String name : asked) {
                List<String> found = types.containsKey(name)
                        ? List.of(name)
                        : types.keySet().stream().filter(name::equalsIgnoreCase).toList();
                if (found.size() != 1) {
                    List<String> near = NearNames.of(name, new ArrayList<>(types.keySet()));
                    throw new ToolException(
                            "column_unknown",
                            "The table has no such column. "
                                    + (near.isEmpty()
                                            ? "sql_describe_table names those there are."
                                            : "Near names: " + String.join(", ", near)));
                }
                named.put(found.get(0), types.get(found.get(0)));
            }
            return named;
        }
    }
}
