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
                .filter(known ->
                        TableFilter.of(call, known).hiddenBy(schema, table).isEmpty())
                .isPresent();
    }
}
