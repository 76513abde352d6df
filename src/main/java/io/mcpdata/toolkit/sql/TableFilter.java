package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.CallContext;
import java.util.Optional;

/** Which tables of one connection exist for a caller. Thread-safe. */
interface TableFilter {

    /** For the platform itself. */
    TableFilter NONE = new TableFilter() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public Optional<String> hiddenBy(String schema, String table) {
            return Optional.empty();
        }
    };

    /** Whether there are rules that could hide a table. */
    boolean isOn();

    /** The rule by which the table does not exist for the caller; empty if it does. */
    Optional<String> hiddenBy(String schema, String table);

    default boolean hides(TableName table) {
        return hiddenBy(table.schema(), table.name()).isPresent();
    }

    static TableFilter of(CallContext call, ConnectionConfig connection) {
        if (!call.hidesTables(connection)) {
            return NONE;
        }
        return new TableFilter() {
            @Override
            public boolean isOn() {
                return true;
            }

            @Override
            public Optional<String> hiddenBy(String schema, String table) {
                return call.tableHiddenBy(connection, schema, table);
            }
        };
    }
}
