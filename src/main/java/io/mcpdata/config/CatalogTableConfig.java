package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * What {@code catalog} says about one table.
 *
 * @param connection a connection of the file
 * @param table the name as the file writes it, in either case
 * @param description empty if the file gives none
 * @param owner empty if the file gives none
 * @param examples questions that the table answers
 */
public record CatalogTableConfig(
        String connection,
        CatalogTableName table,
        String description,
        List<String> tags,
        String owner,
        List<CatalogColumnConfig> columns,
        Optional<CatalogDeprecation> deprecated,
        List<String> examples)
        implements ConfigEntry {

    public CatalogTableConfig {
        tags = List.copyOf(tags);
        columns = List.copyOf(columns);
        examples = List.copyOf(examples);
    }

    @Override
    public String label() {
        return "catalog " + connection + "/" + table;
    }

    /** In either case. */
    public Optional<CatalogColumnConfig> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
