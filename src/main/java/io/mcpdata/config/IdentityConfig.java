package io.mcpdata.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** Whether the database is told something that only tokens have. */
    public boolean usesClaims() {
        return Stream.concat(role.stream(), variables.values().stream())
                .anyMatch(mapping -> mapping.by().kind() == IdentitySource.Kind.CLAIM);
    }
}
