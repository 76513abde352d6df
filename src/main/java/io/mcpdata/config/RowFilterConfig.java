package io.mcpdata.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code filters} of a persona: which rows of tables exist for its callers.
 *
 * @param tables globs over names of {@link DataName#table} in a connection
 * @param where a condition of SQL, in which {@code :name} stands for a value
 * @param values the fact of the caller for each name; the names are those of the condition
 */
public record RowFilterConfig(
        List<Glob> tables,
        @ConfigKey(told = false) String where,
        @ConfigKey(told = false) Map<String, IdentitySource> values)
        implements ConfigRecord {

    public RowFilterConfig {
        tables = List.copyOf(tables);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalStateException if the filter has no such value, which the reader refuses */
    public IdentitySource value(String name) {
        IdentitySource source = values.get(name);
        if (source == null) {
            throw new IllegalStateException("no value " + name);
        }
        return source;
    }

    boolean isOf(String connection) {
        return tables.stream().anyMatch(glob -> glob.meets(Glob.ofBeginning(DataName.in(connection, ""))));
    }

    boolean isOf(String connection, String table) {
        return tables.stream().anyMatch(glob -> glob.matches(DataName.in(connection, table)));
    }
}
