package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.DataName;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.UriTemplate;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import io.mcpdata.protocol.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The description of each table as a resource, {@code table://CONNECTION/SCHEMA/TABLE}. Thread-safe. */
final class TableResources implements ResourceHandler {

    private static final String TEMPLATE = "table://{connection}/{schema}/{table}";
    private static final UriTemplate URI = new UriTemplate(TEMPLATE);
    private static final String JSON = "application/json";

    /** Stands for the schema where a database has none, because no part of a path is empty. */
    private static final String NO_SCHEMA = DataName.NO_SCHEMA;

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;

    TableResources(ActiveConfiguration configuration, Connections connections, SqlQueries queries) {
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
    }

    static String uri(ConnectionConfig connection, TableName table) {
        return URI.expand(Map.of(
                "connection",
                connection.name(),
                "schema",
                table.schema().isEmpty() ? NO_SCHEMA : table.schema(),
                "table",
                table.name()));
    }

    /** Only the one spelling of a URI that the platform itself gives: the persona's rules are about that one. */
    @Override
    public boolean owns(String uri) {
        return URI.match(uri).filter(values -> URI.expand(values).equals(uri)).isPresent();
    }

    @Override
    public Optional<String> connection(String uri) {
        return URI.match(uri).map(values -> values.get("connection"));
    }

    @Override
    public Optional<String> hiddenBy(CallContext context, String uri) {
        Map<String, String> values = URI.match(uri).orElse(Map.of());
        String schema = String.valueOf(values.get("schema"));
        return connections.all().stream()
                .filter(connection -> connection.name().equals(values.get("connection")))
                .findFirst()
                .flatMap(connection -> context.tableHiddenBy(
                        connection, schema.equals(NO_SCHEMA) ? "" : schema, String.valueOf(values.get("table"))));
    }

    @Override
    public List<String> parts(CallContext context) {
        return connections.all().stream()
                .map(ConnectionConfig::name)
                .filter(context::mayUse)
                .map(name -> "table://" + name + "/*")
                .toList();
    }

    @Override
    public List<String> rules(CallContext context, String part) {
        return connections.all().stream()
                .filter(connection -> connection.name().equals(connectionOf(part)))
                .flatMap(connection -> context.tableRules(connection).stream())
                .toList();
    }

    private static String connectionOf(String part) {
        return part.substring("table://".length(), part.length() - "/*".length());
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        ConnectionConfig connection = connections.named(connectionOf(part));
        return tables(context, connection).stream()
                .map(table -> new Resource(uri(connection, table), table.qualified(), "", table.comment(), JSON, -1))
                .toList();
    }

    private List<TableName> tables(CallContext context, ConnectionConfig connection) {
        return queries.by(context)
                .schema(connection, context.cancellation(), ListedTables::of)
                .tables();
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate(
                TEMPLATE,
                "table",
                "Description of a table",
                "Columns, types, comments and keys of one table or view. A database without schemas has the schema "
                        + NO_SCHEMA + ".",
                JSON));
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        Map<String, String> values = URI.match(uri).orElse(Map.of());
        return connections.all().stream()
                .filter(connection -> connection.name().equals(values.get("connection")))
                .findFirst()
                .flatMap(connection -> description(context, connection, uri, String.valueOf(values.get("table"))))
                .map(json -> new ReadResourceResult(List.of(ResourceContents.text(uri, JSON, json))));
    }

    private Optional<String> description(CallContext context, ConnectionConfig connection, String uri, String table) {
        TableDescription description =
                new TableDescription(connection.name(), CallerWords.of(configuration, connections, context));
        return queries.by(context).schema(connection, context.cancellation(), schema -> {
            for (TableName found : schema.named(null, table)) {
                // exactly this one: the persona has decided on these letters
                if (uri(connection, found).equals(uri)) {
                    return Optional.of(Json.write(description.of(schema, found)));
                }
            }
            return Optional.<String>empty();
        });
    }
}
