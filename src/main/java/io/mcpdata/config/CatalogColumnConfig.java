package io.mcpdata.config;

import java.util.List;

/**
 * What {@code catalog} says about one column.
 *
 * @param description empty if the file gives none
 * @param unit such as EUR; empty if the file gives none
 */
public record CatalogColumnConfig(String name, String description, String unit, List<String> tags)
        implements ConfigRecord {

    public CatalogColumnConfig {
        tags = List.copyOf(tags);
    }
}
