package io.mcpdata.config;

import java.util.List;

/**
 * Section {@code catalog} with its files: the operator's own words about tables. Immutable.
 *
 * @param tables one for each table of a connection
 */
public record CatalogConfig(List<CatalogTableConfig> tables, List<CatalogTermConfig> glossary) implements ConfigRecord {

    public static final CatalogConfig NONE = new CatalogConfig(List.of(), List.of());

    public CatalogConfig {
        tables = List.copyOf(tables);
        glossary = List.copyOf(glossary);
    }
}
