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
 */
record DatabaseIdentity(Optional<String> role, Map<String, String> variables) {

    /** Of a connection without an identity. */
    static final DatabaseIdentity NONE = new DatabaseIdentity(Optional.empty(), Map.of());

    DatabaseIdentity {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** @throws ToolException if the configuration has no value for the caller */
    static DatabaseIdentity of(ConnectionConfig connection, CallerFacts caller) {
        if (connection.identity().isEmpty()) {
            return NONE;
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
                config.role().map(mapping -> value(connection, "role", mapping, caller)), variables);
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
