package io.mcpdata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The masks and row filters of a persona.
 *
 * @param masks the first that is of a column decides
 * @param filters all that are of a table decide together
 */
public record RestrictionsConfig(List<MaskConfig> masks, List<RowFilterConfig> filters) {

    public static final RestrictionsConfig NONE = new RestrictionsConfig(List.of(), List.of());

    public RestrictionsConfig {
        masks = List.copyOf(masks);
        filters = List.copyOf(filters);
    }

    /** Whether any of them may be of a table of this connection. */
    public boolean anyOf(String connection) {
        return masks.stream().anyMatch(mask -> mask.isOf(connection))
                || filters.stream().anyMatch(filter -> filter.isOf(connection));
    }

    /** Whether callers of one persona may get different rows. */
    public boolean dependsOnCaller() {
        return filters.stream().anyMatch(filter -> !filter.values().isEmpty());
    }

    public Optional<MaskConfig> mask(String connection, String schema, String table, String column) {
        String name = DataName.column(schema, table, column);
        return masks.stream().filter(mask -> mask.isOf(connection, name)).findFirst();
    }

    /** The entries that may be of a table, as a person may read them: without conditions and texts. */
    public List<String> of(String connection, String schema, String table) {
        Glob columns = Glob.ofBeginning(DataName.in(connection, DataName.table(schema, table)) + ".");
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            MaskConfig mask = masks.get(i);
            if (mask.columns().stream().anyMatch(glob -> glob.meets(columns))) {
                rules.add("masks[" + i + "]: " + ConfigComponent.text(mask.show()) + " instead of " + mask.columns());
            }
        }
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).isOf(connection, DataName.table(schema, table))) {
                rules.add("filters[" + i + "]");
            }
        }
        return rules;
    }

    public List<RowFilterConfig> filters(String connection, String schema, String table) {
        String name = DataName.table(schema, table);
        return filters.stream().filter(filter -> filter.isOf(connection, name)).toList();
    }
}
