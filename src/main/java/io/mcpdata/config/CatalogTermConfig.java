package io.mcpdata.config;

import java.util.List;

/**
 * A word of the glossary.
 *
 * @param tables the tables that hold what the word means; if there are any, the word exists only for callers for whom one
 *     of them exists
 */
public record CatalogTermConfig(String term, String definition, List<TableOfConnection> tables) implements ConfigEntry {

    /** {@code CONNECTION/SCHEMA.TABLE}. */
    public record TableOfConnection(String connection, CatalogTableName table) {

        @Override
        public String toString() {
            return connection + "/" + table;
        }
    }

    public CatalogTermConfig {
        tables = List.copyOf(tables);
    }

    @Override
    public String label() {
        return "glossary " + term;
    }
}
