package io.mcpdata.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table as {@code catalog} names it, {@code SCHEMA.TABLE}; what follows the first point is the table's name.
 *
 * @param schema empty for a database without schemas, which the file writes as {@link DataName#NO_SCHEMA}
 */
public record CatalogTableName(String schema, String table) {

    static final String EXPECTED = "SCHEMA.TABLE, with - as the schema of a database without schemas";

    private static final Pattern NAME = Pattern.compile("([^./\\p{Cntrl}]{1,128})\\.([^/\\p{Cntrl}]{1,128})");

    static CatalogTableName parse(String text) {
        var name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException("no name of a table");
        }
        return new CatalogTableName(name.group(1).equals(DataName.NO_SCHEMA) ? "" : name.group(1), name.group(2));
    }

    /** One text for all spellings. */
    public String key() {
        return (schema + "." + table).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return (schema.isEmpty() ? DataName.NO_SCHEMA : schema) + "." + table;
    }
}
