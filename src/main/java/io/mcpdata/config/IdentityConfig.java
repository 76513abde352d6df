package io.mcpdata.config;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Section {@code identity} of a connection: what the database is told about the caller in each use.
 *
 * @param role the database role of the caller; empty if the connection's account is used
 * @param variables by their names in the database, in the order of the file
 */
public record IdentityConfig(Optional<IdentityMapping> role, Map<String, IdentityMapping> variables) {

    public IdentityConfig {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** The roles for each caller, and the names of the variables without their values. */
    JsonObject told() {
        JsonObjectBuilder json = Json.object();
        role.ifPresent(mapping -> {
            JsonObjectBuilder values = Json.object();
            mapping.values().forEach(values::add);
            JsonObjectBuilder told =
                    Json.object().add("by", mapping.by().toString()).add("values", values);
            mapping.standard().ifPresent(standard -> told.add("default", standard));
            json.add("role", told);
        });
        JsonObjectBuilder names = Json.object();
        variables.forEach((name, mapping) -> names.add(name, mapping.by().toString()));
        return json.add("variables", names).build();
    }
}
