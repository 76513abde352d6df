package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.IdentityConfig;
import io.mcpdata.config.IdentityMapping;
import io.mcpdata.gateway.ToolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The role and variables that a database is told for one caller. Immutable.
 *
 * @param role empty if the connection's account is used
 * @param variables the values by name
 * @param tags of the running call, which only Trino gets; empty if there are none
 */
record DatabaseIdentity(Optional<String> role, Map<String, String> variables, List<String> tags) {

    /** Of a connection without an identity. */
    static final DatabaseIdentity NONE = new DatabaseIdentity(Optional.empty(), Map.of());

    DatabaseIdentity {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        tags = List.copyOf(tags);
    }

    DatabaseIdentity(Optional<String> role, Map<String, String> variables) {
        this(role, variables, List.of());
    }

    /** @throws ToolException if the configuration has no value for the caller */
    static DatabaseIdentity of(ConnectionConfig connection, CallerFacts caller) {
        if (connection.identity().isEmpty()) {
            return new DatabaseIdentity(Optional.empty(), Map.of(), caller.tags());
        }
        IdentityConfig config = connection.identity().get();
        if (caller.isPlatform()) {
            throw new ToolException("identity_missing", "The connection " + connection.name() + " needs a caller.");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        config.variables()
                .forEach((name, mapping) ->
                        variables.put(name, value(connection, "variables." + name, mapping, caller)));
        return new DatabaseIdentity(
                config.role().map(mapping -> value(connection, "role", mapping, caller)), variables, caller.tags());
    }

    private static String value(ConnectionConfig connection, String key, IdentityMapping mapping, CallerFacts caller) {
        return chosen(mapping, caller.texts(mapping.by()))
                .filter(IdentityMapping::isValue)
                .orElseThrow(() -> new ToolException(
                        "identity_missing",
                        "The connection " + connection.name()
                                + " is not open to you: its configuration has no value for"
                                + " you in identity." + key + ", which is chosen by " + mapping.by()
                                + ". Tell the operator of this server."));
    }

    /**
     * The first value in the order of the file. Without values, the only text there is: several texts are ambiguous, and
     * are refused even with a default.
     */
    private static Optional<String> chosen(IdentityMapping mapping, List<String> texts) {
        if (mapping.values().isEmpty() && !texts.isEmpty()) {
            return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
        }
        return mapping.values().entrySet().stream()
                .filter(entry -> texts.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(mapping::standard);
    }

    /** Whether the connection has no identity. */
    boolean isNone() {
        return role.isEmpty() && variables.isEmpty();
    }

    /** The role and the names, because values may be personal data. */
    @Override
    public String toString() {
        return role.map(name -> "role " + name).orElse("the connection's account")
                + (variables.isEmpty() ? "" : ", variables " + String.join(", ", variables.keySet()));
    }
}
