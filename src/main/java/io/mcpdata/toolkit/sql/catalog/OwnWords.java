package io.mcpdata.toolkit.sql.catalog;

import io.mcpdata.config.CatalogConfig;
import io.mcpdata.config.CatalogDeprecation;
import io.mcpdata.config.CatalogTableConfig;
import io.mcpdata.config.CatalogTableName;
import io.mcpdata.config.CatalogTermConfig;
import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code catalog} as one caller may see it: nothing in it names a table that does not exist for the caller.
 * Belongs to one call.
 */
public final class OwnWords {

    /** Which tables exist for a caller. */
    public interface Visible {

        /** @param schema empty where the database has no schemas */
        boolean exists(String connection, String schema, String table);
    }

    private final CatalogConfig catalog;
    private final Visible visible;
    private final Map<String, CatalogTableConfig> tables = new HashMap<>();

    public OwnWords(CatalogConfig catalog, Visible visible) {
        this.catalog = catalog;
        this.visible = visible;
        catalog.tables()
                .forEach(table ->
                        tables.put(table.connection() + "/" + table.table().key(), table));
    }

    /** The words about a table that exists for the caller. */
    public Optional<CatalogTableConfig> table(String connection, String schema, String name) {
        return Optional.ofNullable(tables.get(connection + "/" + new CatalogTableName(schema, name).key()))
                .filter(table -> visible.exists(connection, schema, name));
    }

    /** The words of the glossary for callers of these tables, and those that name no table. */
    public List<CatalogTermConfig> glossary() {
        return catalog.glossary().stream()
                .filter(term -> term.tables().isEmpty() || !tables(term).isEmpty())
                .toList();
    }

    /** The tables of the word that exist for the caller. */
    public List<CatalogTermConfig.TableOfConnection> tables(CatalogTermConfig term) {
        return term.tables().stream()
                .filter(table -> exists(table.connection(), table.table()))
                .toList();
    }

    /** Why and by what the table is replaced; only that it is, if the replacement does not exist for the caller. */
    public Optional<JsonObjectBuilder> deprecated(CatalogTableConfig table) {
        return table.deprecated().map(deprecated -> {
            JsonObjectBuilder told = Json.object();
            Optional<CatalogTableName> hidden =
                    deprecated.replacement().filter(name -> !exists(table.connection(), name));
            if (hidden.isPresent()) {
                // the reason may name the replacement
                return told.add("reason", "deprecated");
            }
            return told(told, deprecated);
        });
    }

    private static JsonObjectBuilder told(JsonObjectBuilder told, CatalogDeprecation deprecated) {
        deprecated
                .replacement()
                .ifPresent(name -> told.add("useInstead", name.schema().isEmpty() ? name.table() : name.toString()));
        return deprecated.reason().isEmpty() ? told : told.add("reason", deprecated.reason());
    }

    private boolean exists(String connection, CatalogTableName table) {
        return visible.exists(connection, table.schema(), table.table());
    }
}
