package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * A table or view as the database names it.
 *
 * @param schema empty where the database has no schemas; on databases that call them catalogs, the catalog
 * @param comment empty if it has none
 */
record TableName(String schema, String name, String type, String comment) {

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json =
                Json.object().add("schema", schema).add("name", name).add("type", type);
        return comment.isEmpty() ? json : json.add("comment", comment);
    }

    /** The name that is used in a message or for the other end of a foreign key. */
    String qualified() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
