package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.PromptArgumentConfig.Completes;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.DataNames;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in databases that completion may suggest: those of connections that the persona allows, and of tables that
 * the caller could list with a tool or as resources. Thread-safe.
 */
final class SqlNames implements DataNames {

    private final Connections connections;
    private final SqlQueries queries;

    SqlNames(Connections connections, SqlQueries queries) {
        this.connections = connections;
        this.queries = queries;
    }

    @Override
    public List<String> names(CallContext context, Completes wanted, Map<Completes, String> known) {
        List<ConnectionConfig> usable = connections.all().stream()
                .filter(connection -> context.mayUse(connection.name()))
                .toList();
        if (wanted == Completes.CONNECTION) {
            return usable.stream().map(ConnectionConfig::name).toList();
        }
        Optional<ConnectionConfig> chosen = usable.stream()
                .filter(connection -> connection.name().equals(known.get(Completes.CONNECTION)))
                .findFirst();
        return chosen.map(connection -> queries.by(context).schema(connection, context.cancellation(), schema -> {
                    List<String> names = new ArrayList<>();
                    for (TableName table : ListedTables.of(schema).tables()) {
                        if (isVisible(context, connection, table) && isChosen(table, known)) {
                            names.addAll(names(schema, table, wanted, known));
                        }
                    }
                    return names.stream().distinct().toList();
                }))
                .orElse(List.of());
    }

    private static List<String> names(SqlSchema schema, TableName table, Completes wanted, Map<Completes, String> known)
            throws SQLException {
        return switch (wanted) {
            case CONNECTION -> List.of();
            case SCHEMA -> table.schema().isEmpty() ? List.of() : List.of(table.schema());
            case TABLE -> List.of(table.name());
            // the columns of all tables would be a query for each
            case COLUMN -> known.containsKey(Completes.TABLE) ? schema.columnNames(table) : List.of();
        };
    }

    private static boolean isVisible(CallContext context, ConnectionConfig connection, TableName table) {
        return context.mayCall("sql_list_tables") || context.mayRead(TableResources.uri(connection, table));
    }

    private static boolean isChosen(TableName table, Map<Completes, String> known) {
        return known.getOrDefault(Completes.SCHEMA, table.schema()).equals(table.schema())
                && known.getOrDefault(Completes.TABLE, table.name()).equals(table.name());
    }
}
