package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.MaskConfig;
import io.mcpdata.config.RestrictionsConfig;
import io.mcpdata.config.RowFilterConfig;
import io.mcpdata.gateway.CallContext;
import java.util.List;
import java.util.Optional;

/** Which tables of one connection exist for a caller, and which of their rows and values. Thread-safe. */
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

    /** Whether there are rules that could hide a table or restrict what a caller gets from it. */
    boolean isOn();

    /** The rule by which the table does not exist for the caller; empty if it does. */
    Optional<String> hiddenBy(String schema, String table);

    /** The mask of a column; empty if the caller gets its values. */
    default Optional<MaskConfig> mask(TableName table, String column) {
        return Optional.empty();
    }

    /** The conditions that all rows meet which exist for the caller. */
    default List<RowFilterConfig> rowFilters(TableName table) {
        return List.of();
    }

    /** Whether rules could restrict what a caller gets from a table. */
    default boolean restricts() {
        return false;
    }

    default boolean hides(TableName table) {
        return hiddenBy(table.schema(), table.name()).isPresent();
    }

    static TableFilter of(CallContext call, ConnectionConfig connection) {
        RestrictionsConfig restrictions = call.restrictions();
        boolean restricts = restrictions.anyOf(connection.name());
        if (!call.hidesTables(connection) && !restricts) {
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

            @Override
            public boolean restricts() {
                return restricts;
            }

            @Override
            public Optional<MaskConfig> mask(TableName table, String column) {
                return restrictions.mask(connection.name(), table.schema(), table.name(), column);
            }

            @Override
            public List<RowFilterConfig> rowFilters(TableName table) {
                return restrictions.filters(connection.name(), table.schema(), table.name());
            }
        };
    }
}
