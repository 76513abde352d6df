package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The operator's words as far as the tables they are about exist for a caller: one rule for words, searches and SQL. */
final class CallerWords {

    private CallerWords() {}

    static OwnWords of(ActiveConfiguration configuration, Connections connections, CallContext call) {
        return new OwnWords(configuration.config().catalog(), visible(connections, call));
    }

    static OwnWords.Visible visible(Connections connections, CallContext call) {
        Map<String, ConnectionConfig> usable = new HashMap<>();
        connections.all().stream()
                .filter(connection -> call.mayUse(connection.name()))
                .forEach(connection -> usable.put(connection.name(), connection));
        return (connection, schema, table) -> Optional.ofNullable(usable.get(connection))
                .filter(known -> exists(connections, known, TableFilter.of(call, known), schema, table))
                .isPresent();
    }

    /**
     * In {@code CATALOG.SCHEMA.TABLE} the configuration takes what follows the first point for the table. Before the first
     * use of a connection it is not known whether its names begin with catalogs; then the table must exist by both readings.
     */
    private static boolean exists(
            Connections connections, ConnectionConfig config, TableFilter filter, String schema, String table) {
        int point = table.lastIndexOf('.');
        Optional<Boolean> ofAllCatalogs = connections.known(config).map(DatabaseProfile::ofAllCatalogs);
        boolean plain = filter.hiddenBy(schema, table).isEmpty();
        if (point < 0 || ofAllCatalogs.equals(Optional.of(false))) {
            return plain;
        }
        boolean behindCatalog = filter.hiddenBy(schema + "." + table.substring(0, point), table.substring(point + 1))
                .isEmpty();
        return behindCatalog && (plain || ofAllCatalogs.isPresent());
    }
}
